import type { Redis } from 'ioredis';
import {
  matchesFilter,
  newEntry,
  type Quarantine,
  type QuarantineEntry,
  type QuarantineFilter,
  type QuarantineLimits,
  quarantineLimits,
  retriedEntry,
  withoutPayload,
} from './quarantine.ts';

/** Entries in one answer of Redis: a few MB at the most. */
const pageSize = 100;
/** An entry that changes under us this often is being fought over by a bug. */
const triesMax = 20;

/** KEYS of all scripts: entries (hash), by-time (zset), retried (hash), retried-by-time (zset), figures (hash). */

/** ARGV: id, entry, time, entriesMax, bytesMax. Returns how many entries had to go. */
const putScript = `
local before = redis.call('HSTRLEN', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
local bytes = redis.call('HINCRBY', KEYS[5], 'bytes', #ARGV[2] - before)
local count = redis.call('HLEN', KEYS[1])
local gone = 0
while count > 1 and (count > tonumber(ARGV[4]) or bytes > tonumber(ARGV[5])) do
  local oldest = redis.call('ZRANGE', KEYS[2], 0, 1)
  local id = oldest[1] == ARGV[1] and oldest[2] or oldest[1]
  if not id then break end
  bytes = redis.call('HINCRBY', KEYS[5], 'bytes', 0 - redis.call('HSTRLEN', KEYS[1], id))
  redis.call('HDEL', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
  count = count - 1
  gone = gone + 1
end
if gone > 0 then redis.call('HINCRBY', KEYS[5], 'evicted', gone) end
return gone
`;

/** Replaces an entry if it is still what the caller read. ARGV: id, old, new. */
const replaceScript = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('HINCRBY', KEYS[5], 'bytes', #ARGV[3] - #ARGV[2])
return 1
`;

/** Takes an entry out if it is still what the caller read. ARGV: id, old, what to remember, time, retriedMax. */
const retireScript = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HINCRBY', KEYS[5], 'bytes', -#ARGV[2])
redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
redis.call('ZADD', KEYS[4], ARGV[4], ARGV[1])
local over = redis.call('ZCARD', KEYS[4]) - tonumber(ARGV[5])
if over > 0 then
  for _, id in ipairs(redis.call('ZRANGE', KEYS[4], 0, over - 1)) do
    redis.call('HDEL', KEYS[3], id)
    redis.call('ZREM', KEYS[4], id)
  end
end
return 1
`;

/** ARGV: id. */
const dropScript = `
redis.call('HINCRBY', KEYS[5], 'bytes', 0 - redis.call('HSTRLEN', KEYS[1], ARGV[1]))
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
return redis.call('HDEL', KEYS[1], ARGV[1])
`;

type Scripts = Record<
  'nmqPut' | 'nmqReplace' | 'nmqRetire' | 'nmqDrop',
  (...args: (string | number)[]) => Promise<number>
>;

/** The caller owns the connection. `prefix` is the first part of every key. */
export function createRedisQuarantine(redis: Redis, prefix: string, options: QuarantineLimits = {}): Quarantine {
  const limits = { ...quarantineLimits, ...options };
  for (const [name, lua] of Object.entries({
    nmqPut: putScript,
    nmqReplace: replaceScript,
    nmqRetire: retireScript,
    nmqDrop: dropScript,
  })) {
    redis.defineCommand(name, { numberOfKeys: 5, lua });
  }
  const run = redis as unknown as Scripts;
  // One hash tag, so that all lie in one slot of a Redis Cluster.
  const keyOf = (part: string): string => `{${prefix}:quarantine}:${part}`;
  const entries = keyOf('entries');
  const byTime = keyOf('by-time');
  const retried = keyOf('retried');
  const figures = keyOf('figures');
  const keys = [entries, byTime, retried, keyOf('retried-by-time'), figures];
  // Entries of the version before have no history.
  const parse = (text: string | null): QuarantineEntry | undefined => {
    if (text === null) return undefined;
    const entry: QuarantineEntry = JSON.parse(text);
    return { ...entry, retries: entry.retries ?? [] };
  };

  async function* scan(filter: QuarantineFilter = {}): AsyncGenerator<QuarantineEntry> {
    const before = filter.before === undefined ? '+inf' : `(${filter.before}`;
    // All ids at once: entries come and go while the caller works on them, and a rank would slip.
    const ids = await redis.zrevrangebyscore(byTime, before, '-inf');
    for (let at = 0; at < ids.length; at += pageSize) {
      const found = await redis.hmget(entries, ...ids.slice(at, at + pageSize));
      for (const text of found) {
        const entry = parse(text ?? null);
        if (entry !== undefined && matchesFilter(entry, filter)) yield entry;
      }
    }
  }

  return {
    async put(job) {
      const before = parse((await redis.hget(entries, job.id)) ?? (await redis.hget(retried, job.id)));
      const text = JSON.stringify(newEntry(job, before));
      await run.nmqPut(...keys, job.id, text, Date.parse(job.quarantinedAt), limits.entriesMax, limits.bytesMax);
    },
    get: async (id) => parse((await redis.hget(entries, id)) ?? (await redis.hget(retried, id))),
    async list(filter = {}) {
      const found: QuarantineEntry[] = [];
      const limit = filter.limit ?? 100;
      if (limit <= 0) return found;
      for await (const entry of scan(filter)) {
        found.push(entry);
        if (found.length >= limit) break;
      }
      return found;
    },
    scan,
    async beginRetry(id, at) {
      for (let tries = 0; tries < triesMax; tries += 1) {
        const text = await redis.hget(entries, id);
        const entry = parse(text);
        if (text === null || entry === undefined) return undefined;
        const next = retriedEntry(entry, at);
        if ((await run.nmqReplace(...keys, id, text, JSON.stringify(next))) === 1) return next;
      }
      throw new Error(`the quarantine entry ${id} changed ${triesMax} times while it was being written`);
    },
    async endRetry(id, at) {
      const text = await redis.hget(entries, id);
      const entry = parse(text);
      if (text === null || entry?.retriedAt !== at) return false;
      const remembered = JSON.stringify(withoutPayload(entry));
      return (await run.nmqRetire(...keys, id, text, remembered, Date.parse(at), limits.retriedMax)) === 1;
    },
    drop: async (id) => (await run.nmqDrop(...keys, id)) === 1,
    ids: () => redis.hkeys(entries),
    count: async () => redis.hlen(entries),
    async figures() {
      const [count, kept] = await Promise.all([redis.hlen(entries), redis.hmget(figures, 'bytes', 'evicted')]);
      return { entries: count, bytes: Math.max(0, Number(kept[0] ?? 0)), evicted: Number(kept[1] ?? 0) };
    },
  };
}
