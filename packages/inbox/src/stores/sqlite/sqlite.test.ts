import { fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import { inboxContract } from '../../contract.ts'
import type { Claim } from '../../inbox.ts'
import { createSqliteInbox, type SqliteLike, type SqliteTransaction } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'inbox-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const newFile = () => join(folder, `${files++}.db`)

/**
 * Within one process a file must be opened by one of the two libraries only: POSIX locks belong to
 * the process. An open `DatabaseSync` does not run the contract: the store opens a path with the
 * same class, so the cases would only repeat. What differs (who closes it) has tests below.
 */
const drivers = {
  'a path': { open: (path: string) => new DatabaseSync(path), given: (path: string) => path },
  'an open better-sqlite3': { open: (path: string): SqliteLike => new Database(path) },
}

interface Driver {
  readonly open: (path: string) => SqliteLike
  readonly given?: (path: string) => string | SqliteLike
}

const openNode = (path: string): SqliteLike => new DatabaseSync(path)

function once<T>(path: string, work: (db: SqliteLike) => T, open = openNode): T {
  const db = open(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve))

const exec = (path: string, sql: string, open = openNode) => once(path, (db) => db.exec(sql), open)

const effects = (path: string, open = openNode) => ({
  write: async (tx: SqliteTransaction, name: string) => {
    tx.run('INSERT INTO effects (name) VALUES (?)', name)
  },
  execute: async (tx: SqliteTransaction, sql: string) => tx.run(sql),
  count: async (name: string) => {
    const count = (db: SqliteLike) =>
      db.prepare('SELECT count(*) AS count FROM effects WHERE name = ?').get(name)
    return (once(path, count, open) as { count: number }).count
  },
})

for (const [driver, { open, given = open }] of Object.entries<Driver>(drivers)) {
  const cases = inboxContract(async () => {
    let time = Date.parse('2026-11-23T12:00:00+08:00')
    const clock = () => time
    const path = newFile()
    exec(path, 'CREATE TABLE effects (name TEXT) STRICT', open)
    const databases = [given(path), given(path)] as const
    const [inbox, other] = await Promise.all(
      databases.map((db) => createSqliteInbox(db, { clock })),
    )
    if (inbox === undefined || other === undefined) throw new Error('not opened')
    return {
      inbox,
      other,
      now: clock,
      elapse: async (ms) => {
        time += ms
      },
      stepBack: async (ms) => {
        time -= ms
      },
      effects: effects(path, open),
      end: async () => {
        await Promise.all([inbox.close(), other.close()])
        for (const db of databases) if (typeof db !== 'string') db.close()
      },
    }
  })
  for (const { name, run } of cases) test(`${driver}: ${name}`, run)
}

const inboxOn = async (path = newFile()) => ({ path, inbox: await createSqliteInbox(path) })

async function leased(inbox: Awaited<ReturnType<typeof createSqliteInbox>>) {
  await inbox.claim(record('EV-1'), unlimited)
  const [lease] = await inbox.lease({ owner: 'a', limit: 1, leaseMs: 60_000 })
  if (lease === undefined) throw new Error('no lease')
  return lease
}

test('a database in memory is rejected: unsuitable-store', async () => {
  await expect(createSqliteInbox(':memory:')).rejects.toMatchObject({
    code: 'unsuitable-store',
    slot: 'database',
  })
  const db = new DatabaseSync(':memory:')
  await expect(createSqliteInbox(db)).rejects.toThrow('journal_mode memory')
  db.close()
})

test('a missing folder is reported with its path and a fix: unsuitable-store', async () => {
  const path = `${newFile()}.missing/inbox.db`
  const error = await createSqliteInbox(path).catch((reason: unknown) => reason)
  expect(error).toMatchObject({
    name: 'ConfigurationError',
    code: 'unsuitable-store',
    slot: 'database',
  })
  expect((error as Error).message).toContain(path)
  expect((error as Error).message).toContain('Create the folder first')
})

test.each([undefined, null, {}, 5])(
  '%o instead of a database is rejected: unsuitable-store',
  async (given) => {
    const error = await createSqliteInbox(given as unknown as string).catch(
      (reason: unknown) => reason,
    )
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      code: 'unsuitable-store',
      slot: 'database',
    })
    expect((error as Error).message).toMatch(/expected the path of a file/)
  },
)

