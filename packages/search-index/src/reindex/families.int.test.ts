import { randomUUID } from 'node:crypto';
import { afterAll, expect, inject, it, onTestFinished } from 'vitest';
import { createElasticsearchClient, createElasticsearchIndex } from '../elasticsearch.ts';
import { fixtureArticle } from '../fixture.ts';
import { createElasticsearchSites, sitesIndex } from '../sites/elasticsearch.ts';
import { formerVersion } from '../versions/article-version.ts';
import { createElasticsearchVersions, versionsIndex } from '../versions/elasticsearch.ts';
import { inspectIndex } from './inspect.ts';
import { reindex } from './reindex.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
afterAll(() => client.close());

const version = (n: number) => {
  const state = (day: number) =>
    fixtureArticle({
      url: `https://a.example/${n}`,
      fetchedAt: `2026-03-0${day}T00:00:00Z`,
      contentHash: `hash-${day}`,
      headline: `Headline ${day}`,
    });
  const former = formerVersion(state(1), state(2));
  if (former === undefined) throw new Error('these are two states');
  return former;
};

it('rewrites the index of former states as that of the articles, while more are written', async () => {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const side = versionsIndex(prefix);
  const versions = createElasticsearchVersions({ client, prefix });
  onTestFinished(() => versions.drop());
  // As older code made it: what was changed was not indexed, and addresses were text.
  const { changes: _, ...fields } = side.definition.mappings.properties;
  await client.indices.create({
    index: side.first,
    settings: side.definition.settings,
    mappings: { ...side.definition.mappings, properties: { ...fields, url: { type: 'text' } } },
    aliases: { [side.alias]: { is_write_index: true } },
  } as never);
  const first = Array.from({ length: 700 }, (_, n) => version(n));
  expect((await versions.write(first)).every(({ type }) => type === 'indexed')).toBe(true);
  const before = await inspectIndex(client, prefix, 'article-versions');
  expect(before).toMatchObject({ name: 'article-versions', index: side.first });
  expect(before.differences).toEqual([
    'url type is text, the code says keyword',
    'url ignore_above is absent, the code says 2048',
    'changes is in the code, not in the index',
  ]);

  let written = 0;
  let copying = true;
  const writing = (async () => {
    for (let n = 700; copying || n < 720; n += 1) {
      let [verdict] = await versions.write([version(n)]);
      while (verdict?.type === 'retry') [verdict] = await versions.write([version(n)]);
      expect(verdict).toEqual({ type: 'indexed' });
      written += 1;
    }
  })();
  const report = await reindex({ client, prefix, index: 'article-versions', leaseMs: 1_000 });
  copying = false;
  await writing;
  expect(report).toMatchObject({ type: 'done', from: side.first, to: `${side.template}-000002` });
  await versions.refresh();
  expect((await client.count({ index: side.alias })).count).toBe(700 + written);
  expect(await inspectIndex(client, prefix, 'article-versions')).toMatchObject({
    differences: [],
    writesBlocked: false,
  });
  const one = version(0);
  expect(await versions.list(one.articleId)).toEqual([{ ...one, clusterId: one.id }]);
  expect(await reindex({ client, prefix, index: 'article-versions' })).toMatchObject({ type: 'nothing-to-do' });
});

it('rewrites the index of sites', async () => {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const [index, sites] = [createElasticsearchIndex({ client, prefix }), createElasticsearchSites({ client, prefix })];
  onTestFinished(async () => {
    await sites.drop();
    await index.drop();
  });
  await index.ensure();
  await sites.ensure();
  await index.write([fixtureArticle({ url: 'https://a.example/1', site: { domain: 'a.example', name: '陇原网' } })]);
  await sites.learn(['a.example'], Date.now());
  const { template } = sitesIndex(prefix);
  expect(await reindex({ client, prefix, index: 'sites', force: true })).toMatchObject({ to: `${template}-000002` });
  expect((await sites.list({ q: '隴原' })).sites.map(({ id }) => id)).toEqual(['a.example']);
});
