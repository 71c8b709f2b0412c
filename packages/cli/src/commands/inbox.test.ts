import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NotificationInbox } from '@wechatpay-entrust/inbox'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createRedisInbox } from '@wechatpay-entrust/inbox/redis'
import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
import { generateTestNotification } from '@wechatpay-entrust/mock'
import { Redis } from 'ioredis'
import postgres from 'postgres'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findPostgres, startPostgres } from '../../../inbox/src/testing/postgres-server.ts'
import { findRedis, startRedis } from '../../../inbox/src/testing/redis-server.ts'
import { whereFound } from '../../../inbox/src/testing/where-found.ts'
import { runCli, runJson, testFolder, testMock } from '../testing/run-cli.ts'

const openid = 'oCANARYopenid00000000000000'
const scope = '1900000100'

/** Three notifications: one ready, one parked, one done. */
async function fill(inbox: NotificationInbox<never>) {
  for (const id of ['EV-ready', 'EV-parked', 'EV-done']) {
    const { body: sealed } = await generateTestNotification({ id, resource: { openid } })
    const digest = createHash('sha256').update(id).digest('hex')
    await inbox.claim(
      { id, scope, digest, eventType: 'ENTRUST.SIGN', sealed },
      new AbortController().signal,
    )
  }
  for (const lease of await inbox.lease({ owner: 'test', limit: 3, leaseMs: 60_000 })) {
    if (lease.record.id === 'EV-done') await inbox.complete(lease)
    else
      await inbox.release(lease, {
        delayMs: 0,
        error: 'it broke',
        park: lease.record.id === 'EV-parked',
      })
  }
}

/** The commands do the same on every store. */
async function checkCommands(store: string, source: { store: string; location: string }) {
  const { settings } = await testMock()
  const options = { env: { ...settings, WECHATPAY_INBOX: store } }
  const ids = (document: { entries: { id: string }[] }) => document.entries.map(({ id }) => id)

  const all = await runJson(['inbox', 'ls'], options)
  expect(all).toMatchObject({
    code: 0,
    document: { inbox: source, stats: { ready: 1, leased: 0, parked: 1, done: 1 } },
  })
  expect(ids(all.document).toSorted()).toEqual(['EV-done', 'EV-parked', 'EV-ready'])
  const parked = await runCli(['inbox', 'ls', '--state', 'parked'], options)
  expect(parked.stdout).toMatch(
    /parked {2}1× {2}1900000100 {2}EV-parked {2}ENTRUST\.SIGN {2}it broke/,
  )

  expect(parked.stdout).toContain(`Read from ${source.store}: ${source.location}`)

  const shown = await runJson(['inbox', 'show', 'EV-parked'], options)
  expect(shown.document).toMatchObject({
    id: 'EV-parked',
    state: 'parked',
    attempts: 1,
    error: 'it broke',
  })
  const opened = await runCli(['inbox', 'show', 'EV-parked', '--open'], options)
  expect(opened.stdout).toContain('"openid": "[hidden]"')
  expect(opened.stdout).not.toContain(openid)
  const personal = await runJson(['inbox', 'show', 'EV-parked', '--open', '--personal'], options)
  expect(personal.document.resource.openid).toBe(openid)

  expect((await runJson(['inbox', 'show', 'EV-none'], options)).document.error.code).toBe(
    'not-found',
  )
  expect((await runJson(['inbox', 'retry', 'EV-ready'], options)).code).toBe(1)
  const retried = await runJson(['inbox', 'retry', 'EV-parked'], options)
  expect(retried).toMatchObject({ code: 0, document: { retried: [{ scope, id: 'EV-parked' }] } })
  expect((await runJson(['inbox', 'retry', '--all'], options)).document.retried).toEqual([])
  expect((await runJson(['inbox', 'ls'], options)).document.stats).toMatchObject({
    ready: 2,
    parked: 0,
  })

  expect((await runJson(['inbox', 'prune'], options)).document.pruned).toBe(0)
  expect((await runJson(['inbox', 'prune', '--days', '6'], options)).code).toBe(2)
}

test('ls, show, retry and prune on SQLite', async () => {
  const { folder } = testFolder()
  const path = join(folder, 'inbox.db')
  const inbox = await createSqliteInbox(path)
  await fill(inbox as NotificationInbox<never>)
  await inbox.close()
  await checkCommands(path, { store: 'SQLite', location: path })
})

test('retry --all makes every parked notification due; an ID and --all, or neither, are rejected', async () => {
  const { folder } = testFolder()
  const inbox = await createSqliteInbox(join(folder, 'inbox.db'))
  await fill(inbox as NotificationInbox<never>)
  await inbox.close()
  const options = { cwd: folder }
  const args = ['inbox', 'retry', '--store', 'inbox.db']
  expect((await runJson(args, options)).code).toBe(2)
  expect((await runJson([...args, 'EV-parked', '--all'], options)).code).toBe(2)
  expect((await runJson([...args, '--all'], options)).document.retried).toEqual([
    { scope, id: 'EV-parked' },
  ])
})

