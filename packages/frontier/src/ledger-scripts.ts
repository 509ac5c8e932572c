import { ensureTurn, firstDue, grid, grow, lines, putRow } from './scripts.ts';

/**
 * Scripts of the ledger's auditors; keys as in scripts.ts.
 *
 * Buckets are split while somebody walks over them. Who walks names buckets as they were when he began (`level`, `split`): a
 * bucket of then is, now, itself and all that was split off from it. One step reads those together, so each URL is met once.
 */
const turnNow = `${firstDue}
local function turnNow(now)
  local v = redis.call('HMGET', KEYS[1], 'leaseUntil', 'turn', 'turnAt')
  if tonumber(v[1] or '0') > now or not firstDue() then return '', '' end
  if not v[2] or not v[3] then return '0', string.format('%d', now) end
  return v[2], v[3]
end
`;

const lined = `
local function lined()
  local n = 0
  for line = 1, ${lines} do n = n + redis.call('LLEN', KEYS[7] .. line) end
  return n
end
`;

/** id, mark, row (of one in rows) and its score among the due, or '' for either. */
const entryOf = `
local function entryOf(result, id, mark)
  local row, score = '', ''
  if string.byte(mark, 1) == 0 then
    row = redis.call('HGET', KEYS[2], id) or ''
    score = redis.call('ZSCORE', KEYS[3], id) or ''
  end
  local n = #result
  result[n + 1], result[n + 2], result[n + 3], result[n + 4] = id, mark, row, score
end
`;

/**
 * ARGV: now, level and split of then or '', first bucket of then, how many of them.
 * Returns {name, level, split, turn, turnAt, members of lines, number of counts, counts …, entries …}.
 */
export const walk = `${grid}${turnNow}${lined}${entryOf}
local g = grid()
local level, split = g.level, g.split
if ARGV[2] ~= '' then level, split = tonumber(ARGV[2]), tonumber(ARGV[3]) end
local width = 2 ^ level
local all = width + split
local now = 2 ^ g.level + g.split
local from = tonumber(ARGV[4])
local till = math.min(all, from + tonumber(ARGV[5])) - 1
local turn, turnAt, counts = '', '', {}
if till == all - 1 then turn, turnAt = turnNow(tonumber(ARGV[1])) end
counts = redis.call('HGETALL', KEYS[5])
local result = {redis.call('HGET', KEYS[1], 'name') or '', string.format('%d', level), string.format('%d', split), turn, turnAt, lined(), #counts}
for i = 1, #counts do result[#result + 1] = counts[i] end
for n = from, till do
  local step = (n < split or n >= width) and width * 2 or width
  for bucket = n, now - 1, step do
    local flat = redis.call('HGETALL', KEYS[6] .. string.format('%d', bucket))
    for i = 1, #flat, 2 do entryOf(result, flat[i], flat[i + 1]) end
  end
end
return result
`;

/** ARGV: ids. Returns the host's name and their entries; mark '' for what is not known. */
export const find = `${grid}${entryOf}
local g = grid()
local result = {redis.call('HGET', KEYS[1], 'name') or ''}
for i = 1, #ARGV do
  local mark = redis.call('HGET', bucketOf(g, ARGV[i]), ARGV[i])
  if mark then entryOf(result, ARGV[i], mark)
  else
    local n = #result
    result[n + 1], result[n + 2], result[n + 3], result[n + 4] = ARGV[i], '', '', ''
  end
end
return result
`;

/** ARGV: now. Returns {name, turn, turnAt, members of lines, counts …}. */
export const host = `${turnNow}${lined}
local turn, turnAt = turnNow(tonumber(ARGV[1]))
local result = redis.call('HGETALL', KEYS[5])
table.insert(result, 1, tostring(lined()))
table.insert(result, 1, turnAt)
table.insert(result, 1, turn)
table.insert(result, 1, redis.call('HGET', KEYS[1], 'name') or '')
return result
`;

/** ARGV: now. Returns {name, turn, turnAt}, the last two '' for none. */
export const giveTurn = `${ensureTurn}
local now = tonumber(ARGV[1])
local fresh = ensureTurn(now)
local name = redis.call('HGET', KEYS[1], 'name') or ''
if fresh then return {name, tostring(fresh[1]), fresh[2]} end
local v = redis.call('HMGET', KEYS[1], 'leaseUntil', 'turn', 'turnAt')
if tonumber(v[1] or '0') > now or not v[2] or not firstDue() then return {name, '', ''} end
return {name, v[2], v[3] or string.format('%d', now)}
`;

