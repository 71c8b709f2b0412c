/**
 * Every operation in one script, so that each one is atomic and one hash identifies the script.
 * `KEYS[1]` carries the hash tag; every other key begins with it, and is therefore in the same slot
 * of a cluster. `ARGV[1]` names the operation.
 *
 * A record is a hash. Its id is in the sorted set of its state, with a time as score: when it is
 * due (ready), when the lease runs out (leased), when it was parked, when it was done. `waiting`
 * has the ready records by arrival time, for statistics. `version` says that there is an inbox.
 */
export const redisScript = `
local root = KEYS[1] .. ':'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local operation, member = ARGV[1], ARGV[2]

local function keyOf(of) return root .. 'record:' .. of end
local function text(number) return string.format('%.0f', number) end

local function put(of, state, score)
  local record = keyOf(of)
  local was = redis.call('HMGET', record, 'state', 'received')
  if was[1] then redis.call('ZREM', root .. was[1], of) end
  redis.call('ZADD', root .. state, text(score), of)
  redis.call('HSET', record, 'state', state, 'due', text(score))
  if state == 'ready' then redis.call('ZADD', root .. 'waiting', was[2], of)
  else redis.call('ZREM', root .. 'waiting', of) end
end

local function held()
  local found = redis.call('HMGET', keyOf(member), 'state', 'leases')
  return found[1] == 'leased' and found[2] == ARGV[3]
end

local function read(of)
  return redis.call('HMGET', keyOf(of), 'scope', 'id', 'digest', 'type', 'sealed', 'state', 'attempts', 'leases',
    'received', 'due', 'error')
end

local run = {}

function run.claim()
  local record = keyOf(member)
  local digest = redis.call('HGET', record, 'digest')
  if digest then return digest == ARGV[5] and 'duplicate' or 'conflict' end
  redis.call('HSET', record, 'scope', ARGV[3], 'id', ARGV[4], 'digest', ARGV[5], 'type', ARGV[6], 'sealed', ARGV[7],
    'received', text(now), 'attempts', '0', 'leases', '0')
  put(member, 'ready', now)
  return 'new'
end

function run.lease()
  local owner, limit, leaseMs = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
  local due = {}
  for _, state in ipairs({ 'ready', 'leased' }) do
    local found = redis.call('ZRANGEBYSCORE', root .. state, '-inf', text(now), 'WITHSCORES', 'LIMIT', '0', text(limit))
    for at = 1, #found, 2 do due[#due + 1] = { of = found[at], since = tonumber(found[at + 1]) } end
  end
  table.sort(due, function(a, b)
    if a.since ~= b.since then return a.since < b.since end
    return a.of < b.of
  end)
  local taken = {}
  for at = 1, math.min(limit, #due) do
    local of = due[at].of
    redis.call('HINCRBY', keyOf(of), 'attempts', '1')
    redis.call('HINCRBY', keyOf(of), 'leases', '1')
    redis.call('HSET', keyOf(of), 'owner', owner)
    put(of, 'leased', now + leaseMs)
    taken[at] = read(of)
  end
  return taken
end

function run.renew()
  if not held() then return 0 end
  put(member, 'leased', now + tonumber(ARGV[4]))
  return 1
end

function run.release()
  if not held() then return 0 end
  redis.call('HSET', keyOf(member), 'error', ARGV[5])
  if ARGV[6] == 'park' then put(member, 'parked', now)
  else put(member, 'ready', now + tonumber(ARGV[4])) end
  return 1
end

-- From ARGV[4] on: commands, each as the number of its words and then the words.
function run.complete()
  if not held() then return { 'lost' } end
  local at, applied = 4, 0
  while ARGV[at] do
    local words = {}
    for word = 1, tonumber(ARGV[at]) do words[word] = ARGV[at + word] end
    local reply = redis.pcall(unpack(words))
    if type(reply) == 'table' and reply.err then
      -- Redis undoes nothing. What was applied in part must not be applied again by itself.
      if applied > 0 then
        redis.call('HSET', keyOf(member), 'error', 'write ' .. applied + 1 .. ' failed: ' .. reply.err)
        put(member, 'parked', now)
      end
      return { 'failed', tostring(applied), reply.err }
    end
    applied = applied + 1
    at = at + #words + 1
  end
  redis.call('HDEL', keyOf(member), 'owner', 'error')
  put(member, 'done', now)
  return { 'done' }
end

function run.retry()
  if redis.call('HGET', keyOf(member), 'state') ~= 'parked' then return 0 end
  redis.call('HSET', keyOf(member), 'attempts', '0')
  put(member, 'ready', now)
  return 1
end

function run.stats()
  local oldest = redis.call('ZRANGE', root .. 'waiting', '0', '0', 'WITHSCORES')
  local counts = {}
  for at, state in ipairs({ 'ready', 'leased', 'parked', 'done' }) do counts[at] = redis.call('ZCARD', root .. state) end
  counts[5] = oldest[2] and math.max(0, now - tonumber(oldest[2])) or 0
  return counts
end

function run.prune()
  local old = redis.call('ZRANGEBYSCORE', root .. 'done', '-inf', '(' .. ARGV[2], 'LIMIT', '0', '1000')
  for _, of in ipairs(old) do
    redis.call('DEL', keyOf(of))
    redis.call('ZREM', root .. 'done', of)
  end
  return #old
end

function run.list()
  local found = {}
  for _, of in ipairs(redis.call('ZRANGE', root .. ARGV[2], '0', text(tonumber(ARGV[3]) - 1))) do
    found[#found + 1] = read(of)
  end
  return found
end

function run.find() return read(member) end
function run.held() return held() and 1 or 0 end

-- So that an inbox without records can be told from a mistyped name.
function run.create()
  redis.call('SET', root .. 'version', '1', 'NX')
  return 1
end

function run.exists()
  local found = redis.call('EXISTS', root .. 'version', root .. 'ready', root .. 'leased', root .. 'parked', root .. 'done')
  return found > 0 and 1 or 0
end
function run.now() return text(now) end

return run[operation]()
`
