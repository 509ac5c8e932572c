import type { QuarantineReason, StageName } from '@newsmill/contracts';
import type { Redis } from 'ioredis';

/** A job that was taken out of the flow, with all that is needed to understand it and to run it again. */
export interface QuarantineEntry {
  /** `<stage>/<job id>`. */
  readonly id: string;
  readonly stage: StageName;
  readonly jobId: string;
  /** As it was delivered, also when it does not fit the schema. */
  readonly payload: unknown;
  readonly reason: QuarantineReason;
  /** What went wrong, cut to 2,000 characters. */
  readonly message: string;
  readonly attempts: number;
  /** ISO 8601. */
  readonly quarantinedAt: string;
}

export interface Quarantine {
  /** The same id again replaces the entry: a stage that runs twice makes one entry. */
  put(entry: QuarantineEntry): Promise<void>;
  get(id: string): Promise<QuarantineEntry | undefined>;
  /** Newest first. */
  list(options?: { readonly limit?: number }): Promise<QuarantineEntry[]>;
  drop(id: string): Promise<boolean>;
  count(): Promise<number>;
}

export function createRedisQuarantine(redis: Redis, prefix: string): Quarantine {
  // One hash tag, so that both keys lie in one slot of a Redis Cluster and MULTI works there.
  const entries = `{${prefix}:quarantine}:entries`;
  const byTime = `{${prefix}:quarantine}:by-time`;
  const parse = (text: string | null): QuarantineEntry | undefined => (text ? JSON.parse(text) : undefined);
  return {
    async put(entry) {
      await redis
        .multi()
        .hset(entries, entry.id, JSON.stringify({ ...entry, message: entry.message.slice(0, 2_000) }))
        .zadd(byTime, Date.parse(entry.quarantinedAt), entry.id)
        .exec();
    },
    get: async (id) => parse(await redis.hget(entries, id)),
    async list(options) {
      const ids = await redis.zrevrange(byTime, 0, (options?.limit ?? 100) - 1);
      if (ids.length === 0) return [];
      const found = await redis.hmget(entries, ...ids);
      return found.flatMap((text) => parse(text) ?? []);
    },
    async drop(id) {
      const results = await redis.multi().hdel(entries, id).zrem(byTime, id).exec();
      return results?.[0]?.[1] === 1;
    },
    count: async () => redis.hlen(entries),
  };
}

export function createMemoryQuarantine(): Quarantine {
  const entries = new Map<string, QuarantineEntry>();
  return {
    async put(entry) {
      entries.set(entry.id, { ...entry, message: entry.message.slice(0, 2_000) });
    },
    get: async (id) => entries.get(id),
    list: async (options) =>
      [...entries.values()]
        .sort((a, b) => b.quarantinedAt.localeCompare(a.quarantinedAt))
        .slice(0, options?.limit ?? 100),
    drop: async (id) => entries.delete(id),
    count: async () => entries.size,
  };
}
