import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { lesson, siteMemoriesConformance } from './conformance.ts';
import { createRedisSiteMemories } from './redis.ts';

const redis = new Redis(inject('redisUrl'));
const other = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID()}`;
let count = 0;
const nextPrefix = () => {
  count += 1;
  return `${prefix}-${count}`;
};

afterAll(async () => {
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
  other.disconnect();
});

siteMemoriesConformance('redis', async () => createRedisSiteMemories(redis, nextPrefix()));

it('loses nothing between processes', async () => {
  const own = nextPrefix();
  const both = [createRedisSiteMemories(redis, own), createRedisSiteMemories(other, own)];
  await Promise.all(
    Array.from({ length: 100 }, async (_, at) => both[at % 2]?.record('a.test', lesson(`${at}`, ['box', `own ${at}`]))),
  );
  const memory = await both[0]?.read('a.test');
  expect(memory?.pages).toBe(100);
  expect(memory?.blocks.get('box_____')?.count).toBe(63);
});

it('keeps a site below 64 KB, in one slot, and not for ever', async () => {
  const own = nextPrefix();
  const memories = createRedisSiteMemories(redis, own);
  for (let page = 0; page < 120; page += 1) {
    const blocks = Array.from({ length: 150 }, (_, at) => `${page}b${at}`);
    await memories.record('a.test', lesson(`${page}`, ['box', ...blocks]));
  }
  const keys = await redis.keys(`${own}*`);
  expect(keys.length).toBeLessThanOrEqual(2);
  let bytes = 0;
  for (const key of keys) {
    expect(key).toContain('{a.test}');
    expect(await redis.pttl(key)).toBeGreaterThan(86_400_000);
    bytes += Number(await redis.memory('USAGE', key, 'SAMPLES', 0));
  }
  expect(bytes).toBeLessThan(64_000);
  expect((await memories.read('a.test')).blocks.get('box_____')?.count).toBe(63);
});

it('forgets what it cannot read', async () => {
  const own = nextPrefix();
  const memories = createRedisSiteMemories(redis, own);
  await redis.hset(`${own}:memory:{a.test}:s`, 'snap', '{"v":0}');
  await redis.rpush(`${own}:memory:{a.test}:l`, '{', '{"v":0}');
  await memories.record('a.test', lesson('1'));
  expect((await memories.read('a.test')).pages).toBe(1);
});
