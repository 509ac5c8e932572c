import { Redis } from 'ioredis';
import type { Logger } from './logger.ts';

/**
 * A connection for commands: each fails within seconds when Redis is away, so that a job can be retried instead of
 * hanging; the connection itself comes back on its own.
 */
export function openRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 2,
    commandTimeout: 10_000,
    retryStrategy: (times) => Math.min(2_000, times * 100),
  });
  let last = Number.NEGATIVE_INFINITY;
  redis.on('error', (error) => {
    // Redis faults come by thousands: one line a second says enough.
    if (performance.now() - last < 1_000) return;
    last = performance.now();
    logger.error({ err: error }, 'redis');
  });
  return redis;
}

/**
 * Refuses to work on a Redis that may throw jobs away: eviction would lose work in silence.
 * @throws Error that says what to set
 */
export async function requireDurableRedis(redis: Redis): Promise<void> {
  const info = await redis.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy !== undefined && policy !== 'noeviction') {
    throw new Error(
      `Redis has maxmemory-policy ${policy}, under which it may delete queued work. Set: CONFIG SET maxmemory-policy noeviction`,
    );
  }
}

/** For /readyz. */
export async function redisProblem(redis: Redis): Promise<Record<string, string>> {
  try {
    await redis.ping();
    return {};
  } catch (error) {
    return { redis: error instanceof Error ? error.message : String(error) };
  }
}
