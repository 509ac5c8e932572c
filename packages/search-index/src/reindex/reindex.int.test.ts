import { randomUUID } from 'node:crypto';
import type { Article } from '@newsmill/contracts';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { toDocument } from '../bulk.ts';
import { createElasticsearchClient, createElasticsearchIndex } from '../elasticsearch.ts';
import { IndexMismatchError } from '../errors.ts';
import { indexNames } from '../names.ts';
import { applyRemovedPolicy } from '../versions/removed-policy.ts';
import { inspectIndex } from './inspect.ts';
import { killedAt } from './killed-at.fixture.ts';
import { createOldIndex, documentsIn, numbered, writeAll } from './old-index.fixture.ts';
import type { ReindexProgress, ReindexStep } from './progress.ts';
import { abandonReindex, reindex } from './reindex.ts';

const url = inject('elasticsearchUrl');
const client = createElasticsearchClient({ url });
afterAll(() => client.close());

/** @param leaseMs short where whoever held it is dead: it is watched for so long */
function begin(leaseMs = 1_000) {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const names = indexNames(prefix);
  const index = createElasticsearchIndex({ client, prefix });
  onTestFinished(() => index.drop());
  return { prefix, names, index, second: `${names.template}-000002`, run: { client, prefix, leaseMs } };
}
const many = (count: number, from = 0): Article[] => Array.from({ length: count }, (_, n) => numbered(from + n));
const asStored = (articles: Iterable<Article>) => new Map([...articles].map((it) => [it.id, toDocument(it)]));

it('loses no write and no search while writers go on', async () => {
  const { prefix, names, index, second, run } = begin();
  await createOldIndex(client, prefix, { settings: { number_of_shards: 2, refresh_interval: '3s' } });
  await expect(index.ensure()).rejects.toThrow(IndexMismatchError);
  const expected = new Map(many(4_000).map((article) => [article.id, article]));
  await writeAll(index, [...expected.values()]);
  await applyRemovedPolicy(client, prefix, 'hide');
  await client.indices.putAlias({ index: names.first, name: `${prefix}mine`, filter: { term: { type: 'article' } } });
  await index.refresh();

  let reindexing = true;
  let written = 0;
  // Each writer has its own articles. A second write under the same version is what a change of the first copy is.
  const writer = async (lane: number): Promise<void> => {
    for (let round = 0; reindexing || round < 3; round++) {
      const fetchedAt = new Date(Date.UTC(2026, 3, 1) + round * 1_000).toISOString();
      const batch = Array.from({ length: 20 }, (_, n) => (round * 20 + n) % 1_100)
        .map((n) => numbered(n * 4 + lane, { fetchedAt, contentHash: `round-${round}` }))
        .map((article, n) => (n === 0 ? { ...article, removedAt: fetchedAt } : article));
      await writeAll(index, batch);
      const again = batch.map((article) => ({ ...article, clusterFirst: false }));
      await writeAll(index, again);
      for (const article of again) expected.set(article.id, article);
      written += again.length;
    }
  };
  const counts: number[] = [];
  const searcher = async (): Promise<void> => {
    while (reindexing) counts.push((await client.count({ index: `${prefix}mine` })).count);
  };
  const background = [writer(0), writer(1), writer(2), writer(3), searcher()];
  const steps: ReindexProgress[] = [];
  const report = await reindex({ ...run, onProgress: (progress) => steps.push(progress) });
  reindexing = false;
  await Promise.all(background);

  expect(report).toMatchObject({ type: 'done', from: names.first, to: second, oldIndex: 'deleted' });
  expect(written).toBeGreaterThan(240);
  expect(counts.filter((count) => count < 4_000)).toEqual([]);
  expect(await documentsIn(client, second)).toEqual(asStored(expected.values()));
  expect((await client.indices.getAlias({ index: second }))[second]?.aliases).toEqual({
    [names.alias]: { is_write_index: true, filter: { bool: { must_not: { exists: { field: 'removedAt' } } } } },
    [`${prefix}mine`]: { filter: { term: { type: 'article' } } },
  });
  const settings = (await client.indices.getSettings({ index: second }))[second]?.settings?.index;
  expect(settings).toMatchObject({ number_of_shards: '2', refresh_interval: '3s', auto_expand_replicas: '0-1' });
  expect(await client.indices.exists({ index: names.first })).toBe(false);
  expect(await index.ensure()).toEqual({ created: false, index: second, added: [] });
  // What the new field is for.
  expect((await index.search({ q: 'libary 17', didYouMean: true })).didYouMean).toBe('library 17');
  expect(await reindex(run)).toEqual({ type: 'nothing-to-do', index: second });
  const copying = steps.filter(({ step }) => step === 'copying');
  expect(copying.length).toBeGreaterThan(4);
  expect(copying.at(-1)).toMatchObject({ fraction: 1, etaMs: 0 });
});

