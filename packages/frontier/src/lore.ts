import type { Lore } from '@newsmill/core';
import type { Redis } from 'ioredis';

/** What hosts have taught about their addresses (core/lore), shared by all processes. Counts: a lost one does no harm. */
export interface HostLore {
  read(hostId: string): Promise<Lore>;
  /** Counts fields up, each by its number. */
  add(hostId: string, counts: Lore): Promise<void>;
}

/** Fields that are kept of one host: what is counted seldom makes room. */
const fieldsMax = 400;
/** A host of which nothing was heard for so long starts anew. */
const keptMs = 90 * 86_400_000;

/** KEYS: 1 lore. ARGV: pairs of field and count. When there are too many, all are halved and those that were 1 go. */
const addScript = `
for i = 1, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
  if redis.call('HLEN', KEYS[1]) > ${fieldsMax} then
    local all = redis.call('HGETALL', KEYS[1])
    for j = 1, #all, 2 do
      local half = math.floor(tonumber(all[j + 1]) / 2)
      if half == 0 then redis.call('HDEL', KEYS[1], all[j]) else redis.call('HSET', KEYS[1], all[j], half) end
    end
    if redis.call('HLEN', KEYS[1]) > ${fieldsMax} then redis.call('DEL', KEYS[1]) end
  end
end
redis.call('PEXPIRE', KEYS[1], ${keptMs})
return 1
`;

/** The caller owns the connection. */
export function createRedisHostLore(redis: Redis, prefix: string): HostLore {
  redis.defineCommand('nmLore', { numberOfKeys: 1, lua: addScript });
  const run = redis as unknown as { nmLore(key: string, ...args: (string | number)[]): Promise<unknown> };
  const keyOf = (hostId: string) => `${prefix}:{${hostId}}:lore`;
  return {
    async read(hostId) {
      const fields = await redis.hgetall(keyOf(hostId));
      return new Map(Object.entries(fields).map(([field, count]) => [field, Number(count)]));
    },
    async add(hostId, counts) {
      if (counts.size > 0) await run.nmLore(keyOf(hostId), ...[...counts].flat());
    },
  };
}

/** Inside one process, for unit tests. */
export function createMemoryHostLore(): HostLore {
  const hosts = new Map<string, Map<string, number>>();
  return {
    read: async (hostId) => new Map(hosts.get(hostId)),
    async add(hostId, counts) {
      const own = hosts.get(hostId) ?? new Map<string, number>();
      hosts.set(hostId, own);
      for (const [field, count] of counts) own.set(field, (own.get(field) ?? 0) + count);
      while (own.size > fieldsMax)
        for (const [field, count] of own) {
          if (count < 2) own.delete(field);
          else own.set(field, Math.floor(count / 2));
        }
    },
  };
}
