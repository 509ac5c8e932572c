/**
 * A site has two keys in one slot: a hash with `snap` (the encoded memory) and `base` (how many observations have left
 * the list), and the list of observations that the snapshot does not hold yet. Observations are only ever appended, so
 * none is lost to another process; a fold counts only if `base` is what it was when the fold was computed.
 */

/** KEYS hash, list. ARGV observation, most observations that may wait, ttl in ms. → how many wait, or -1: full, fold first. */
export const record = `
if redis.call('LLEN', KEYS[2]) >= tonumber(ARGV[2]) then return -1 end
local waiting = redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return waiting
`;

/** KEYS hash, list. → base, snapshot, observations. */
export const read = `
local base = redis.call('HGET', KEYS[1], 'base') or '0'
local snap = redis.call('HGET', KEYS[1], 'snap') or ''
return { base, snap, redis.call('LRANGE', KEYS[2], 0, -1) }
`;

/** KEYS hash, list. ARGV base that was read, observations folded, new snapshot, ttl in ms. → 1 when it counted. */
export const fold = `
if (redis.call('HGET', KEYS[1], 'base') or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'snap', ARGV[3])
redis.call('HINCRBY', KEYS[1], 'base', ARGV[2])
redis.call('LTRIM', KEYS[2], ARGV[2], -1)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`;
