import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import { effects, exec, inboxOn, leased, newFile } from '../../testing/sqlite-files.ts'
import { createSqliteInbox, type SqliteTransaction } from './index.ts'

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
