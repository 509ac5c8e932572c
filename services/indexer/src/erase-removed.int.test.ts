import { randomUUID } from 'node:crypto';
import {
  applyRemovedPolicy,
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchVersions,
  formerVersion,
  isTombstone,
  removedWithText,
} from '@newsmill/search-index';
import { fixtureArticle } from '@newsmill/search-index/testing';
import { afterAll, expect, inject, it, onTestFinished } from 'vitest';
import { createBulkWriter } from './bulk-writer.ts';
import { eraseRemoved } from './erase-removed.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
afterAll(() => client.close());

it('deletes what was removed before the policy was `delete`, also where the alias hides it', async () => {
  const prefix = `test-${randomUUID().slice(0, 8)}-`;
  const index = createElasticsearchIndex({ client, prefix });
  const versions = createElasticsearchVersions({ client, prefix });
  const writer = createBulkWriter({ index, lingerMs: 1 });
  onTestFinished(async () => {
    await writer.close();
    await index.drop();
    await versions.drop();
  });
  await index.ensure();
  await versions.ensure();
  const removedAt = '2026-03-02T00:00:00Z';
  const article = (n: number, fields: object = {}) => fixtureArticle({ url: `https://a.example/${n}`, ...fields });
  const gone = Array.from({ length: 230 }, (_, n) => article(n, { removedAt }));
  await index.write([...gone, article(1_000)]);
  const former = formerVersion(article(7), article(7, { contentHash: 'x', fetchedAt: '2026-03-01T12:00:00Z' }));
  if (former === undefined) throw new Error('these are two states');
  await versions.write([former]);
  await applyRemovedPolicy(client, prefix, 'delete');
  const erase = () =>
    eraseRemoved(removedWithText(client, prefix), { writer, versions, signal: new AbortController().signal });
  expect(await erase()).toBe(230);
  expect(await erase()).toBe(0);
  const kept = await index.get(gone[7]?.id ?? '');
  expect(kept && isTombstone(kept.article)).toBe(true);
  expect(kept?.article.url).toBe('https://a.example/7');
  expect(await versions.list(article(7).id)).toEqual([]);
  expect((await index.get(article(1_000).id))?.article.body).toBe('Body.');
  await index.refresh();
  expect(await index.count()).toBe(1);
});