test('an SQLite file that does not exist is rejected, not created', async () => {
  const { folder } = testFolder()
  const { code, document } = await runJson(['inbox', 'ls', '--store', 'typo.db'], { cwd: folder })
  expect({ code, error: document.error.code }).toEqual({ code: 2, error: 'unreadable-file' })
  expect(document.error.message).toContain(join(folder, 'typo.db'))
  expect(existsSync(join(folder, 'typo.db'))).toBe(false)
})

const looking = [['ls'], ['show', 'EV-1'], ['retry', '--all'], ['prune']]

/** The commands, and a name that does not exist: nothing is created, exit code 2. */
async function checkMissing(store: string, commands: string[][], ...names: string[]) {
  const options = { env: { WECHATPAY_INBOX: store, WECHATPAY_MCHID: scope } }
  for (const command of commands) {
    const { code, document } = await runJson(['inbox', ...command, ...names], options)
    expect({ command, code, error: document.error?.code }).toEqual({
      ...{ command, code: 2, error: 'unsuitable-store' },
    })
    expect(document.error.remedy.zh).toContain('--name')
  }
}

test('a name for another kind of store is rejected', async () => {
  const { folder, write } = testFolder()
  write('inbox.db', '')
  for (const [store, option] of [
    ['inbox.db', '--schema'],
    ['inbox.db', '--name'],
    ['redis://127.0.0.1:9', '--schema'],
  ] as const) {
    const args = ['inbox', 'ls', '--store', store, option, 'x']
    const { code, document } = await runJson(args, { cwd: folder })
    expect([code, document.error.code]).toEqual([2, 'invalid-arguments'])
  }
  const { code, document } = await runJson(['inbox', 'ls', '--store', 'inbox.db'], { cwd: folder })
  expect([code, document.error.code]).toEqual([2, 'unsuitable-store'])
})

test('a store that does not respond exits with 1 and shows no password', async () => {
  for (const store of [
    'postgres://me:s3cretPassw0rd@127.0.0.1:9/db',
    'redis://:s3cretPassw0rd@127.0.0.1:9',
  ]) {
    const { code, stdout, stderr } = await runCli(['inbox', 'ls', '--json'], {
      env: { WECHATPAY_INBOX: store },
    })
    expect({ store, code }).toEqual({ store, code: 1 })
    expect(JSON.parse(stdout).error.message).toMatch(/ECONNREFUSED|Connection is closed|connect/i)
    expect(stdout + stderr).not.toContain('s3cretPassw0rd')
  }
})

whereFound('ls, show, retry and prune on PostgreSQL', findPostgres(), () => {
  describe('PostgreSQL', () => {
    test('ls, show, retry and prune', async () => {
      const server = await startPostgres()
      onTestFinished(() => server.end())
      const sql = postgres(server.url, { onnotice: () => undefined })
      await fill((await createPostgresInbox(sql)) as NotificationInbox<never>)
      await sql.end()
      const source = { store: 'PostgreSQL', location: 'public.wechatpay_inbox' }
      await checkCommands(server.url, source)
    })

    test('a schema is read, a missing one is not created', async () => {
      const server = await startPostgres()
      onTestFinished(() => server.end())
      const sql = postgres(server.url, { onnotice: () => undefined })
      await createPostgresInbox(sql, { schema: 'wechatpay' }).then((inbox) =>
        fill(inbox as NotificationInbox<never>),
      )
      await checkMissing(server.url, looking)
      await checkMissing(server.url, [['ls']], '--schema', 'none')
      await checkMissing(server.url, [['ls']], '--schema', 'wechatpay', '--name', 'typo')
      const created = await sql`SELECT 1 FROM pg_class WHERE relname LIKE '%inbox%' AND
        relnamespace <> 'wechatpay'::regnamespace`
      expect(created).toHaveLength(0)
      const env = { WECHATPAY_INBOX: server.url }
      const { document } = await runJson(['inbox', 'ls', '--schema', 'wechatpay'], { env })
      const location = 'wechatpay.wechatpay_inbox'
      expect(document).toMatchObject({ inbox: { location }, stats: { ready: 1, parked: 1 } })
      await sql.end()
    })
  })
})

whereFound('ls, show, retry and prune on Redis', findRedis(), () => {
  describe('Redis', () => {
    test('ls, show, retry and prune', async () => {
      const server = await startRedis()
      onTestFinished(() => server.end())
      const client = new Redis(server.port, '127.0.0.1')
      await fill((await createRedisInbox(client)) as NotificationInbox<never>)
      const url = `redis://127.0.0.1:${server.port}`
      await checkMissing(url, looking, '--name', 'typo')
      expect(await client.keys('*typo*')).toEqual([])
      client.disconnect()
      await checkCommands(url, { store: 'Redis', location: '{wechatpay_inbox}:*' })
    })
  })
})