describe('killed at any moment', () => {
  const moments: readonly ReindexStep[] = [
    ...(['started', 'created', 'copying', 'frozen'] as const),
    ...(['compared', 'switched', 'verifying', 'deleting', 'done'] as const),
  ];
  it.each(moments)('%s: goes on where it stopped', async (step) => {
    const { prefix, names, index, second, run } = begin(300);
    await createOldIndex(client, prefix);
    const expected = new Map(many(700).map((article) => [article.id, article]));
    await writeAll(index, [...expected.values()]);
    await killedAt(step, { url, prefix });

    const late = [...many(5), ...many(5, 5_000)].map((article) => ({ ...article, contentHash: 'late' }));
    const blocked = step === 'frozen' || step === 'compared';
    expect((await inspectIndex(client, prefix)).writesBlocked).toBe(blocked);
    const writing = writeAll(index, late);
    // Writers that find the index closed wait for whoever resumes.
    if (!blocked) await writing;
    for (const article of late) expected.set(article.id, article);
    if (step === 'copying') {
      await client.delete({ index: names.alias, id: numbered(100).id });
      expected.delete(numbered(100).id);
    }
    if (step !== 'done') {
      await expect(reindex(run)).rejects.toMatchObject({ reason: 'unfinished' });
      expect((await inspectIndex(client, prefix)).reindex).toMatchObject({ from: names.first, to: second });
    }
    const steps: ReindexStep[] = [];
    const report = await reindex({ ...run, resume: true, onProgress: (progress) => steps.push(progress.step) });
    if (step !== 'done') expect(steps.slice(0, 2)).toEqual(['watching', 'started']);
    await writing;
    expect(report.type).toBe(step === 'done' ? 'nothing-to-do' : 'done');
    expect(await documentsIn(client, names.alias)).toEqual(asStored(expected.values()));
    expect(Object.keys(await client.indices.getAlias({ name: names.alias }))).toEqual([second]);
    expect(await client.indices.exists({ index: names.first })).toBe(false);
    expect(await reindex({ ...run, resume: true })).toEqual({ type: 'nothing-to-do', index: second });
    expect((await inspectIndex(client, prefix)).reindex).toBeUndefined();
  });

  it('can be dropped instead, and lets writers write', async () => {
    const { prefix, names, index, second, run } = begin(300);
    await createOldIndex(client, prefix);
    await writeAll(index, many(20));
    expect(await abandonReindex(run)).toBeUndefined();
    await killedAt('frozen', { url, prefix });
    expect(await abandonReindex(run)).toEqual({ index: names.first, dropped: second });
    expect(await client.indices.exists({ index: second })).toBe(false);
    expect(await index.write(many(1))).toEqual([{ type: 'indexed' }]);
    expect(await reindex(run)).toMatchObject({ type: 'done', to: second, documents: 20 });
  });

  it('makes the new index again when the code has changed meanwhile', async () => {
    const { prefix, names, index, second, run } = begin(300);
    await createOldIndex(client, prefix);
    await writeAll(index, many(20));
    await killedAt('frozen', { url, prefix });
    await client.indices.putMapping({ index: second, properties: { strange: { type: 'keyword' } } });
    expect(await reindex({ ...run, resume: true })).toMatchObject({ type: 'done', documents: 20 });
    expect(await index.checkIndex()).toEqual([]);
    expect(Object.keys(await client.indices.getAlias({ name: names.alias }))).toEqual([second]);
  });
});

