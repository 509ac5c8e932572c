import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, inject } from 'vitest';
import { frontierConformance } from './conformance.ts';
import { frontierLifeConformance } from './conformance-life.ts';
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
frontierConformance('redis', create);
frontierLifeConformance('redis', create);
