import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import { inboxContract } from '../../contract.ts'
import { effects, exec, inboxOn, newFile } from '../../testing/sqlite-files.ts'
import { createSqliteInbox, type SqliteLike } from './index.ts'

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
