import { lookHeadStartMs } from '@newsmill/core/schedule';

/**
 * The frontier's atomic steps. Every script touches the keys of one host only (they share a hash tag), so all of this
 * runs on a Redis Cluster. Times are epoch milliseconds, ids the first 8 bytes of a URL id.
 * KEYS: 1 host, 2 rows, 3 due, 4 open, 5 counts, 6 and 7 the first part of the keys of buckets and lines.
 *
 * host: hash {name, turn, turnAt, nextAt, delayMs, token, leaseUntil, alternate, known, level, split} ·
 * bucket n: hash id → mark, for every known URL · rows: hash id → head and tail, of URLs that something is happening to ·
 * due: zset id → score, of those · open: zset id → since · counts: hash `<source>|<heading>` → URLs ·
 * line 1-10: list of id, score (6 bytes), ticket (1 byte) and tail, of URLs that wait their turn
 *
 * A mark is one byte that says where the rest of the row is, and the head: 0 in rows (no head in the mark), 1-10 in that
 * line (then the ticket comes before the head), 255 nowhere, because nothing more is needed. Who leaves a line early leaves
 * his member behind: its ticket is not that of the mark any more.
 *
 * Marks lie in buckets of about 80, which Redis keeps in its compact encoding (at most 512 members of at most 64 bytes);
 * the number of buckets grows with the host by linear hashing: one is split at a time, so no step is long. Lines are plain
 * lists, which cost next to nothing per member; each is in order of time, so its first member is its next one.
 */
export const lines = 10;
const bucketSize = 80;
/** A line takes a member that is due this much before the one in front of it; an earlier one goes to `due`. */
const disorderMaxMs = 600_000;

export const grid = `
local function grid()
  local v = redis.call('HMGET', KEYS[1], 'level', 'split', 'known')
  return {level = tonumber(v[1] or '0'), split = tonumber(v[2] or '0'), known = tonumber(v[3] or '0')}
end
local function bucketOf(g, id)
  local a, b, c = string.byte(id, 1, 3)
  local hash = a * 65536 + b * 256 + c
  local width = 2 ^ g.level
  local n = hash % width
  if n < g.split then n = hash % (width * 2) end
  return KEYS[6] .. string.format('%d', n)
end
`;

export const grow = `
local function put(key, flat)
  for i = 1, #flat, 1000 do redis.call('HSET', key, unpack(flat, i, math.min(i + 999, #flat))) end
end
local function grow(g)
  while g.known > (2 ^ g.level + g.split) * ${bucketSize} do
    local from = g.split
    local width = 2 ^ g.level
    g.split = g.split + 1
    if g.split == width then
      g.level = g.level + 1
      g.split = 0
    end
    local key = KEYS[6] .. string.format('%d', from)
    local all = redis.call('HGETALL', key)
    local stay, move = {}, {}
    for i = 1, #all, 2 do
      local a, b, c = string.byte(all[i], 1, 3)
      local target = (a * 65536 + b * 256 + c) % (width * 2) == from and stay or move
      target[#target + 1] = all[i]
      target[#target + 1] = all[i + 1]
    end
    redis.call('DEL', key)
    put(key, stay)
    put(KEYS[6] .. string.format('%d', from + width), move)
  end
end
`;

/**
 * What comes first: its score, its line or its id, and whether it is a look that went before something new. What is due
 * outside of lines is a list whose time has come again, or a URL that is tried again: it goes before all but new lists, or
 * else a backlog of articles would hide today's news. `alternate`: not this time, or else many lists would hide the articles.
 */
export const firstDue = `
local function scoreOf(member)
  local a, b, c, d, e, f = string.byte(member, 9, 14)
  return ((((a * 256 + b) * 256 + c) * 256 + d) * 256 + e) * 256 + f
end
local function firstDue(now, alternate)
  local first = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
  local again, id = tonumber(first[2]), first[1]
  local new, line
  for n = 1, ${lines} do
    local member = redis.call('LINDEX', KEYS[7] .. n, 0)
    if member then
      local score = scoreOf(member)
      if not new or score < new then new, line = score, n end
    end
  end
  if not again then return new, nil, line end
  if not new then return again, id end
  local rank = again
  local isDue = now and again <= now
  if isDue and not alternate then rank = again - ${lookHeadStartMs} end
  if new < rank then return new, nil, line end
  return again, id, nil, isDue and new <= now
end
`;

/** Gives the host a turn when its first due URL would else wait longer than for the turn it has. */
export const ensureTurn = `${firstDue}
local function ensureTurn(now)
  local v = redis.call('HMGET', KEYS[1], 'leaseUntil', 'nextAt', 'turnAt')
  if tonumber(v[1] or '0') > now then return false end
  local score = firstDue(now)
  if not score then return false end
  local wanted = math.max(score, tonumber(v[2] or '0'), now)
  local turnAt = tonumber(v[3] or '-1')
  if turnAt >= 0 and turnAt <= wanted + 50 then return false end
  local turn = redis.call('HINCRBY', KEYS[1], 'turn', 1)
  redis.call('HSET', KEYS[1], 'turnAt', string.format('%d', wanted))
  return {turn, string.format('%d', wanted)}
end
`;

