/**
 * The frontier's atomic steps. Every script touches the keys of one host only (they share a hash tag), so all of this
 * runs on a Redis Cluster. KEYS: 1 host, 2 urls, 3 due, 4 open, 5 counts. Times are epoch milliseconds.
 *
 * host: hash {name, turn, turnAt, nextAt, delayMs, token, leaseUntil} · urls: hash id → row · due: zset id → score ·
 * open: zset id → since · counts: hash `<source>|<heading>` → URLs
 */

/** Gives the host a turn when its first due URL would else wait longer than for the turn it has. */
const ensureTurn = `
local function ensureTurn(now)
  local lease = tonumber(redis.call('HGET', KEYS[1], 'leaseUntil') or '0')
  if lease > now then return false end
  local first = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
  if #first == 0 then return false end
  local nextAt = tonumber(redis.call('HGET', KEYS[1], 'nextAt') or '0')
  local wanted = math.max(tonumber(first[2]), nextAt, now)
  local turnAt = tonumber(redis.call('HGET', KEYS[1], 'turnAt') or '-1')
  if turnAt >= 0 and turnAt <= wanted + 50 then return false end
  local turn = redis.call('HINCRBY', KEYS[1], 'turn', 1)
  redis.call('HSET', KEYS[1], 'turnAt', string.format('%d', wanted))
  return {turn, string.format('%d', wanted)}
end
`;

/** ARGV: now, host name, then per URL: id, row, score, count field. Returns {accepted, turn, turnAt}. */
export const admit = `${ensureTurn}
local now = tonumber(ARGV[1])
redis.call('HSETNX', KEYS[1], 'name', ARGV[2])
local accepted = 0
for i = 3, #ARGV, 4 do
  if redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1]) == 1 then
    redis.call('ZADD', KEYS[3], ARGV[i + 2], ARGV[i])
    redis.call('HINCRBY', KEYS[5], ARGV[i + 3], 1)
    accepted = accepted + 1
  end
end
local turn = ensureTurn(now)
if turn then return {accepted, turn[1], turn[2]} end
return {accepted}
`;

/** ARGV: now, turn, token, leaseMs. Returns {status, …}. */
export const beginTurn = `
local now = tonumber(ARGV[1])
if redis.call('HGET', KEYS[1], 'turn') ~= ARGV[2] then return {'superseded'} end
local lease = tonumber(redis.call('HGET', KEYS[1], 'leaseUntil') or '0')
if lease > now and redis.call('HGET', KEYS[1], 'token') ~= ARGV[3] then
  return {'busy', string.format('%d', lease)}
end
redis.call('HSET', KEYS[1], 'token', ARGV[3], 'leaseUntil', string.format('%d', now + tonumber(ARGV[4])))
return {'ok', redis.call('HGET', KEYS[1], 'nextAt') or '0', redis.call('HGET', KEYS[1], 'delayMs') or ''}
`;

/** ARGV: now, token, leaseMs, hiddenMs. Returns {status, id, row}. */
export const take = `
local now = tonumber(ARGV[1])
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[2] then return {'lost'} end
redis.call('HSET', KEYS[1], 'leaseUntil', string.format('%d', now + tonumber(ARGV[3])))
local first = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, 1)
if #first == 0 then return {'none'} end
local row = redis.call('HGET', KEYS[2], first[1])
if not row then
  redis.call('ZREM', KEYS[3], first[1])
  return {'gone'}
end
redis.call('ZADD', KEYS[3], string.format('%d', now + tonumber(ARGV[4])), first[1])
return {'url', first[1], row}
`;

/** ARGV: now, token, nextAt, delayMs. Returns {turn, turnAt} or nothing. */
export const endTurn = `${ensureTurn}
local now = tonumber(ARGV[1])
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[2] then return {} end
redis.call('HDEL', KEYS[1], 'token', 'leaseUntil', 'turnAt')
redis.call('HSET', KEYS[1], 'nextAt', ARGV[3], 'delayMs', ARGV[4])
return ensureTurn(now) or {}
`;

/**
 * Compare and set: writes a row if it is still what the caller read.
 * ARGV: now, id, old row, new row, due score or '', open since or '', then pairs of count field and change.
 * Returns {1, turn, turnAt} or {0}.
 */
export const record = `${ensureTurn}
if redis.call('HGET', KEYS[2], ARGV[2]) ~= ARGV[3] then return {0} end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[4])
if ARGV[5] == '' then redis.call('ZREM', KEYS[3], ARGV[2]) else redis.call('ZADD', KEYS[3], ARGV[5], ARGV[2]) end
if ARGV[6] == '' then redis.call('ZREM', KEYS[4], ARGV[2]) else redis.call('ZADD', KEYS[4], ARGV[6], ARGV[2]) end
for i = 7, #ARGV, 2 do redis.call('HINCRBY', KEYS[5], ARGV[i], ARGV[i + 1]) end
local turn = ensureTurn(tonumber(ARGV[1]))
if turn then return {1, turn[1], turn[2]} end
return {1}
`;

/**
 * For the reconciler. ARGV: now, before. Returns {name, turn or '', turnAt, ids of rows open since before …}.
 * A turn is told when the host has something due since before and nobody holds it.
 */
export const stuck = `${ensureTurn}
local now = tonumber(ARGV[1])
local fresh = ensureTurn(now)
local name = redis.call('HGET', KEYS[1], 'name') or ''
local turn = ''
local turnAt = redis.call('HGET', KEYS[1], 'turnAt') or ''
if fresh then
  turn = tostring(fresh[1])
  turnAt = fresh[2]
else
  local lease = tonumber(redis.call('HGET', KEYS[1], 'leaseUntil') or '0')
  local late = tonumber(turnAt ~= '' and turnAt or '0') <= tonumber(ARGV[2])
  if lease <= now and late and redis.call('ZCARD', KEYS[3]) > 0 then turn = redis.call('HGET', KEYS[1], 'turn') or '' end
end
local open = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ARGV[2], 'LIMIT', 0, 1000)
local rows = {}
if #open > 0 then rows = redis.call('HMGET', KEYS[2], unpack(open)) end
local result = {name, turn, turnAt}
for i = 1, #open do
  result[#result + 1] = open[i]
  result[#result + 1] = rows[i] or ''
end
return result
`;