test('commits reach the disk: WAL and FULL are also set on a database that was passed in', async () => {
  const db = new DatabaseSync(newFile())
  db.exec('PRAGMA synchronous = OFF')
  const inbox = await createSqliteInbox(db)
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  await inbox.close()
  db.close()
})

test('EXTRA, which is stricter than FULL, is not changed', async () => {
  const db = new DatabaseSync(newFile())
  db.exec('PRAGMA synchronous = EXTRA')
  await createSqliteInbox(db)
  expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 3 })
  db.close()
})

test('tables of a newer version are rejected: unsuitable-store', async () => {
  const { path, inbox } = await inboxOn()
  await inbox.close()
  exec(path, 'INSERT INTO wechatpay_inbox_version (version) VALUES (99)')
  await expect(createSqliteInbox(path)).rejects.toMatchObject({ code: 'unsuitable-store' })
  // Closing the last connection deletes the WAL, so the rejected one was closed too.
  expect(existsSync(`${path}-wal`)).toBe(false)
})

test('a file that is opened again has all records', async () => {
  const { path, inbox } = await inboxOn()
  await inbox.claim(record('EV-1'), unlimited)
  await inbox.close()
  const again = await createSqliteInbox(path)
  expect(await again.claim(record('EV-1'), unlimited)).toBe('duplicate')
  await again.close()
})

test('a database that was passed in stays open, and the closed inbox rejects all calls', async () => {
  const db = new DatabaseSync(newFile())
  const inbox = await createSqliteInbox(db)
  await inbox.close()
  expect(db.prepare('SELECT 1 AS one').get()).toEqual({ one: 1 })
  await expect(inbox.claim(record('EV-1'), unlimited)).rejects.toThrow('closed')
  await expect(inbox.stats()).rejects.toThrow('closed')
  db.close()
})

test('a claim never becomes part of a transaction that the owner of the database has open', async () => {
  const db = new DatabaseSync(newFile())
  const inbox = await createSqliteInbox(db)
  db.exec('BEGIN')
  const claimed = inbox.claim(record('EV-1'), unlimited)
  await new Promise((resolve) => setTimeout(resolve, 20))
  db.exec('ROLLBACK')
  expect(await claimed).toBe('new')
  expect((await inbox.find('1900009191', 'EV-1'))?.state).toBe('ready')
  db.close()
})

test('a claim that waits for another writer rejects when its signal aborts, and stores nothing', async () => {
  const { path, inbox } = await inboxOn()
  const writer = new DatabaseSync(path)
  writer.exec('BEGIN IMMEDIATE')
  const budget = new AbortController()
  const claimed = inbox.claim(record('EV-1'), budget.signal)
  const reason = new Error('budget spent')
  setTimeout(() => budget.abort(reason), 20)
  await expect(claimed).rejects.toBe(reason)
  writer.exec('COMMIT')
  writer.close()
  expect(await inbox.find('1900009191', 'EV-1')).toBeUndefined()
  await inbox.close()
})

test('apply can neither end the transaction nor use it afterwards', async () => {
  const { path, inbox } = await inboxOn()
  exec(path, 'CREATE TABLE effects (name TEXT)')
  const lease = await leased(inbox)
  for (const sql of ['COMMIT', ' rollback', ';END', 'BEGIN']) {
    await expect(inbox.complete(lease, async (tx) => void tx.run(sql))).rejects.toThrow(
      'itself begins and ends',
    )
  }
  let late: SqliteTransaction | undefined
  const done = inbox.complete(lease, async (tx) => {
    late = tx
    tx.run('SAVEPOINT mine')
    tx.run('INSERT INTO effects (name) VALUES (?)', 'undone')
    tx.run('ROLLBACK TO mine')
    expect(tx.run('INSERT INTO effects (name) VALUES (?)', 'effect')).toEqual({ changes: 1 })
    expect(tx.all('SELECT name FROM effects')).toEqual([{ name: 'effect' }])
    expect(tx.get('SELECT count(*) AS count FROM effects')).toEqual({ count: 1 })
  })
  expect(await done).toBe(true)
  expect(() => late?.run('INSERT INTO effects (name) VALUES (?)', 'late')).toThrow('is over')
  expect(await effects(path).count('effect')).toBe(1)
  await inbox.close()
})