it('is refused while another one runs, also to one that would resume', async () => {
  const { prefix, index, run } = begin();
  await createOldIndex(client, prefix);
  await writeAll(index, many(50));
  const refusals: Promise<unknown>[] = [];
  await reindex({
    ...run,
    onProgress: ({ step }) => {
      // Both watch until they see a sign of life, or the end.
      if (step !== 'created') return;
      for (const resume of [false, true]) {
        const other = reindex({ ...run, resume });
        refusals.push(other.catch((error: unknown) => error));
      }
    },
  });
  expect(await Promise.all(refusals)).toMatchObject([{ reason: 'running' }, { reason: 'running' }]);
});

it('stops when it is told to, and leaves writers free', async () => {
  const { prefix, names, index, run } = begin();
  await createOldIndex(client, prefix);
  await writeAll(index, many(50));
  const stop = new AbortController();
  const stopped = reindex({
    ...run,
    signal: stop.signal,
    onProgress: ({ step }) => step === 'frozen' && stop.abort(new Error('enough')),
  });
  await expect(stopped).rejects.toThrow('enough');
  expect(await index.write([numbered(1)])).toEqual([{ type: 'indexed' }]);
  expect(Object.keys(await client.indices.getAlias({ name: names.alias }))).toEqual([names.first]);
  expect(await reindex({ ...run, resume: true, keepOld: true })).toMatchObject({ oldIndex: 'kept', documents: 50 });
  expect(await client.indices.exists({ index: names.first })).toBe(true);
  expect(Object.keys(await client.indices.getAlias({ name: names.alias }))).not.toContain(names.first);
});

it('does not give up a document that the new mapping refuses', async () => {
  const { prefix, names, index, second, run } = begin();
  await createOldIndex(client, prefix, { properties: { datePublished: { type: 'keyword' } } });
  await writeAll(index, [...many(10), numbered(77, { datePublished: 'yesterday' })]);
  await expect(reindex(run)).rejects.toThrow(/refuses a document .*yesterday/);
  expect(await inspectIndex(client, prefix)).toMatchObject({ index: names.first, documents: 11, writesBlocked: false });
  expect((await inspectIndex(client, prefix)).differences.join()).toContain('datePublished');
  expect(await abandonReindex(run)).toEqual({ index: names.first, dropped: second });
});

it('copies documents that are too large to be read many at a time', async () => {
  const { names, index, run } = begin();
  await index.ensure();
  const large = many(24).map((article) => ({ ...article, bodyHtml: `<p>${'x'.repeat(3_000_000)}</p>` }));
  for (const article of large) await writeAll(index, [article]);
  await writeAll(index, many(500, 100));
  expect(await reindex({ ...run, force: true })).toMatchObject({ type: 'done', documents: 524 });
  expect((await index.get(numbered(23).id))?.article).toEqual(toDocument(large[23] as Article));
  expect(await client.indices.exists({ index: names.first })).toBe(false);
});

it('says what is not there to begin with', async () => {
  const { names, run } = begin();
  await expect(reindex(run)).rejects.toMatchObject({ reason: 'nothing-there' });
  for (const n of [1, 2])
    await client.indices.create({ index: `${names.template}-00000${n}`, aliases: { [names.alias]: {} } });
  await expect(reindex(run)).rejects.toMatchObject({ reason: 'ambiguous' });
});
