import type { Redis } from 'ioredis';

/**
 * How many hosts of one group (a registered domain, an address) are visited at the same time by all crawlers together. It
 * spares what stands behind many names, and keeps one source of thousands of hosts from taking every crawler's time.
 */
export interface JointCap {
  /**
   * Takes a place for a host, or keeps the one that it has, until `now + holdMs` at the latest.
   * @returns undefined when it has one; else after how many milliseconds to ask again
   */
  enter(group: string, host: string, max: number, now: number, holdMs: number): Promise<number | undefined>;
  leave(group: string, host: string): Promise<void>;
}

/** Turns are mostly this short: those that wait ask again one after another, as places are likely to come free. */
const turnUsualMs = 500;
const waitMaxMs = 60_000;

/** KEYS: 1 places, 2 when the last of those that wait will ask again. ARGV: now, host, max, hold until. Returns the wait, or -1. */
const enterScript = `
local now = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('ZSCORE', KEYS[1], ARGV[2]) or redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[3]) then
  redis.call('ZADD', KEYS[1], ARGV[4], ARGV[2])
  redis.call('PEXPIREAT', KEYS[1], tonumber(ARGV[4]) + 60000)
  return -1
end
local last = math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0'))
local at = math.min(now + ${waitMaxMs}, last + math.ceil(${turnUsualMs} / tonumber(ARGV[3])))
redis.call('SET', KEYS[2], string.format('%d', at), 'PX', ${2 * waitMaxMs})
return at - now
`;

/** The caller owns the connection. */
export function createRedisJointCap(redis: Redis, prefix: string): JointCap {
  redis.defineCommand('nmEnter', { numberOfKeys: 2, lua: enterScript });
  const run = redis as unknown as { nmEnter(...args: (string | number)[]): Promise<number> };
  const keysOf = (group: string) => ['places', 'last'].map((part) => `${prefix}:{joint ${group}}:${part}`);
  return {
    async enter(group, host, max, now, holdMs) {
      const waitMs = await run.nmEnter(...keysOf(group), now, host, max, now + holdMs);
      return waitMs < 0 ? undefined : waitMs;
    },
    async leave(group, host) {
      await redis.zrem(keysOf(group)[0] ?? '', host);
    },
  };
}

/** Inside one process, for unit tests. */
export function createMemoryJointCap(): JointCap {
  const groups = new Map<string, { places: Map<string, number>; last: number }>();
  return {
    async enter(group, host, max, now, holdMs) {
      const own = groups.get(group) ?? { places: new Map(), last: 0 };
      groups.set(group, own);
      for (const [other, until] of own.places) if (until <= now) own.places.delete(other);
      if (own.places.has(host) || own.places.size < max) {
        own.places.set(host, now + holdMs);
        return undefined;
      }
      own.last = Math.min(now + waitMaxMs, Math.max(now, own.last) + Math.ceil(turnUsualMs / max));
      return own.last - now;
    },
    async leave(group, host) {
      groups.get(group)?.places.delete(host);
    },
  };
}