/**
 * ARGV: now, host name, id, place, head, tail, score or '', its 6 bytes and a ticket or '', open since or '', count field,
 * fetches field, fetches. Returns {0} for one that is known, else {1, turn, turnAt}.
 */
export const restore = `${grid}${grow}${ensureTurn}${putRow}
local g = grid()
local id = ARGV[3]
local bucket = bucketOf(g, id)
if redis.call('HEXISTS', bucket, id) == 1 then return {0} end
redis.call('HSETNX', KEYS[1], 'name', ARGV[2])
putRow(bucket, id, tonumber(ARGV[4]), ARGV[5], ARGV[6], ARGV[7], ARGV[8], false)
if ARGV[9] ~= '' then redis.call('ZADD', KEYS[4], ARGV[9], id) end
redis.call('HINCRBY', KEYS[5], ARGV[10], 1)
if ARGV[12] ~= '0' then redis.call('HINCRBY', KEYS[5], ARGV[11], ARGV[12]) end
g.known = g.known + 1
grow(g)
redis.call('HSET', KEYS[1], 'known', g.known, 'level', g.level, 'split', g.split)
local turn = ensureTurn(tonumber(ARGV[1]))
if turn then return {1, turn[1], turn[2]} end
return {1}
`;

/** ARGV: line, from, till. Returns {members read, ids of those who stand rightly, one after another, members nobody knows …}. */
export const line = `${grid}
local g = grid()
local members = redis.call('LRANGE', KEYS[7] .. ARGV[1], ARGV[2], ARGV[3])
local right, result = {}, {#members, ''}
for _, member in ipairs(members) do
  local id = string.sub(member, 1, 8)
  local mark = redis.call('HGET', bucketOf(g, id), id)
  if not mark then result[#result + 1] = member
  elseif string.byte(mark, 1) == tonumber(ARGV[1]) and string.byte(mark, 2) == string.byte(member, 15) then
    right[#right + 1] = id
  end
end
result[2] = table.concat(right)
return result
`;

/** ARGV: first bucket, how many of them. Returns {number of buckets, ids whose rows should be in rows and are not …}. */
export const hollow = `${grid}
local g = grid()
local all = 2 ^ g.level + g.split
local from = tonumber(ARGV[1])
local result = {string.format('%d', all)}
for n = from, math.min(all, from + tonumber(ARGV[2])) - 1 do
  local flat = redis.call('HGETALL', KEYS[6] .. string.format('%d', n))
  for i = 1, #flat, 2 do
    local lost = string.byte(flat[i + 1], 1) == 0 and redis.call('HEXISTS', KEYS[2], flat[i]) == 0
    if lost then result[#result + 1] = flat[i] end
  end
end
return result
`;

/** ARGV: id, count field or ''. Forgets a URL that waits in a line, or, without a count field, one whose row is gone. */
export const forget = `${grid}
local bucket = bucketOf(grid(), ARGV[1])
local mark = redis.call('HGET', bucket, ARGV[1])
if not mark then return 0 end
local place = string.byte(mark, 1)
if ARGV[2] == '' then
  if place ~= 0 or redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 0 end
elseif place == 0 or place == 255 then return 0 end
redis.call('HDEL', bucket, ARGV[1])
redis.call('HINCRBY', KEYS[1], 'known', -1)
if ARGV[2] ~= '' then redis.call('HINCRBY', KEYS[5], ARGV[2], -1) end
return 1
`;

/** ARGV: number of pairs, counts of before, counts of now. Returns 1 if they were still those of before. */
export const recount = `
local function same(flat, from, pairs)
  local known = {}
  local n = 0
  for i = 1, #flat, 2 do
    if tonumber(flat[i + 1]) ~= 0 then
      known[flat[i]] = tonumber(flat[i + 1])
      n = n + 1
    end
  end
  if n ~= pairs then return false end
  for i = from, from + pairs * 2 - 1, 2 do
    if known[ARGV[i]] ~= tonumber(ARGV[i + 1]) then return false end
  end
  return true
end
local pairs = tonumber(ARGV[1])
if not same(redis.call('HGETALL', KEYS[5]), 2, pairs) then return 0 end
redis.call('DEL', KEYS[5])
for i = 2 + pairs * 2, #ARGV, 2 do redis.call('HSET', KEYS[5], ARGV[i], ARGV[i + 1]) end
return 1
`;
