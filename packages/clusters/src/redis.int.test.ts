import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, it } from 'vitest';
import { clustersConformance, idOf, printOf } from './conformance.ts';
import { createMemoryClusters } from './memory.ts';
import type { Claim } from './port.ts';
import { createRedisClusters } from './redis.ts';

const redis = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID()}`;
let count = 0;
const nextPrefix = () => {
  count += 1;
  return `${prefix}-${count}`;
};

afterAll(async () => {
  for await (const keys of redis.scanStream({ match: `{${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
});

clustersConformance('redis', async (options) => createRedisClusters(redis, nextPrefix(), options));

const comparable = ({ owed, ...claim }: Claim) => ({ ...claim, owed: [...owed].sort() });

it('answers as the memory twin does, whatever is claimed in whatever order', async () => {
  const stories = ['one', 'two'].flatMap((seed) => [
    printOf(seed),
    printOf(seed, (n) => n > 4),
    printOf(seed, (n) => n < 33),
    printOf(seed, (n) => n % 5 > 0),
  ]);
  const step = fc.record({
    id: fc.integer({ min: 0, max: 9 }).map((n) => idOf(`article-${n}`)),
    fingerprint: fc.constantFrom(...stories),
    rank: fc.integer({ min: 0, max: 5 }),
    hours: fc.integer({ min: 0, max: 40 }),
    settles: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const twin = createMemoryClusters({ windowDays: 5 });
      const real = createRedisClusters(redis, nextPrefix(), { windowDays: 5 });
      let now = Date.parse('2026-01-01T00:00:00Z');
      for (const { hours, settles, ...request } of steps) {
        now += hours * 3_600_000;
        const [expected, actual] = await Promise.all([twin.claim(request, now), real.claim(request, now)]);
        expect(comparable(actual)).toEqual(comparable(expected));
        expect(await real.firstOf(actual.clusterId)).toBe(await twin.firstOf(actual.clusterId));
        if (settles) {
          for (const id of actual.owed) {
            await Promise.all([twin.settle(actual.clusterId, id), real.settle(actual.clusterId, id)]);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

it('sweeps what is older than the window, so that memory is bounded by it', async () => {
  const own = nextPrefix();
  const clusters = createRedisClusters(redis, own, { windowDays: 2 });
  const print = printOf('swept');
  const start = Date.parse('2026-01-01T00:00:00Z');
  await clusters.claim({ id: idOf('old'), fingerprint: print, rank: 1 }, start);
  await clusters.claim({ id: idOf('new'), fingerprint: print, rank: 1 }, start + 5 * 86_400_000);
  let entries = 0;
  for await (const keys of redis.scanStream({ match: `{${own}:copies}:b*` })) {
    for (const key of keys as string[]) {
      // One entry is the day of the sweep.
      entries += (await redis.hlen(key)) - 1;
      expect(await redis.pttl(key)).toBeGreaterThan(0);
    }
  }
  expect(entries).toBe(16);
});
