import type { Redis } from 'ioredis';
import {
  type AlertState,
  type DeliveryAttempt,
  firstState,
  logMax,
  type SavedSearch,
  searchesMax,
  searchesPerOwnerMax,
} from './saved-search.ts';
import type { AlertStore } from './store.ts';

/** searches (id → search), owners (owner → count) · id, owner, search, state, most of one owner, most of all */
const create = `
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then return 0 end
if tonumber(redis.call('HGET', KEYS[2], ARGV[2]) or '0') >= tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
redis.call('SET', KEYS[3], ARGV[4])
return 1`;

/** searches, owners, and all keys of the search · id, owner */
const remove = `
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then return 0 end
if redis.call('HINCRBY', KEYS[2], ARGV[2], -1) <= 0 then redis.call('HDEL', KEYS[2], ARGV[2]) end
for at = 3, #KEYS do redis.call('DEL', KEYS[at]) end
return 1`;

/** state, lease · token, ttl */
const lease = `
local state = redis.call('GET', KEYS[1])
if not state or not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
return state`;

/** state, lease, log, seen · token, state, attempt or '', most of the log, from, then score and id of each that is seen */
const commit = `
if redis.call('GET', KEYS[2]) ~= ARGV[1] or redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
if ARGV[3] ~= '' then
  redis.call('LPUSH', KEYS[3], ARGV[3])
  redis.call('LTRIM', KEYS[3], 0, tonumber(ARGV[4]) - 1)
end
for at = 6, #ARGV, 2 do redis.call('ZADD', KEYS[4], ARGV[at], ARGV[at + 1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', '(' .. ARGV[5])
return 1`;

/** lease · token */
const release = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** state · the moment; what stopped it is forgotten and what waits is kept */
const resume = `
local text = redis.call('GET', KEYS[1])
if not text then return 0 end
local state = cjson.decode(text)
state.suspended = nil
state.failingSinceMs = nil
state.failures = 0
state.nextAtMs = tonumber(ARGV[1])
redis.call('SET', KEYS[1], cjson.encode(state))
return 1`;

type Scripts = {
  nmAlertCreate(...args: (string | number)[]): Promise<number>;
  nmAlertRemove(...args: (string | number)[]): Promise<number>;
  nmAlertLease(...args: (string | number)[]): Promise<string | null>;
  nmAlertCommit(...args: (string | number)[]): Promise<number>;
  nmAlertRelease(...args: (string | number)[]): Promise<number>;
};

/** The caller owns the connection. `prefix` is the first part of every key. */
export function createRedisAlertStore(redis: Redis, prefix: string): AlertStore {
  redis.defineCommand('nmAlertCreate', { numberOfKeys: 3, lua: create });
  redis.defineCommand('nmAlertRemove', { numberOfKeys: 6, lua: remove });
  redis.defineCommand('nmAlertLease', { numberOfKeys: 2, lua: lease });
  redis.defineCommand('nmAlertCommit', { numberOfKeys: 4, lua: commit });
  redis.defineCommand('nmAlertRelease', { numberOfKeys: 1, lua: release });
  const run = redis as unknown as Scripts;
  // One slot of a cluster: a step touches several of them at once.
  const key = (...parts: string[]): string => [`${prefix}:{alerts}`, ...parts].join(':');
  const searches = key('searches');
  const owners = key('owners');
  const stateOf = (id: string) => key('state', id);
  const leaseOf = (id: string) => key('lease', id);
  const logOf = (id: string) => key('log', id);
  const seenOf = (id: string) => key('seen', id);
  const read = <Value>(text: string | null): Value | undefined =>
    text === null ? undefined : (JSON.parse(text) as Value);

  const get: AlertStore['get'] = async (id) => read<SavedSearch>(await redis.hget(searches, id));
  return {
    async create(search) {
      const state = JSON.stringify(firstState(Date.parse(search.createdAt)));
      const { id, owner } = search;
      const keys = [searches, owners, stateOf(id)];
      return (
        (await run.nmAlertCreate(
          ...keys,
          id,
          owner,
          JSON.stringify(search),
          state,
          searchesPerOwnerMax,
          searchesMax,
        )) === 1
      );
    },
    get,
    async list() {
      const found = (await redis.hvals(searches)).map((text) => JSON.parse(text) as SavedSearch);
      return found.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1));
    },
    async remove(id) {
      const search = await get(id);
      if (search === undefined) return false;
      const own = [stateOf(id), leaseOf(id), logOf(id), seenOf(id)];
      return (await run.nmAlertRemove(searches, owners, ...own, id, search.owner)) === 1;
    },
    state: async (id) => read<AlertState>(await redis.get(stateOf(id))),
    log: async (id) =>
      (await redis.lrange(logOf(id), 0, logMax - 1)).map((text) => JSON.parse(text) as DeliveryAttempt),
    async resume(id, now) {
      return (await redis.eval(resume, 1, stateOf(id), now)) === 1;
    },
    async lease(id, token, ttlMs) {
      return read<AlertState>(await run.nmAlertLease(stateOf(id), leaseOf(id), token, ttlMs));
    },
    async commit(id, token, { state, seen = [], attempt }) {
      const keys = [stateOf(id), leaseOf(id), logOf(id), seenOf(id)];
      const entry = attempt === undefined ? '' : JSON.stringify(attempt);
      const scored = seen.flatMap(([article, atMs]) => [atMs, article]);
      const answer = await run.nmAlertCommit(
        ...keys,
        ...[token, JSON.stringify(state), entry, logMax, state.fromMs],
        ...scored,
      );
      return answer === 1;
    },
    async release(id, token) {
      await run.nmAlertRelease(leaseOf(id), token);
    },
    async unseen(id, articleIds) {
      if (articleIds.length === 0) return new Set();
      const scores = await redis.zmscore(seenOf(id), ...articleIds);
      return new Set(articleIds.filter((_, at) => scores[at] === null));
    },
  };
}
