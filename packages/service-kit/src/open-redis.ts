import { connectRedis, infoOf } from '@newsmill/queue';
import type { Redis } from 'ioredis';
import type { Logger } from './logger.ts';
import { scriptRefusal } from './outage.ts';

/**
 * A connection for commands: each fails within seconds when Redis is away, so that a job can be retried instead of
 * hanging; the connection itself comes back on its own.
 */
export function openRedis(url: string, logger: Logger): Redis {
  const redis = connectRedis(url, {
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
  const infos = await infoOf(redis, 'memory').catch((error: unknown) => {
    throw new Error(explain(error), { cause: error });
  });
  const policies = infos.flatMap((info) => /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? []);
  const policy = policies.find((each) => each !== 'noeviction');
  if (policy !== undefined) {
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
    return { redis: explain(error) };
  }
}

/** What Redis said, and what it means for settings when it does not want us. */
export function explain(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const meaning = scriptRefusal.test(text) ? 'NOPERM' : /^(?:WRONGPASS|NOAUTH|NOPERM)/.exec(text)?.[0];
  if (meaning === undefined) return text;
  const remedy = {
    WRONGPASS: 'user or password in REDIS_URL are wrong, or the user is disabled',
    NOAUTH: 'REDIS_URL has no user and password, and this Redis wants them',
    NOPERM: 'the user in REDIS_URL lacks rights (see the users that `newsmill setup files` makes)',
  }[meaning];
  return `Redis refuses us: ${remedy}. It says: ${text.slice(0, 200)}`;
}

/** A whole number of an `INFO` answer; 0 where it is not told. */
export function figureOf(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
}
