import { randomUUID } from 'node:crypto';
import {
  applyRemovedPolicy,
  createElasticsearchClient,
  createElasticsearchIndex,
  indexNames,
  reindex,
} from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { afterAll, expect, inject, it, onTestFinished } from 'vitest';
import { createBulkWriter } from './bulk-writer.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
afterAll(() => client.close());

it('goes on writing while the index is exchanged under it, and starts again afterwards', async () => {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const index = createElasticsearchIndex({ client, prefix });
  onTestFinished(() => index.drop());
  await index.ensure();
  const writer = createBulkWriter({ index, lingerMs: 1, countMax: 20, backoff: { baseMs: 10, maxMs: 50 } });
  const states = (n: number, version: number) =>
    fixtureArticle({
      url: `https://a.example/${n}`,
      version,
      fetchedAt: new Date(Date.UTC(2026, 0, 1) + version).toISOString(),
    });
  await Promise.all(Array.from({ length: 600 }, (_, n) => writer.write(states(n, 1))));

  let exchanged = false;
  const lastOf = new Map<number, number>();
  const verdicts = new Set<string>();
  const lane = async (n: number): Promise<void> => {
    for (let version = 2; !exchanged || version < 4; version++) {
      verdicts.add((await writer.write(states(n, version))).type);
      lastOf.set(n, version);
    }
  };
  const writing = Array.from({ length: 40 }, (_, n) => lane(n * 20));
  const report = await reindex({ client, prefix, force: true });
  exchanged = true;
  await Promise.all(writing);
  await writer.close();

  expect(report).toMatchObject({ type: 'done', to: `${indexNames(prefix).template}-000002` });
  expect([...verdicts]).toEqual(['indexed']);
  await index.refresh();
  expect(await index.count()).toBe(600 + 10);
  for (const [n, version] of lastOf) expect((await index.get(states(n, 1).id))?.article.version).toBe(version);
  // What an indexer does as it starts.
  expect(await index.ensure()).toMatchObject({ created: false, added: [] });
  await applyRemovedPolicy(client, prefix, 'hide');
});
