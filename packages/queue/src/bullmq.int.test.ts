import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createBullJobQueue } from './bullmq.ts';
import { queueConformance } from './conformance.ts';
import { quarantineConformance } from './conformance-quarantine.ts';
import { createBullInventory } from './inventory.ts';
import { createRedisQuarantine } from './quarantine-redis.ts';

const redisUrl = inject('redisUrl');
const redis = new Redis(redisUrl);
const prefix = `test-${randomUUID()}`;
let count = 0;

afterAll(async () => {
  for await (const keys of redis.scanStream({ match: `*${prefix}*`, count: 1_000 })) {
    if (keys.length > 0) await redis.del(...keys);
  }
  redis.disconnect();
});

queueConformance('bullmq', async () => {
  count += 1;
  return createBullJobQueue({ redisUrl, prefix: `${prefix}-${count}` });
});

describe('bullmq: queue', () => {
  it('refuses to accept a job when Redis is away, instead of waiting for ever', async () => {
    // Port 1 is reserved (tcpmux): nothing listens there.
    await using queue = createBullJobQueue({ redisUrl: 'redis://127.0.0.1:1', prefix });
    await expect(queue.add('q', [{ id: 'a-1', payload: 1 }])).rejects.toThrow();
  });

  it('delivers a job whose data is damaged with its text, like any other, and lists it', async () => {
    const own = `${prefix}-damaged`;
    await using queue = createBullJobQueue({ redisUrl, prefix: own });
    await using inventory = createBullInventory(redis, own);
    await queue.add('q', [{ id: 'a-1', payload: { n: 1 } }]);
    await redis.hset(`${own}:q:a-1`, 'data', '{"n":');
    expect(await inventory.payloads('q', ['a-1'])).toEqual(new Map([['a-1', undefined]]));
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const consumer = queue.consume('q', { concurrency: 1 }, async ({ payload }) => {
      resolve(payload);
      return { type: 'complete' };
    });
    expect(await promise).toBe('{"n":');
    await consumer.stop(5_000);
    expect(await queue.depth('q')).toEqual({ waiting: 0, delayed: 0, active: 0 });
  });
});

quarantineConformance('redis', async (limits) => {
  count += 1;
  return createRedisQuarantine(redis, `${prefix}-${count}`, limits);
});
