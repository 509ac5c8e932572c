import { randomUUID } from 'node:crypto';
import { createRedisClusters } from '@newsmill/clusters';
import {
  createElasticsearchClient,
  createElasticsearchIndex,
  createElasticsearchVersions,
} from '@newsmill/search-index';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { articleOf, createIndexing } from './indexing.fixture.ts';

const client = createElasticsearchClient({ url: inject('elasticsearchUrl') });
const redis = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID().slice(0, 8)}-`;
const index = createElasticsearchIndex({ client, prefix });
const versions = createElasticsearchVersions({ client, prefix });

beforeAll(() => Promise.all([index.ensure(), versions.ensure()]));
afterAll(async () => {
  await Promise.all([index.drop(), versions.drop()]);
  await client.close();
  for await (const keys of redis.scanStream({ match: `{${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
});

it('leaves one first in the index when many copies come at once, to several indexers', async () => {
  const indexers = Array.from({ length: 3 }, () =>
    createIndexing({ index, versions, clusters: createRedisClusters(redis, prefix) }),
  );
  const copies = Array.from({ length: 30 }, (_, n) =>
    // The later the copy, the earlier its date: the first place changes hands as often as it can.
    articleOf(`copy-${n}`, { datePublished: new Date(Date.UTC(2026, 1, 20, 12, -n)).toISOString() }),
  );
  await Promise.all(copies.map((article, n) => indexers[n % 3]?.add(article)));
  const stored = await Promise.all(copies.map(async ({ id }) => (await index.get(id))?.article));
  expect(new Set(stored.map((article) => article?.clusterId)).size).toBe(1);
  expect(stored.filter((article) => article?.clusterFirst).map((article) => article?.url)).toEqual([
    'https://copy-29.example/1',
  ]);
});

it('keeps a former state beside the articles', async () => {
  const indexing = createIndexing({ index, versions, clusters: createRedisClusters(redis, `${prefix}v`) });
  const first = articleOf('versions');
  await indexing.add(first);
  await indexing.add({
    ...first,
    contentHash: 'other',
    headline: 'New',
    version: 2,
    fetchedAt: '2026-03-01T06:00:00Z',
  });
  await versions.refresh();
  expect(await versions.list(first.id)).toMatchObject([{ articleId: first.id, headline: first.headline, version: 1 }]);
  expect((await index.get(first.id))?.article.headline).toBe('New');
});
