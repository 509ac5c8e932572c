import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { describeArticleIndex } from './conformance.ts';
import { createElasticsearchClient, createElasticsearchIndex } from './elasticsearch.ts';
import { IndexMismatchError, IndexWriteError } from './errors.ts';
import { fixtureArticle } from './fixture.ts';
import { indexNames } from './names.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
const newPrefix = () => `test-${randomUUID().slice(0, 8)}-`;
afterAll(() => client.close());

describeArticleIndex('elasticsearch', async () => createElasticsearchIndex({ client, prefix: newPrefix() }));

/** An index that is gone after the test, however that ends. */
function create(prefix = newPrefix()) {
  const index = createElasticsearchIndex({ client, prefix });
  onTestFinished(() => index.drop());
  return index;
}

describe('the live index', () => {
  it('is created once by many processes that start at the same time', async () => {
    const prefix = newPrefix();
    const racers = Array.from({ length: 8 }, () => create(prefix));
    const reports = await Promise.all(racers.map((index) => index.ensure()));
    expect(reports.filter(({ created }) => created)).toHaveLength(1);
    expect(await racers[0]?.checkIndex()).toEqual([]);
    await racers[0]?.drop();
    expect(await client.indices.existsAlias({ name: indexNames(prefix).alias })).toBe(false);
  });

  it('gets the fields that it lacks, and says what it cannot change', async () => {
    const prefix = newPrefix();
    const names = indexNames(prefix);
    const index = create(prefix);
    await index.ensure();
    const { mappings, settings } = (await client.indices.get({ index: names.alias }))[names.first] ?? {};
    await index.drop();

    const { keywords: _, ...older } = mappings?.properties ?? {};
    const analysis = settings?.index?.analysis;
    const aliases = { [names.alias]: { is_write_index: true } };
    const recreate = (properties: object) =>
      client.indices.create({
        index: names.first,
        aliases,
        settings: { analysis },
        mappings: { dynamic: 'false', properties },
      } as never);
    await recreate(older);
    expect(await index.checkIndex()).toEqual(['keywords is in the code, not in the index']);
    expect(await index.ensure()).toMatchObject({ created: false, added: ['keywords'] });
    expect(await index.checkIndex()).toEqual([]);
    await index.drop();

    await recreate({ ...older, headline: { type: 'keyword' } });
    await expect(index.ensure()).rejects.toThrow(IndexMismatchError);
    await expect(index.ensure()).rejects.toThrow(/headline type is keyword, the code says text.*newsmill reindex/);
  });

  it('is never made by a write', async () => {
    const index = create();
    const [verdict] = await index.write([fixtureArticle({ url: 'https://a.example/' })]);
    expect(verdict).toMatchObject({ type: 'retry', status: 404 });
    expect(await index.ping()).toMatchObject({ ok: false });
  });

  it('puts a weak match last by relevance, and leaves it out by date', async () => {
    const index = create();
    await index.ensure();
    const strong = fixtureArticle({
      url: 'https://a.example/1',
      headline: '兰州打造品质学校',
      datePublished: '2022-01-01T00:00:00Z',
    });
    const weak = fixtureArticle({
      url: 'https://a.example/2',
      headline: '兰州的学校',
      datePublished: '2024-01-01T00:00:00Z',
    });
    await index.write([strong, weak]);
    await index.refresh();
    const ids = async (sort: 'relevance' | 'newest') =>
      (await index.search({ q: '兰州 品质学校', sort })).hits.map(({ id }) => id);
    expect(await ids('relevance')).toEqual([strong.id, weak.id]);
    expect(await ids('newest')).toEqual([strong.id]);
  });

  it('does not blame a document for the state of the index', async () => {
    const prefix = newPrefix();
    const { first, alias } = indexNames(prefix);
    const index = create(prefix);
    await index.ensure();
    const write = () => index.write([fixtureArticle({ url: 'https://a.example/' })]);
    await client.indices.close({ index: first });
    expect(await write()).toMatchObject([{ type: 'retry', reason: 'index_closed_exception: closed' }]);
    await client.indices.open({ index: first });
    await client.indices.putAlias({ index: first, name: alias, is_write_index: false });
    expect(await write()).toMatchObject([{ type: 'retry', reason: expect.stringContaining('no write index') }]);
    await client.indices.putAlias({ index: first, name: alias, is_write_index: true });
    await client.indices.putSettings({
      index: first,
      settings: { 'index.blocks.read_only_allow_delete': true } as never,
    });
    expect(await write()).toMatchObject([{ type: 'retry', status: 429 }]);
    await client.indices.putSettings({
      index: first,
      settings: { 'index.blocks.read_only_allow_delete': null } as never,
    });
    expect(await write()).toEqual([{ type: 'indexed' }]);
  });

  it('answers for each document of a write, and for the request as a whole', async () => {
    const index = create();
    await index.ensure();
    const good = fixtureArticle({ url: 'https://a.example/1' });
    const bad = { ...fixtureArticle({ url: 'https://a.example/2' }), datePublished: 'yesterday' };
    const verdicts = await index.write([good, bad]);
    expect(verdicts).toMatchObject([{ type: 'indexed' }, { type: 'rejected', status: 400 }]);
    expect(verdicts[1]).toMatchObject({ reason: expect.stringContaining('datePublished') });
    const whole = index.write([good, { ...good, id: 'x'.repeat(600) }]);
    await expect(whole).rejects.toThrow(IndexWriteError);
    await expect(whole).rejects.toMatchObject({ kind: 'malformed', status: 400 });
  });

  it('takes text that no database likes', async () => {
    const index = create();
    await index.ensure();
    const odd = [
      fixtureArticle({ url: 'https://odd.example/1', headline: 'NUL \u0000 and \ud800 alone', keywords: ['\udfff'] }),
      fixtureArticle({ url: 'https://odd.example/2', headline: '长'.repeat(1_000_000) }),
      fixtureArticle({ url: 'https://odd.example/3', keywords: Array.from({ length: 10_000 }, (_, n) => `词${n}`) }),
      fixtureArticle({
        url: 'https://odd.example/4',
        datePublished: '0001-01-01T00:00:00Z',
        body: '古'.repeat(3_000_000),
      }),
      fixtureArticle({
        url: 'https://odd.example/5',
        datePublished: '9999-12-31T23:59:59Z',
        keywords: ['k'.repeat(40_000)],
      }),
    ];
    expect(await index.write(odd)).toEqual(odd.map(() => ({ type: 'indexed' })));
    await index.refresh();
    expect((await index.get(odd[0]?.id ?? ''))?.article.headline).toBe('NUL \u0000 and \ufffd alone');
    const { hits } = await index.search({ sort: 'newest' });
    expect(hits.map(({ id }) => id)[0]).toBe(odd[4]?.id);
    expect((await index.search({ q: '古' })).hits[0]?.highlights.body?.[0]?.length).toBeLessThan(2_000);
    expect((await index.search({ q: '长' })).total).toBe(1);
  });
});