test('an apply that never ends is rolled back, and claims continue', async () => {
  const path = newFile()
  exec(path, 'CREATE TABLE effects (name TEXT)')
  const inbox = await createSqliteInbox(path, { applyTimeoutMs: 30 })
  const lease = await leased(inbox)
  let stuck: SqliteTransaction | undefined
  const completed = inbox.complete(lease, (tx) => {
    stuck = tx
    tx.run('INSERT INTO effects (name) VALUES (?)', 'effect')
    return new Promise(() => {})
  })
  const claimed = inbox.claim(record('EV-2'), unlimited)
  await expect(completed).rejects.toThrow('apply took longer than 30 ms')
  expect(await claimed).toBe('new')
  expect(() => stuck?.get('SELECT 1')).toThrow('is over')
  expect(await effects(path).count('effect')).toBe(0)
  await inbox.close()
})

test('a record that SQLite rejects fails alone, and the others of its commit are stored', async () => {
  const { inbox } = await inboxOn()
  const broken = record('EV-2', { digest: undefined as unknown as string })
  const [first, second, third] = await Promise.allSettled([
    inbox.claim(record('EV-1'), unlimited),
    inbox.claim(broken, unlimited),
    inbox.claim(record('EV-3'), unlimited),
  ])
  expect([first?.status, second?.status, third?.status]).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect((await inbox.stats()).ready).toBe(2)
  await inbox.close()
})

test('close waits for a running apply', async () => {
  const path = newFile()
  exec(path, 'CREATE TABLE effects (name TEXT)')
  const inbox = await createSqliteInbox(path)
  const completed = inbox.complete(await leased(inbox), async (tx) => {
    void inbox.close()
    await new Promise((resolve) => setTimeout(resolve, 5))
    tx.run('INSERT INTO effects (name) VALUES (?)', 'effect')
  })
  expect(await completed).toBe(true)
  await inbox.close()
  expect(await effects(path).count('effect')).toBe(1)
})

test('T-38: an apply leaves no timer behind', async () => {
  const { inbox } = await inboxOn()
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const lease = await leased(inbox)
  const before = timers()
  await inbox.complete(lease, async () => {})
  expect(timers()).toBeLessThanOrEqual(before) // those of others may end meanwhile
  await inbox.close()
})

test('claims of one turn of the event loop share a commit, also those made some promises later', async () => {
  const db = new DatabaseSync(newFile())
  const inbox = await createSqliteInbox(db)
  let commits = 0
  const exec = db.exec.bind(db)
  db.exec = (sql) => {
    if (sql === 'COMMIT') commits++
    exec(sql)
  }
  const claimed = [inbox.claim(record('EV-1'), unlimited)]
  for (let at = 0; at < 20; at++) await Promise.resolve()
  claimed.push(inbox.claim(record('EV-2'), unlimited))
  expect(await Promise.all(claimed)).toEqual(['new', 'new'])
  expect(commits).toBe(1)
  await inbox.close()
  db.close()
})

test('each statement is compiled once, and the cache of those of apply is limited', async () => {
  const db = new DatabaseSync(newFile())
  const compiled: string[] = []
  const inbox = await createSqliteInbox({
    exec: (sql) => db.exec(sql),
    close: () => db.close(),
    prepare(sql) {
      compiled.push(sql)
      return db.prepare(sql)
    },
  })
  const inserts = () =>
    compiled.filter((sql) => sql.startsWith('INSERT INTO wechatpay_inbox (')).length
  for (const id of ['EV-1', 'EV-2', 'EV-3']) await inbox.claim(record(id), unlimited)
  expect(inserts()).toBe(1)

  const [lease] = await inbox.lease({ owner: 'a', limit: 1, leaseMs: 60_000 })
  if (lease === undefined) throw new Error('no lease')
  await inbox.complete(lease, async (tx) => {
    for (let at = 0; at < 200; at++) tx.get(`SELECT ${at}`)
  })
  await inbox.claim(record('EV-4'), unlimited)
  expect(inserts()).toBe(2)
  await inbox.close()
  db.close()
})

