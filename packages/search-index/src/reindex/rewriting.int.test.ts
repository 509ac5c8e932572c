import { randomUUID } from 'node:crypto';
import type { Article } from '@newsmill/contracts';
import { afterAll, expect, inject, it, onTestFinished } from 'vitest';
import { toDocument } from '../bulk.ts';
import { createElasticsearchClient, createElasticsearchIndex } from '../elasticsearch.ts';
import { indexNames } from '../names.ts';
import { compareIndices } from './difference.ts';
import { inspectIndex } from './inspect.ts';
import { killedAt } from './killed-at.fixture.ts';
import { documentsIn, numbered, writeAll } from './old-index.fixture.ts';
import { abandonReindex, reindex, unfinishedRewriting } from './reindex.ts';
import { betterHeadline, betterHeadlines } from './rewriting.fixture.ts';

const url = inject('elasticsearchUrl');
const client = createElasticsearchClient({ url });
afterAll(() => client.close());

/** An index that holds articles, and what is expected of it. */
async function begin(count: number) {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const names = indexNames(prefix);
  const index = createElasticsearchIndex({ client, prefix });
  onTestFinished(() => index.drop());
  await index.ensure();
  const expected = new Map<string, Article>();
  const write = async (articles: readonly Article[]): Promise<void> => {
    await writeAll(index, articles);
    for (const article of articles) expected.set(article.id, article);
  };
  await write(Array.from({ length: count }, (_, n) => numbered(n)));
  const second = `${names.template}-000002`;
  const run = { client, prefix, leaseMs: 1_000, rewriting: betterHeadlines };
  const aliased = async () => Object.keys(await client.indices.getAlias({ name: names.alias }));
  const rewritten = () =>
    new Map([...expected].map(([id, it]) => [id, toDocument({ ...it, headline: betterHeadline(it) })]));
  return { prefix, names, index, second, run, expected, write, aliased, rewritten };
}
const later = (n: number): Article => numbered(n, { fetchedAt: '2026-05-01T00:00:00.000Z', contentHash: `later-${n}` });

it('makes every document anew in an index that nobody sees, and loses nothing that is written until the switch', async () => {
  const { names, second, run, write, aliased, rewritten, index, expected, prefix } = await begin(600);
  const writing: Promise<void>[] = [];
  const onProgress = (): void => {
    const n = 100 * writing.length;
    writing.push(write(Array.from({ length: 30 }, (_, at) => later(n + at))));
  };
  const filled = await reindex({ ...run, hold: true, onProgress });
  await Promise.all(writing);
  expect(filled).toMatchObject({ type: 'filled', from: names.first, to: second });
  expect(await aliased()).toEqual([names.first]);
  expect((await index.get(numbered(590).id))?.article.headline).toBe('Library 590 opens');
  expect(await inspectIndex(client, prefix)).toMatchObject({
    ...{ index: names.first, writesBlocked: false, reindex: { kind: 'replay', to: second, filled: true } },
  });

  // Days may pass: writers go on, also with what the new index has never seen.
  await write([later(590), later(90_000)]);
  const pair = { from: names.first, to: second, signal: new AbortController().signal };
  const before = await compareIndices(client, pair);
  expect(before).toMatchObject({ documents: expected.size, fields: { headline: before.changed } });
  expect(before.behind).toBeGreaterThanOrEqual(2);
  expect(before.changed + before.behind).toBe(expected.size);
  expect(before.examples[0]?.headline.after).toBe(`${before.examples[0]?.headline.before} today`);
  expect(await reindex({ ...run, resume: true, hold: true })).toMatchObject({ type: 'filled', to: second });
  expect(await compareIndices(client, pair)).toMatchObject({ changed: expected.size, behind: 0 });

  expect(await reindex({ ...run, resume: true })).toMatchObject({ type: 'done', to: second, oldIndex: 'deleted' });
  expect(await aliased()).toEqual([second]);
  expect(await documentsIn(client, names.alias)).toEqual(rewritten());
  expect(await client.indices.exists({ index: names.first })).toBe(false);
  expect(await unfinishedRewriting({ client, prefix })).toBeUndefined();
});

it('goes on after a kill, in the middle of filling or of the switch, and can still be dropped', async () => {
  const { prefix, names, second, run, aliased, expected, write } = await begin(300);
  await killedAt('copying', { url, prefix, rewriting: 'fill' });
  const plan = { parserVersion: '2' };
  expect(await unfinishedRewriting({ client, prefix })).toEqual({ from: names.first, to: second, plan });
  await expect(reindex({ ...run, hold: true })).rejects.toThrow(/did not finish.* newsmill replay --resume/);
  const others = [
    [{ client, prefix, leaseMs: 1_000, resume: true }, /was begun .* as a replay/],
    [
      { ...run, resume: true, rewriting: { ...betterHeadlines, plan: { ...plan, host: 'a' } } },
      /with host –, this is a/,
    ],
    [{ ...run, resume: true }, /does not hold all yet/],
  ] as const;
  for (const [options, refusal] of others) await expect(reindex(options)).rejects.toThrow(refusal);
  expect(await reindex({ ...run, resume: true, hold: true })).toMatchObject({ type: 'filled', to: second });
  expect((await documentsIn(client, second)).size).toBe(expected.size);

  await killedAt('frozen', { url, prefix, rewriting: 'switch' });
  expect((await inspectIndex(client, prefix)).writesBlocked).toBe(true);
  // Who would rather look again gets the writers going.
  expect(await reindex({ ...run, resume: true, hold: true })).toMatchObject({ type: 'filled' });
  expect((await inspectIndex(client, prefix)).writesBlocked).toBe(false);

  expect(await abandonReindex(run)).toEqual({ index: names.first, dropped: second });
  await write([later(1)]);
  expect(await aliased()).toEqual([names.first]);
  expect(await client.indices.exists({ index: second })).toBe(false);
  expect(await unfinishedRewriting({ client, prefix })).toBeUndefined();
});
