import { fork } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import type { Claim } from '../../inbox.ts'
import { inboxOn, newFile, turn } from '../../testing/sqlite-files.ts'
import { createSqliteInbox } from './index.ts'

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