test('with a backlog the event loop runs between any two transactions', async () => {
  const { inbox } = await inboxOn()
  const ids = Array.from({ length: 20 }, (_, at) => `EV-${at}`)
  await Promise.all(ids.map((id) => inbox.claim(record(id), unlimited)))
  let turns = 0
  let counting = true
  const count = () => {
    turns++
    if (counting) setImmediate(count)
  }
  setImmediate(count)
  // One after the other and nothing else in between, as a worker whose handlers wait for nothing
  // outside.
  for (const _ of ids) {
    const [lease] = await inbox.lease({ owner: 'a', limit: 1, leaseMs: 60_000 })
    if (lease === undefined) throw new Error('no lease')
    await inbox.complete(lease, async () => {})
  }
  counting = false
  expect(turns).toBeGreaterThanOrEqual(2 * ids.length - 2)
  await inbox.close()
})

test('a claim waits only for the running transaction; waiting ones and claims alternate', async () => {
  const { inbox } = await inboxOn()
  const ids = ['EV-1', 'EV-2', 'EV-3', 'EV-4']
  for (const id of ids) await inbox.claim(record(id), unlimited)
  const leases = await inbox.lease({ owner: 'a', limit: 4, leaseMs: 60_000 })
  const order: string[] = []
  const completions = leases.map((lease) =>
    inbox.complete(lease, async () => {
      await turn()
      order.push('completion')
    }),
  )
  await turn()
  const claim = async (id: string) => {
    await inbox.claim(record(id), unlimited)
    order.push('claim')
  }
  await claim('EV-5')
  await claim('EV-6')
  await Promise.all(completions)
  expect(order.indexOf('claim')).toBeLessThanOrEqual(2)
  expect(order.join(' ')).not.toContain('claim claim')
  await inbox.close()
})

test('more than one batch of old records is pruned', async () => {
  let time = Date.parse('2026-11-23T12:00:00+08:00')
  const inbox = await createSqliteInbox(newFile(), { clock: () => time })
  await Promise.all(
    Array.from({ length: 1001 }, (_, at) => inbox.claim(record(`EV-${at}`), unlimited)),
  )
  const leases = await inbox.lease({ owner: 'a', limit: 1001, leaseMs: 60_000 })
  await Promise.all(leases.map((lease) => inbox.complete(lease)))
  time += 9 * 86_400_000
  expect(await inbox.prune({ doneBefore: new Date(time - 8 * 86_400_000) })).toBe(1001)
  await inbox.close()
})

test('leasing and counting use an index', async () => {
  const { path, inbox } = await inboxOn()
  const db = new DatabaseSync(path)
  const plan = (sql: string) => JSON.stringify(db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all())
  const due = `INDEXED BY wechatpay_inbox_due WHERE state IN ('ready', 'leased') AND due_at <= 1`
  const lease = plan(`SELECT * FROM wechatpay_inbox ${due} ORDER BY due_at, seq LIMIT 5`)
  expect(lease).not.toContain('TEMP B-TREE')
  const stats = plan('SELECT state, count(*), min(received_at) FROM wechatpay_inbox GROUP BY state')
  expect(stats).toContain('COVERING INDEX wechatpay_inbox_state')
  db.close()
  await inbox.close()
})

/** Opens the file, migrates it, and claims the ids, all in a process of its own. */
function claimElsewhere(path: string, ids: readonly string[]): Promise<Claim[]> {
  const child = fork(
    new URL('../../testing/claim-in-sqlite.ts', import.meta.url),
    [path, JSON.stringify(ids)],
    {
      execArgv: ['--conditions=@wechatpay-entrust/source'],
    },
  )
  return new Promise((resolve, reject) => {
    child.once('message', (claims) => resolve(claims as Claim[]))
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)))
  })
}

test('several processes that open a new file at once migrate it once, and one claim per id is new (R18)', async () => {
  const path = newFile()
  const ids = Array.from({ length: 500 }, (_, at) => `EV-${at}`)
  const claims = await Promise.all(
    [ids, ids.toReversed(), ids].map((list) => claimElsewhere(path, list)),
  )
  expect(claims.flat().filter((claim) => claim === 'new')).toHaveLength(500)
  expect(claims.flat().filter((claim) => claim === 'duplicate')).toHaveLength(1000)
  const db = new DatabaseSync(path)
  expect(db.prepare('SELECT version FROM wechatpay_inbox_version').all()).toEqual([{ version: 1 }])
  db.close()
})
