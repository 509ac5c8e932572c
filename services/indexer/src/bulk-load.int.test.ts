import { randomUUID } from 'node:crypto';
import type { Article } from '@newsmill/contracts';
import { createElasticsearchClient, createElasticsearchIndex, indexNames, toDocument } from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { expect, inject, it, onTestFinished } from 'vitest';
import { createBulkWriter, type WriteTrouble } from './bulk-writer.ts';
import { type Fault, startFaultProxy } from './fault-proxy.ts';

/** What happens to the first requests, over and over; the kill of the server itself is in test/chaos. */
const script: readonly Fault[] = [
  'pass',
  { status: 429, body: '{"error":{"type":"es_rejected_execution_exception"},"status":429}' },
  'lose-answer',
  'pass',
  'reset',
  { status: 503 },
];

/** A server that is always busy makes requests small and the load long. */
const faultsMax = 24;

it('brings a load home whole through 429s, lost answers, broken connections and an index closed for writes', async () => {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const { alias, first } = indexNames(prefix);
  const direct = createElasticsearchClient({ url: inject('elasticsearchUrl') });
  const index = createElasticsearchIndex({ client: direct, prefix });
  await index.ensure();
  const proxy = await startFaultProxy(inject('elasticsearchUrl'), ({ number }) =>
    number > faultsMax ? 'pass' : (script[number % script.length] ?? 'pass'),
  );
  const client = createElasticsearchClient({ url: proxy.url });
  const troubles: WriteTrouble[] = [];
  let blocked = false;
  const block = (write: boolean) =>
    direct.indices.putSettings({
      index: first,
      settings: { 'index.blocks.read_only_allow_delete': write || null } as never,
    });
  const writer = createBulkWriter({
    index: createElasticsearchIndex({ client, prefix }),
    countMax: 100,
    backoff: { baseMs: 2, maxMs: 20 },
    onTrouble(trouble) {
      troubles.push(trouble);
      // As at the flood stage of a disk: once it has been felt, somebody makes room.
      if (!blocked || trouble.kind !== 'documents-refused') return;
      blocked = false;
      block(false).catch(() => undefined);
    },
  });
  onTestFinished(async () => {
    await writer.close({ signal: AbortSignal.timeout(5_000) });
    await client.close();
    await proxy[Symbol.asyncDispose]();
    await index.drop();
    await direct.close();
  });
  const article = (n: number, version: number): Article =>
    fixtureArticle({
      url: `https://load.example/${n}`,
      headline: `第${n}篇 ${version}`,
      body: `正文第${n}篇。`.repeat(20),
      fetchedAt: new Date(Date.UTC(2026, 2, 1, version)).toISOString(),
    });
  // Each article twice, the newer state sometimes first: whatever order they arrive in, the newer one stays.
  const load = Array.from({ length: 600 }, (_, n) => [article(n, 1 + (n % 2)), article(n, 2 - (n % 2))]).flat();
  let next = 0;
  const job = async (): Promise<void> => {
    for (let each = load[next++]; each !== undefined; each = load[next++]) {
      if (next === 700) {
        blocked = true;
        await block(true);
      }
      const { type } = await writer.write(each);
      expect(['indexed', 'stale']).toContain(type);
    }
  };
  await Promise.all(Array.from({ length: 120 }, job));

  expect(new Set(troubles.map(({ kind }) => kind))).toEqual(
    new Set(['overloaded', 'unavailable', 'documents-refused']),
  );
  expect(writer.load).toEqual({ documents: 0, requests: 0 });
  await index.refresh();
  const { hits } = await direct.search<Article>({ index: alias, size: 10_000 });
  const found = new Map(hits.hits.map(({ _id, _source }) => [_id, _source]));
  const expected = new Map(
    Array.from({ length: 600 }, (_, n) => article(n, 2)).map((each) => [each.id, toDocument(each)]),
  );
  expect(found.size).toBe(600);
  expect(found).toEqual(expected);
});
