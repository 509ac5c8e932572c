import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, inject } from 'vitest';
import { replayStoreConformance } from './conformance.ts';
import { createRedisReplayStore } from './redis-store.ts';

const redis = new Redis(inject('redisUrl'));
const prefix = `test-${randomUUID().slice(0, 8)}`;
let count = 0;
afterAll(async () => {
  const keys = await redis.keys(`${prefix}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
});

replayStoreConformance('redis', () => {
  count += 1;
  return createRedisReplayStore(redis, `${prefix}-${count}`);
});
