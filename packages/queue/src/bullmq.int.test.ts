import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createBullJobQueue } from './bullmq.ts';
import { queueConformance } from './conformance.ts';
import { quarantineConformance } from './conformance-quarantine.ts';
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
});

quarantineConformance('redis', async (limits) => {
  count += 1;
  return createRedisQuarantine(redis, `${prefix}-${count}`, limits);
});
