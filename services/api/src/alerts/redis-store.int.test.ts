import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { alertStoreConformance } from './conformance.ts';
import { createRedisAlertStore } from './redis-store.ts';

alertStoreConformance('redis', async () => {
  const redis = new Redis(inject('redisUrl'));
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  return {
    store: createRedisAlertStore(redis, prefix),
    async end() {
      const keys = await redis.keys(`${prefix}:*`);
      if (keys.length > 0) await redis.del(...keys);
      redis.disconnect();
    },
  };
});
