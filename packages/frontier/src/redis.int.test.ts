import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { frontierConformance } from './conformance.ts';
import { jointCapConformance } from './conformance-joint.ts';
import { ledgerConformance } from './conformance-ledger.ts';
import { frontierLifeConformance } from './conformance-life.ts';
import { loreConformance } from './conformance-lore.ts';
import { newsDaysConformance } from './conformance-news.ts';
import { createRedisJointCap } from './joint-cap.ts';
import { createRedisHostLore } from './lore.ts';
import { createRedisNewsDays } from './news-days.ts';
import { createRedisFrontier } from './redis.ts';

const redis = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID()}`;
let count = 0;

afterAll(async () => {
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
});

const create = async () => {
  count += 1;
  return createRedisFrontier(redis, `${prefix}-${count}`);
};
/** Bytes of all keys of one frontier. */
async function memoryOf(ofPrefix: string): Promise<number> {
  let bytes = 0;
  for await (const keys of redis.scanStream({ match: `${ofPrefix}:*`, count: 1_000 })) {
    const usages = await Promise.all((keys as string[]).map((key) => redis.memory('USAGE', key, 'SAMPLES', 0)));
    bytes += usages.reduce<number>((sum, usage) => sum + Number(usage ?? 0), 0);
  }
  return bytes;
}

it('keeps 20,000 URLs of a host in at most 150 bytes each, in the compact encoding', async () => {
  const frontier = await create();
  const found = Array.from({ length: 20_000 }, (_, at) => ({
    url: `https://news.example.com/system/2026/05/01/${1_000_000 + at}-the-news-of-today.shtml`,
    ...{ kind: 'article' as const, sourceId: 's', depth: 1, standing: true },
  }));
  expect((await frontier.admit(found, Date.parse('2026-01-01T00:00:00Z'))).accepted).toBe(20_000);
  const own = `${prefix}-${count}`;
  expect((await memoryOf(own)) / 20_000).toBeLessThan(150);
  const buckets = await redis.keys(`${own}:{*}:b*`);
  expect(buckets.length).toBeGreaterThan(200);
  const encodings = await Promise.all(buckets.map((key) => redis.object('ENCODING', key)));
  // Redis 6.2 calls it ziplist.
  expect([...new Set(encodings)].filter((encoding) => encoding !== 'listpack' && encoding !== 'ziplist')).toEqual([]);
});

it('does not take the numbers of a Redis that forgot for those of now', async () => {
  const own = `${prefix}-forgetful`;
  const [old, fresh] = [createRedisFrontier(redis, own), createRedisFrontier(redis.duplicate(), own)];
  const found = (sourceId: string, url: string) =>
    [{ url, kind: 'article' as const, sourceId, depth: 1, standing: true }] as const;
  await old.admit(found('first', 'http://a.test/1'), 1);
  await old.admit(found('second', 'http://a.test/2'), 1);
  for await (const keys of redis.scanStream({ match: `${own}:*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...(keys as string[]));
  }
  await fresh.admit(found('second', 'http://a.test/2'), 1);
  // It has checked within the last second, and looks again after that at the latest. Until then its number means nothing.
  const deadline = performance.now() + 10_000;
  const sourceOf = async () => (await fresh.getUrl('http://a.test/1').catch(() => undefined))?.sourceId;
  for (let source = await sourceOf(); source !== 'first'; source = await sourceOf()) {
    expect(source).toBeUndefined();
    if (performance.now() > deadline) throw new Error('it went on with its old numbers');
    for (const key of await redis.keys(`${own}:{*}:*`)) await redis.del(key);
    await old.admit(found('first', 'http://a.test/1'), 1);
  }
});

frontierConformance('redis', create);
frontierLifeConformance('redis', create);
ledgerConformance('redis', create);
newsDaysConformance('redis', async () => {
  count += 1;
  return createRedisNewsDays(redis, `${prefix}-${count}`);
});
jointCapConformance('redis', async () => {
  count += 1;
  return createRedisJointCap(redis, `${prefix}-${count}`);
});
loreConformance('redis', async () => {
  count += 1;
  return createRedisHostLore(redis, `${prefix}-${count}`);
});
