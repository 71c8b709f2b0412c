import { type Cluster, Redis } from 'ioredis'
import { createClient, createCluster } from 'redis'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import { inboxContract } from '../../contract.ts'
import type { Lease } from '../../inbox.ts'
import { findRedis, type RedisServer, startRedis } from '../../testing/redis-server.ts'
import { whereFound } from '../../testing/where-found.ts'
import { createRedisInbox, type IoRedis, type NodeRedis, type RedisTx } from './index.ts'

/** Moves every time in the inbox back. */
const putBack = `
for _, state in ipairs({ 'ready', 'leased', 'parked', 'done', 'waiting' }) do
  local key = KEYS[1] .. ':' .. state
  local found = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
  for at = 1, #found, 2 do
    redis.call('ZADD', key, string.format('%.0f', found[at + 1] - ARGV[1]), found[at])
    local record = KEYS[1] .. ':record:' .. found[at]
    if state ~= 'waiting' then
      for _, field in ipairs({ 'received', 'due' }) do redis.call('HINCRBYFLOAT', record, field, -ARGV[1]) end
    end
  end
end`

whereFound('the inbox on Redis', findRedis(), () => {
  let server: RedisServer
  let admin: Redis
  let count = 0
  beforeAll(async () => {
    server = await startRedis()
    admin = new Redis({ port: server.port })
  })
  afterAll(async () => {
    admin?.disconnect()
    await server?.end()
  })

  /** What the suite needs besides the inbox itself. */
  const upkeep = (name: string) => ({
    now: async () => Number((await admin.time())[0]) * 1000,
    elapse: async (ms: number) => {
      await admin.eval(putBack, 1, `{${name}}`, ms)
    },
    effects: {
      write: async (tx: RedisTx, effect: string) =>
        tx.write('HINCRBY', `{${name}}:effects`, effect, 1),
      count: async (effect: string) => Number(await admin.hget(`{${name}}:effects`, effect)),
    },
  })

  const ioredis = async () => {
    const name = `case_${++count}`
    const clients = [new Redis({ port: server.port }), new Redis({ port: server.port })] as const
    const inbox = await createRedisInbox(clients[0], { name })
    const other = await createRedisInbox(clients[1], { name })
    const end = async () => {
      for (const client of clients) client.disconnect()
    }
    return { inbox, other, ...upkeep(name), end }
  }

  const nodeRedis = async () => {
    const name = `case_${++count}`
    const socket = { host: '127.0.0.1', port: server.port }
    const clients = [createClient({ socket }), createClient({ socket })] as const
    await Promise.all(clients.map((client) => client.connect()))
    const inbox = await createRedisInbox(clients[0], { name })
    const other = await createRedisInbox(clients[1], { name })
    const end = async () => {
      for (const client of clients) client.destroy()
    }
    return { inbox, other, ...upkeep(name), end }
  }

  // Redis has a clock of its own and no SQL.
  const options = { ownClock: false, sql: false }
  for (const { name, run } of inboxContract(ioredis, options)) test(`ioredis: ${name}`, run)
  for (const { name, run } of inboxContract(nodeRedis, options)) test(`node-redis: ${name}`, run)

  const fresh = () => `own_${++count}`
  async function leaseOf(
    name: string,
  ): Promise<{ inbox: Awaited<ReturnType<typeof createRedisInbox>>; lease: Lease }> {
    const inbox = await createRedisInbox(admin, { name })
    await inbox.claim(record('EV-1'), unlimited)
    const [lease] = await inbox.lease({ owner: 'test', limit: 1, leaseMs: 60_000 })
    if (lease === undefined) throw new Error('a lease was expected')
    return { inbox, lease }
  }

  test('a server without AOF is rejected, and accepted with acceptLoss', async () => {
    const careless = await startRedis({ appendonly: 'no' })
    const client = new Redis({ port: careless.port })
    await expect(createRedisInbox(client)).rejects.toMatchObject({
      name: 'ConfigurationError',
      code: 'unsuitable-store',
      message: expect.stringContaining('appendonly no'),
    })
    const inbox = await createRedisInbox(client, { acceptLoss: true })
    expect(await inbox.claim(record('EV-1'), unlimited)).toBe('new')
    client.disconnect()
    await careless.end()
  })

  test('a server that evicts keys is rejected', async () => {
    const cache = await startRedis({ maxmemory: '100mb', 'maxmemory-policy': 'allkeys-lru' })
    const client = new Redis({ port: cache.port })
    await expect(createRedisInbox(client)).rejects.toMatchObject({
      code: 'unsuitable-store',
      message: expect.stringContaining('allkeys-lru'),
    })
    client.disconnect()
    await cache.end()
  })

  test('a role that may not read the settings works, and an event reports it', async () => {
    const name = fresh()
    await admin.acl('SETUSER', 'limited', 'on', 'nopass', '~*', '+@all', '-info', '-config')
    const client = new Redis({
      port: server.port,
      username: 'limited',
      password: 'any',
      enableReadyCheck: false,
    })
    const events: string[] = []
    const inbox = await createRedisInbox(client, {
      name,
      onEvent: ({ type }) => {
        events.push(type)
        throw new Error('a listener changes nothing')
      },
    })
    expect(events).toEqual(['inbox:durability-unknown'])
    expect(await inbox.claim(record('EV-1'), unlimited)).toBe('new')
    client.disconnect()
  })

  test.each(['', 'a}b', 'a b', 'ä', 'x'.repeat(65)])('the name %j is rejected', async (name) => {
    await expect(createRedisInbox(admin, { name })).rejects.toMatchObject({
      code: 'malformed-name',
      slot: 'name',
    })
  })

  test('every key has the inbox’s hash tag, so one inbox is one slot of a cluster', async () => {
    const name = fresh()
    const { inbox, lease } = await leaseOf(name)
    await inbox.complete(lease)
    await inbox.claim(record('EV-2'), unlimited)
    const keys = await admin.keys(`*${name}*`)
    expect(keys.length).toBeGreaterThan(3)
    expect(keys.filter((key) => !key.startsWith(`{${name}}:`))).toEqual([])
  })

  test('after a restart of the server the script is loaded again, and no record is lost', async () => {
    const own = await startRedis({ appendfsync: 'always' })
    const client = new Redis({ port: own.port })
    client.on('error', () => {})
    const inbox = await createRedisInbox(client)
    await inbox.claim(record('EV-1'), unlimited)
    await own.stop('SIGKILL')
    await own.start()
    expect(await inbox.claim(record('EV-1'), unlimited)).toBe('duplicate')
    client.disconnect()
    await own.end()
  })

  test('a claim rejects when its signal aborts while the server is down', async () => {
    const own = await startRedis()
    const client = new Redis({ port: own.port, maxRetriesPerRequest: null })
    client.on('error', () => {})
    const inbox = await createRedisInbox(client)
    await own.stop()
    const reason = new Error('budget spent')
    const controller = new AbortController()
    const claim = inbox.claim(record('EV-1'), controller.signal)
    controller.abort(reason)
    await expect(claim).rejects.toBe(reason)
    client.disconnect()
    await own.end()
  })

  test('if the first write fails nothing is written, and the record stays leased', async () => {
    const name = fresh()
    const { inbox, lease } = await leaseOf(name)
    await admin.set(`{${name}}:text`, 'x')
    const complete = inbox.complete(lease, async (tx) => {
      tx.write('LPUSH', `{${name}}:text`, 'y')
      tx.write('INCR', `{${name}}:count`)
    })
    await expect(complete).rejects.toThrow(
      /Write 1 of 2 was refused by Redis \(.*WRONGTYPE.*\); none was made/,
    )
    expect(await admin.get(`{${name}}:count`)).toBeNull()
    expect((await inbox.find('1900009191', 'EV-1'))?.state).toBe('leased')
  })

  test('if a later write fails the record is parked, so that the first is not repeated', async () => {
    const name = fresh()
    const { inbox, lease } = await leaseOf(name)
    await admin.set(`{${name}}:text`, 'x')
    const complete = inbox.complete(lease, async (tx) => {
      tx.write('INCR', `{${name}}:count`)
      tx.write('LPUSH', `{${name}}:text`, 'y')
    })
    await expect(complete).rejects.toThrow('1 before it were made, and the record is parked')
    expect(await inbox.find('1900009191', 'EV-1')).toMatchObject({
      state: 'parked',
      error: expect.stringContaining('write 2 failed'),
    })
    expect(await inbox.release(lease, { delayMs: 0, error: 'again' })).toBe(false)
    expect(await admin.get(`{${name}}:count`)).toBe('1')
  })

  test('a write after the end of apply throws', async () => {
    const { inbox, lease } = await leaseOf(fresh())
    let ended: RedisTx | undefined
    await inbox.complete(lease, async (tx) => {
      ended = tx
    })
    expect(() => ended?.write('INCR', 'x')).toThrow('after apply had ended')
  })

  test('the clients of both drivers have the right type', () => {
    expectTypeOf<Redis | Cluster>().toExtend<IoRedis>()
    expectTypeOf(createClient()).toExtend<NodeRedis>()
    expectTypeOf(createCluster({ rootNodes: [] })).toExtend<NodeRedis>()
  })
})