/**
 * Puts a row where it belongs: `score` or '', `ticketed` is its 6 bytes and a ticket. A line takes no member that would stand
 * far out of order.
 */
export const putRow = `
local function putRow(bucket, id, place, head, tail, score, ticketed, wasHot)
  if place >= 1 and place <= ${lines} then
    local last = redis.call('LINDEX', KEYS[7] .. place, -1)
    if last and scoreOf(last) > tonumber(score) + ${disorderMaxMs} then place = 0 end
  end
  if place == 0 then
    redis.call('HSET', bucket, id, '\\0')
    redis.call('HSET', KEYS[2], id, head .. tail)
    if score == '' then redis.call('ZREM', KEYS[3], id) else redis.call('ZADD', KEYS[3], score, id) end
    return
  end
  local ticket = place <= ${lines} and string.sub(ticketed, 7) or ''
  redis.call('HSET', bucket, id, string.char(place) .. ticket .. head)
  if wasHot then
    redis.call('HDEL', KEYS[2], id)
    redis.call('ZREM', KEYS[3], id)
  end
  if place <= ${lines} then redis.call('RPUSH', KEYS[7] .. place, id .. ticketed .. tail) end
end
`;

/**
 * ARGV: now, host name, most URLs that the host may have, most that may be new, then per URL: id, line, mark, member,
 * count field.
 * Returns {accepted, refused, turn, turnAt}.
 */
export const admit = `${grid}${grow}${ensureTurn}
local g = grid()
redis.call('HSETNX', KEYS[1], 'name', ARGV[2])
local most, room = tonumber(ARGV[3]), tonumber(ARGV[4])
local accepted, refused = 0, 0
for i = 5, #ARGV, 5 do
  local bucket = bucketOf(g, ARGV[i])
  if g.known >= most or accepted >= room then
    if redis.call('HEXISTS', bucket, ARGV[i]) == 0 then refused = refused + 1 end
  elseif redis.call('HSETNX', bucket, ARGV[i], ARGV[i + 2]) == 1 then
    if ARGV[i + 1] == '0' then
      redis.call('HSET', bucket, ARGV[i], '\\0')
      redis.call('HSET', KEYS[2], ARGV[i], string.sub(ARGV[i + 2], 3) .. string.sub(ARGV[i + 3], 16))
      redis.call('ZADD', KEYS[3], string.format('%d', scoreOf(ARGV[i + 3])), ARGV[i])
    else
      redis.call('RPUSH', KEYS[7] .. ARGV[i + 1], ARGV[i + 3])
    end
    redis.call('HINCRBY', KEYS[5], ARGV[i + 4], 1)
    accepted = accepted + 1
    g.known = g.known + 1
    grow(g)
  end
end
if accepted > 0 then redis.call('HSET', KEYS[1], 'known', g.known, 'level', g.level, 'split', g.split) end
local turn = ensureTurn(tonumber(ARGV[1]))
if turn then return {accepted, refused, turn[1], turn[2]} end
return {accepted, refused}
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

/** ARGV: now, token, leaseMs. Returns {1} while the host is the token's. */
export const holdTurn = `
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[2] then return {0} end
redis.call('HSET', KEYS[1], 'leaseUntil', string.format('%d', tonumber(ARGV[1]) + tonumber(ARGV[3])))
return {1}
`;

/**
 * ARGV: now, token, leaseMs, hiddenMs. Returns {status, host name, row}; `again` after many members of lines whose rows
 * have moved on since.
 */
export const take = `${grid}${firstDue}
local now = tonumber(ARGV[1])
local v = redis.call('HMGET', KEYS[1], 'token', 'name', 'alternate')
if v[1] ~= ARGV[2] then return {'lost'} end
local alternate = v[3] == '1'
if alternate then redis.call('HDEL', KEYS[1], 'alternate') end
redis.call('HSET', KEYS[1], 'leaseUntil', string.format('%d', now + tonumber(ARGV[3])))
local hidden = string.format('%d', now + tonumber(ARGV[4]))
local g = grid()
for tries = 1, 200 do
  local score, id, line, ahead = firstDue(now, alternate)
  if not score or score > now then return {'none'} end
  if line then
    local member = redis.call('LPOP', KEYS[7] .. line)
    id = string.sub(member, 1, 8)
    local bucket = bucketOf(g, id)
    local mark = redis.call('HGET', bucket, id)
    if mark and string.byte(mark, 1) == line and string.byte(mark, 2) == string.byte(member, 15) then
      local row = string.sub(mark, 3) .. string.sub(member, 16)
      redis.call('HSET', bucket, id, '\\0')
      redis.call('HSET', KEYS[2], id, row)
      redis.call('ZADD', KEYS[3], hidden, id)
      return {'url', v[2], row}
    end
  else
    local row = redis.call('HGET', KEYS[2], id)
    if row then
      if ahead then redis.call('HSET', KEYS[1], 'alternate', '1') end
      redis.call('ZADD', KEYS[3], hidden, id)
      return {'url', v[2], row}
    end
    redis.call('ZREM', KEYS[3], id)
  end
