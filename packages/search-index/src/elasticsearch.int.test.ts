import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { describeArticleIndex } from './conformance.ts';
import { createElasticsearchClient, createElasticsearchIndex } from './elasticsearch.ts';
import { IndexMismatchError, IndexWriteError, SearchInputError } from './errors.ts';
import { facetNames } from './facets.ts';
import { fixtureArticle } from './fixture.ts';
import { indexNames } from './names.ts';
import type { SearchParams } from './search-params.ts';

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

  it('prefers the new to the equally good, and the better to the new', async () => {
    const index = create();
    await index.ensure();
    const article = (n: number, headline: string, datePublished: string) =>
      fixtureArticle({ url: `https://a.example/${n}`, headline, datePublished });
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    const old = article(1, '兰州打造品质学校', '2019-01-01T00:00:00Z');
    const recent = article(2, '兰州打造品质学校', yesterday);
    const weak = article(3, '兰州的学校', yesterday);
    await index.write([old, recent, weak]);
    await index.refresh();
    const { hits } = await index.search({ q: '兰州 品质学校' });
    expect(hits.map(({ id }) => id)).toEqual([recent.id, old.id, weak.id]);
  });

  it('prefers every word, spread over the fields, to some of them in the headline', async () => {
    const index = create();
    await index.ensure();
    const all = fixtureArticle({ url: 'https://a.example/1', headline: '麦田里的无人机', body: '打药。小麦返青。' });
    const some = fixtureArticle({ url: 'https://a.example/2', headline: '无人机', body: '表演。' });
    const others = [3, 4, 5].map((n) => fixtureArticle({ url: `https://a.example/${n}`, body: '无人机' }));
    await index.write([all, some, ...others]);
    await index.refresh();
    expect((await index.search({ q: '无人机 打药 小麦' })).hits[0]?.id).toBe(all.id);
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

  it('does not blame a document for the mapping of an index that somebody else made', async () => {
    const prefix = newPrefix();
    const { first, alias } = indexNames(prefix);
    const index = create(prefix);
    await client.indices.create({
      index: first,
      aliases: { [alias]: { is_write_index: true } },
      mappings: { properties: { headline: { type: 'date' } } },
    });
    expect(await index.write([fixtureArticle({ url: 'https://a.example/' })])).toMatchObject([
      { type: 'retry', status: 400, reason: expect.stringContaining('failed to parse field [headline]') },
    ]);
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

  it('takes two characters by their sound where nothing else is found, page after page', async () => {
    const index = create();
    await index.ensure();
    const loans = [1, 2, 3].map((n) =>
      fixtureArticle({ url: `https://a.example/${n}`, headline: `小微企业贷款 ${n}` }),
    );
    const snow = fixtureArticle({ url: 'https://a.example/4', headline: '大雪封山' });
    await index.write([...loans, snow]);
    await index.refresh();
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await index.search({ q: '带款', size: 2, ...(cursor === undefined ? {} : { cursor }) });
      found.push(...page.hits.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== undefined && found.length < 10);
    expect(found.sort()).toEqual(loans.map(({ id }) => id).sort());
    await index.write([fixtureArticle({ url: 'https://a.example/5', headline: '大学' })]);
    await index.refresh();
    expect((await index.search({ q: '大学' })).total).toBe(1);
    expect((await index.search({ q: '"带款"' })).total).toBe(0);
    expect((await index.search({ q: '带款', sort: 'newest' })).total).toBe(0);
  });

  it('is content with fewer of the words where next to nothing has enough of them', async () => {
    const index = create();
    await index.ensure();
    const truck = fixtureArticle({ url: 'https://a.example/1', headline: '氢能重卡跑通一千五百公里', body: '加氢。' });
    const other = fixtureArticle({ url: 'https://a.example/2', headline: '码头换了新吊车', body: '一台卡车在等候。' });
    await index.write([truck, other]);
    await index.refresh();
    const ids = async (params: object) => (await index.search(params)).hits.map(({ id }) => id);
    // 氢能, 重型, 型卡, 卡车: each of the two has one of four, and half is asked for otherwise.
    expect(await ids({ q: '氫能 重型卡車' })).toEqual([truck.id, other.id]);
    expect(await ids({ q: '氫能 重型卡車', sort: 'newest' })).toEqual([]);
    expect(await ids({ q: '"重型卡車"' })).toEqual([]);
    // Not even then is a word enough of a pasted sentence.
    expect(await ids({ q: '本市第三人民医院门诊大楼昨天启用，一台卡车送来了最后一批病历柜，护士说。' })).toEqual([]);
  });

  it('marks a mistyped word in the headline', async () => {
    const index = create();
    await index.ensure();
    await index.write([
      fixtureArticle({ url: 'https://a.example/1', headline: 'Library lends tools', body: 'Tools.' }),
    ]);
    await index.refresh();
    const [hit] = (await index.search({ q: 'libary tools' })).hits;
    expect(hit?.highlights).toEqual({ headline: '<em>Library</em> lends <em>tools</em>', body: ['<em>Tools</em>.'] });
  });

  it('asks whether another spelling was meant', async () => {
    const index = create();
    await index.ensure();
    const headlines = ['兰州打造品质学校', '图书馆开放', 'Library opens', 'The library lends tools'];
    await index.write(headlines.map((headline, n) => fixtureArticle({ url: `https://a.example/${n}`, headline })));
    await index.refresh();
    const meant = async (q: string) => (await index.search({ q, didYouMean: true })).didYouMean;
    expect(await meant('品质学效')).toBe('品质学校');
    expect(await meant('图书管 -site:b.example')).toBe('图书馆 -site:b.example');
    expect(await meant('libary tools')).toBe('library tools');
    expect(await meant('品質學校 Library')).toBeUndefined();
    // As it was printed, but in one script: what is right stays as typed.
    await index.write([
      fixtureArticle({ url: 'https://a.example/9', headline: '維港兩岸的頤和園模型', inLanguage: 'zh-Hant' }),
    ]);
    await index.refresh();
    expect(await meant('頤和圓模型')).toBe('頤和園模型');
    expect(await meant('颐和圆模型')).toBe('颐和园模型');
    expect(await meant('品質學效')).toBe('品質學校');
    expect((await index.search({ q: '品质学效' })).didYouMean).toBeUndefined();
  });

  it('says so when a snapshot is no more, or never was', async () => {
    const index = create();
    await index.ensure();
    await index.write([1, 2, 3].map((n) => fixtureArticle({ url: `https://a.example/${n}` })));
    await index.refresh();
    const query = { snapshot: true, size: 1 } as const;
    const { nextCursor = '' } = await index.search(query);
    const [owner, values, id] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as [string, [], string];
    await client.closePointInTime({ id });
    await expect(index.search({ ...query, cursor: nextCursor })).rejects.toThrow(/has expired/);
    const forged = Buffer.from(JSON.stringify([owner, values, 'AAAA'])).toString('base64url');
    await expect(index.search({ ...query, cursor: forged })).rejects.toBeInstanceOf(SearchInputError);
  });

  it('closes a snapshot with its last page', async () => {
    const index = create();
    await index.ensure();
    await index.write([1, 2].map((n) => fixtureArticle({ url: `https://a.example/${n}` })));
    await index.refresh();
    const first = await index.search({ snapshot: true, size: 1 });
    await index.search({ snapshot: true, size: 1, cursor: first.nextCursor ?? '' });
    await expect(index.search({ snapshot: true, size: 1, cursor: first.nextCursor ?? '' })).rejects.toThrow(/expired/);
  });

  it('survives what a searcher can do to it', async () => {
    const index = create();
    await index.ensure();
    await index.write(Array.from({ length: 50 }, (_, n) => fixtureArticle({ url: `https://a.example/${n}` })));
    await index.refresh();
    const refused: SearchParams[] = [
      { q: 'x'.repeat(10_000_000) },
      { q: '*'.repeat(1_000) },
      { q: 'a '.repeat(100) },
      { site: ['x'.repeat(10_000)] },
      { size: 10_000 },
      { cursor: 'x'.repeat(100_000) },
    ];
    for (const params of refused) await expect(index.search(params)).rejects.toBeInstanceOf(SearchInputError);
    const everything = { facets: facetNames, didYouMean: true, collapse: true } as const;
    const taken: SearchParams[] = [
      { q: '*'.repeat(500) },
      { q: '"unbalanced “quotes 「and 『more' },
      { q: '\u0000\u0007\u001b[2J\u202e\ud800 body' },
      { q: '"}},{"match_all":{}} */ OR 1=1; DROP {{#toJson}}x{{/toJson}}' },
      { q: `${'"a b" '.repeat(30)}${'-c '.repeat(30)}` },
      { q: 'mistyped '.repeat(8) + '长'.repeat(400) },
      {
        q: Array.from({ length: 64 }, (_, n) => `word${n}`.slice(0, 7))
          .join(' ')
          .slice(0, 512),
      },
      { site: ['*', '{"wildcard":{}}', '\u0000', '../_all', '" OR ""="'], section: ['[1 TO *]'], author: ['\ud800'] },
      { language: ['*', '\\'], from: '0001-01-01', to: '9999-12-31' },
    ];
    for (const params of taken) {
      const { partial, tookMs } = await index.search({ ...everything, ...params });
      expect(partial).toBe(false);
      expect(tookMs).toBeLessThan(5_000);
    }
    for (const text of ['*'.repeat(100), '\u0000', '"', '\ud800', '长'.repeat(100)]) await index.complete(text);
    expect(await index.ping()).toEqual({ ok: true, detail: 'ok' });
  });

  it('ends deep paging by offsets instead of failing', async () => {
    const index = create();
    await index.ensure();
    await index.write([1, 2, 3].map((n) => fixtureArticle({ url: `https://a.example/${n}` })));
    await index.refresh();
    const { nextCursor = '' } = await index.search({ collapse: true, size: 1 });
    const [owner] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as [string];
    const at = (offset: number) => Buffer.from(JSON.stringify([owner, offset])).toString('base64url');
    expect((await index.search({ collapse: true, size: 1, cursor: at(9_999) })).hits).toEqual([]);
    await expect(index.search({ collapse: true, size: 1, cursor: at(10_000) })).rejects.toThrow(/is damaged/);
    await expect(index.search({ size: 1, cursor: at(5) })).rejects.toThrow(/another search/);
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
    // Each month between the years 1 and 9999 would be a bucket.
    const { facets } = await index.search({ facets: facetNames });
    expect([facets?.year, facets?.month]).toEqual([[], []]);
    expect((await index.similar(odd[1]?.id ?? ''))?.length).toBeGreaterThan(0);
    expect(await index.complete('NUL \u0000 and')).toHaveLength(1);
  });
});
