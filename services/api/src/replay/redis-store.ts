import type { Redis } from 'ioredis';
import type { Replay, ReplayStore } from './store.ts';

/** replay (hash: replay, state, endedAt, token, until) · replay */
const begin = `
if redis.call('HGET', KEYS[1], 'state') == 'running' then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'state', 'running', 'replay', ARGV[1])
return 1`;

const now = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** replay · token, ttl */
const lease = `
${now}
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return false end
local token = redis.call('HGET', KEYS[1], 'token')
if token and token ~= ARGV[1] and tonumber(redis.call('HGET', KEYS[1], 'until')) > now then return false end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'until', now + ARGV[2])
return redis.call('HGET', KEYS[1], 'replay')`;

/** replay · token, ttl, replay, state */
const save = `
${now}
if redis.call('HGET', KEYS[1], 'state') ~= 'running' or redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'until', now + ARGV[2], 'replay', ARGV[3], 'state', ARGV[4])
return 1`;

/** replay · the moment */
const cancel = `
if redis.call('HGET', KEYS[1], 'state') ~= 'running' then return 0 end
redis.call('HSET', KEYS[1], 'state', 'cancelled', 'endedAt', ARGV[1])
return 1`;

export function createRedisReplayStore(redis: Pick<Redis, 'eval' | 'hgetall'>, prefix: string): ReplayStore {
  const key = `${prefix}:replay`;
  return {
    async load() {
      const { replay, state, endedAt } = await redis.hgetall(key);
      if (replay === undefined) return undefined;
      const kept = JSON.parse(replay) as Replay;
      return state === 'cancelled' ? { ...kept, state, endedAt: Number(endedAt) } : kept;
    },
    async begin(replay) {
      return (await redis.eval(begin, 1, key, JSON.stringify(replay))) === 1;
    },
    async lease(token, ttlMs) {
      const text = await redis.eval(lease, 1, key, token, ttlMs);
      return typeof text === 'string' ? (JSON.parse(text) as Replay) : undefined;
    },
    async save(replay, token, ttlMs) {
      return (await redis.eval(save, 1, key, token, ttlMs, JSON.stringify(replay), replay.state)) === 1;
    },
    async cancel(endedAt) {
      return (await redis.eval(cancel, 1, key, endedAt)) === 1;
    },
  };
}