end
return {'again'}
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
 * ARGV: id, whether its tail is wanted although it waits in a line. Returns {host name, mark, head and tail as far as they
 * are at hand} or nothing. Looking for a tail goes through the whole line: only what comes too late needs that.
 */
export const get = `${grid}
local mark = redis.call('HGET', bucketOf(grid(), ARGV[1]), ARGV[1])
if not mark then return {} end
local name = redis.call('HGET', KEYS[1], 'name') or ''
local place = string.byte(mark, 1)
if place == 0 then return {name, mark, redis.call('HGET', KEYS[2], ARGV[1]) or ''} end
if place == 255 then return {name, mark, string.sub(mark, 2)} end
local head = string.sub(mark, 3)
if ARGV[2] ~= '1' then return {name, mark, head} end
local line = KEYS[7] .. place
for from = 0, redis.call('LLEN', line), 500 do
  for _, member in ipairs(redis.call('LRANGE', line, from, from + 499)) do
    if string.sub(member, 1, 8) == ARGV[1] and string.byte(member, 15) == string.byte(mark, 2) then
      return {name, mark, head .. string.sub(member, 16)}
    end
  end
end
return {name, mark, head}
`;

/**
 * Compare and set: writes a row if it is still what the caller read, to where it belongs now.
 * ARGV: now, id, old mark, old row (where the old mark says "in rows"), place, new head, new tail, score or '', its 6
 * bytes and a ticket, open since or '', then pairs of count field and change. Returns {1, turn, turnAt} or {0}.
 */
export const record = `${grid}${ensureTurn}${putRow}
local id = ARGV[2]
local bucket = bucketOf(grid(), id)
if redis.call('HGET', bucket, id) ~= ARGV[3] then return {0} end
local wasHot = string.byte(ARGV[3], 1) == 0
if wasHot and redis.call('HGET', KEYS[2], id) ~= ARGV[4] then return {0} end
putRow(bucket, id, tonumber(ARGV[5]), ARGV[6], ARGV[7], ARGV[8], ARGV[9], wasHot)
if ARGV[10] == '' then redis.call('ZREM', KEYS[4], id) else redis.call('ZADD', KEYS[4], ARGV[10], id) end
for i = 11, #ARGV, 2 do redis.call('HINCRBY', KEYS[5], ARGV[i], ARGV[i + 1]) end
local turn = ensureTurn(tonumber(ARGV[1]))
if turn then return {1, turn[1], turn[2]} end
return {1}
`;

/**
 * For the reconciler. ARGV: now, before. Returns {turn or '', turnAt, rows that are open since before …}.
 * A turn is told when the host has something due since before and nobody holds it.
 */
export const stuck = `${ensureTurn}
local now = tonumber(ARGV[1])
local fresh = ensureTurn(now)
local turn = ''
local turnAt = redis.call('HGET', KEYS[1], 'turnAt') or ''
if fresh then
  turn = tostring(fresh[1])
  turnAt = fresh[2]
else
  local lease = tonumber(redis.call('HGET', KEYS[1], 'leaseUntil') or '0')
  local late = tonumber(turnAt ~= '' and turnAt or '0') <= tonumber(ARGV[2])
  if lease <= now and late and firstDue() then turn = redis.call('HGET', KEYS[1], 'turn') or '' end
end
local result = {turn, turnAt}
local open = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ARGV[2], 'LIMIT', 0, 1000)
if #open > 0 then
  for _, row in ipairs(redis.call('HMGET', KEYS[2], unpack(open))) do
    if row then result[#result + 1] = row end
  end
end
return result
`;

/** The number of a name, given out once. KEYS: 1 names. ARGV: name, what to call this beginning if it is one. */
export const nameNumber = `
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[2])
local known = redis.call('HGET', KEYS[1], 'i' .. ARGV[1])
if known then return known end
local number = tonumber(ARGV[3])
while redis.call('HEXISTS', KEYS[1], 'n' .. number) == 1 do number = number + 1 end
redis.call('HSET', KEYS[1], 'i' .. ARGV[1], number, 'n' .. number, ARGV[1])
return tostring(number)
`;
