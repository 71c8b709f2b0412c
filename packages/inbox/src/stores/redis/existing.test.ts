import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import { findRedis, type RedisServer, startRedis } from '../../testing/redis-server.ts'
import { whereFound } from '../../testing/where-found.ts'
import { createRedisInbox } from './index.ts'

whereFound('existing keys on Redis', findRedis(), () => {
  let server: RedisServer
  let client: Redis
  beforeAll(async () => {
    server = await startRedis()
    client = new Redis({ port: server.port })
  })
  afterAll(async () => {
    client?.disconnect()
    await server?.end()
  })

  test('create: false reads an inbox that exists, also without records, and names its keys', async () => {
    await createRedisInbox(client, { name: 'empty' })
    const inbox = await createRedisInbox(client, { name: 'empty', create: false })
    expect(inbox.location).toBe('{empty}:*')
    expect(await inbox.list()).toEqual([])
  })

  test('an inbox of a version without the key `version` is found by its records', async () => {
    const before = await createRedisInbox(client, { name: 'old' })
    await before.claim(record('EV-1'), unlimited)
    await client.del('{old}:version')
    const inbox = await createRedisInbox(client, { name: 'old', create: false })
    expect((await inbox.stats()).ready).toBe(1)
    expect(await client.exists('{old}:version')).toBe(0)
  })

  test('create: false creates no key: unsuitable-store', async () => {
    await expect(createRedisInbox(client, { name: 'typo', create: false })).rejects.toMatchObject({
      code: 'unsuitable-store',
      slot: 'name',
      message: expect.stringContaining('no key that begins with {typo}:'),
      remedy: { zh: expect.any(String) },
    })
    expect(await client.keys('*typo*')).toEqual([])
  })

  test('an unknown option is rejected before a key is created: unknown-option', async () => {
    const options: object = { nam: 'mistyped' }
    await expect(createRedisInbox(client, options)).rejects.toMatchObject({
      code: 'unknown-option',
      message: expect.stringContaining('name'),
    })
  })

  test('an unknown durability is written to the console if no one listens', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)))
    await client.acl('SETUSER', 'limited', 'on', 'nopass', '~*', '+@all', '-info')
    const limited = new Redis({
      ...{ port: server.port, username: 'limited', password: 'any', enableReadyCheck: false },
    })
    await createRedisInbox(limited, { name: 'limited' })
    limited.disconnect()
    expect(lines.join()).toContain('inbox:durability-unknown')
    vi.restoreAllMocks()
  })
})
