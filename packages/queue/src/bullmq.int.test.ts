import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createBullJobQueue } from './bullmq.ts';
import { queueConformance } from './conformance.ts';
import { createRedisQuarantine } from './quarantine.ts';

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

describe('redis: quarantine', () => {
  it('keeps entries newest first, replaces by id, drops', async () => {
    const quarantine = createRedisQuarantine(redis, prefix);
    const entry = {
      id: 'parse/a-1',
      stage: 'parse' as const,
      jobId: 'a-1',
      payload: { odd: true },
      reason: 'malformed_job' as const,
      message: 'x'.repeat(5_000),
      attempts: 1,
      quarantinedAt: '2026-01-01T00:00:00.000Z',
    };
    await quarantine.put(entry);
    await quarantine.put({ ...entry, id: 'parse/a-2', quarantinedAt: '2026-01-02T00:00:00.000Z' });
    await quarantine.put(entry);
    expect((await quarantine.list()).map((one) => one.id)).toEqual(['parse/a-2', 'parse/a-1']);
    expect((await quarantine.get('parse/a-1'))?.message).toHaveLength(2_000);
    expect(await quarantine.drop('parse/a-1')).toBe(true);
    expect(await quarantine.drop('parse/a-1')).toBe(false);
    expect(await quarantine.count()).toBe(1);
  });
});
