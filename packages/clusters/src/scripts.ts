import { placeBytes } from './bands.ts';

/** Who is owed more than this is told at the next claims: a crowd of them comes only of a crowd of crashes. */
const owedMax = 100;

/** Shard and field of the band at a place. */
const place = `
local function place(shards, places, at)
  local a, b, c = string.byte(places, at, at + 2)
  return shards .. string.format('%d', a * 65536 + b * 256 + c), string.sub(places, at + 3, at + ${placeBytes - 1})
end
`;

/**
 * The one atomic step of a claim: it writes only if nothing has changed since the caller looked, else answers `again`.
 * All keys share a hash tag, so that this runs on a Redis Cluster: the store then lies on one of its nodes.
 *
 * KEYS: 1 own record, 2 record of the copy that is joined (or again 1), 3 members, 4 owed, 5 what keys of shards begin with.
 * ARGV: 1 day, 2 first day that still counts, 3 milliseconds to keep, 4 own ref (6 bytes), 5 own record as read or '',
 * 6 own record to write, 7 the copy's record as read or '', 8 its id, 9 its rank, 10 own id, 11 own rank, 12 refs of
 * copies that were seen, 13 first day from which a copy keeps its bands, 14 refs of strangers and forgotten ones that
 * were seen, 15 places of the bands (see bands.ts).
 *
 * shard: hash of field → day (2 bytes) and ref; its field '' has the day on which the shard was last swept.
 * members: zset id → rank, only for clusters of two and more · owed: set of ids.
 */
export const claim = `${place}
local today = tonumber(ARGV[1])
local oldest = tonumber(ARGV[2])
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[5] then return {'again'} end
local joins = ARGV[7] ~= ''
if joins and redis.call('GET', KEYS[2]) ~= ARGV[7] then return {'again'} end

local function refs(text)
  local set = {}
  for i = 1, #text, 6 do set[string.sub(text, i, i + 5)] = true end
  return set
end
local copies = refs(ARGV[12])
local strangers = refs(ARGV[14])
local function dayOf(value)
  local high, low = string.byte(value, 1, 2)
  return high * 256 + low
end
local function stamped(ref) return string.char(math.floor(today / 256), today % 256) .. ref end

local writes = {}
local sweeps = {}
for at = 1, #ARGV[15], ${placeBytes} do
  local shard, field = place(KEYS[5], ARGV[15], at)
  local found = redis.call('HMGET', shard, field, '')
  local owner = found[1] and dayOf(found[1]) >= oldest and string.sub(found[1], 3)
  if not owner or owner == ARGV[4] or strangers[owner] then
    writes[#writes + 1] = {shard, field, stamped(ARGV[4])}
  elseif not copies[owner] then
    return {'again'}
  elseif dayOf(found[1]) < tonumber(ARGV[13]) then
    writes[#writes + 1] = {shard, field, stamped(ARGV[4])}
  end
  if not found[2] or dayOf(found[2]) ~= today then sweeps[shard] = true end
end

for shard in pairs(sweeps) do
  local all = redis.call('HGETALL', shard)
  for i = 1, #all, 2 do
    if dayOf(all[i + 1]) < oldest then redis.call('HDEL', shard, all[i]) end
  end
  redis.call('HSET', shard, '', stamped(''))
end
for _, write in ipairs(writes) do redis.call('HSET', write[1], write[2], write[3]) end
for shard in pairs(sweeps) do redis.call('PEXPIRE', shard, ARGV[3]) end
redis.call('SET', KEYS[1], ARGV[6], 'PX', ARGV[3])

if joins then redis.call('ZADD', KEYS[3], 'NX', ARGV[9], ARGV[8]) end
local before = redis.call('ZRANGE', KEYS[3], 0, 0)[1]
if not before then return {'ok', ''} end
redis.call('ZADD', KEYS[3], ARGV[11], ARGV[10])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
local after = redis.call('ZRANGE', KEYS[3], 0, 0)[1]
if after ~= before then
  redis.call('SADD', KEYS[4], before, after)
  redis.call('PEXPIRE', KEYS[4], ARGV[3])
end
return {'ok', after, unpack(redis.call('SRANDMEMBER', KEYS[4], ${owedMax}))}
`;

/**
 * What a claim has to know, in one answer: the article's own record, then of each article that holds one of its bands its
 * ref (6 bytes) and its record. Records have their refs as base64url in their keys, which lie under the tag of all.
 *
 * KEYS: 1 own record, 2 and 3 what keys of records and of shards begin with. ARGV: 1 first day that still counts, 2 own ref,
 * 3 places of the bands.
 */
export const look = `${place}
local digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
local function named(ref)
  local name = KEYS[2]
  for at = 1, 4, 3 do
    local a, b, c = string.byte(ref, at, at + 2)
    local bits = a * 65536 + b * 256 + c
    for _, place in ipairs({262144, 4096, 64, 1}) do
      local digit = math.floor(bits / place) % 64 + 1
      name = name .. string.sub(digits, digit, digit)
    end
  end
  return name
end
local result = {redis.call('GET', KEYS[1])}
local seen = {[ARGV[2]] = true}
for at = 1, #ARGV[3], ${placeBytes} do
  local holder = redis.call('HGET', place(KEYS[3], ARGV[3], at))
  if holder then
    local high, low = string.byte(holder, 1, 2)
    local ref = string.sub(holder, 3)
    if high * 256 + low >= tonumber(ARGV[1]) and not seen[ref] then
      seen[ref] = true
      result[#result + 1] = ref
      result[#result + 1] = redis.call('GET', named(ref))
    end
  end
end
return result
`;
