import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import Database from 'better-sqlite3'
import { afterAll, expect, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import { createSqliteInbox } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'inbox-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const newFile = () => join(folder, `${files++}.db`)
const hour = 3_600_000

test('create: false opens an inbox that exists, and says where it is', async () => {
  const path = newFile()
  const first = await createSqliteInbox(path)
  await first.claim(record('EV-1'), unlimited)
  const inbox = await createSqliteInbox(path, { create: false })
  expect(inbox.location).toBe(path)
  expect((await inbox.stats()).ready).toBe(1)
  await Promise.all([first.close(), inbox.close()])
})

test('create: false creates no file: unsuitable-store', async () => {
  const path = newFile()
  await expect(createSqliteInbox(path, { create: false })).rejects.toMatchObject({
    code: 'unsuitable-store',
    message: expect.stringContaining(`found no file at ${path}`),
    remedy: { zh: expect.stringContaining('路径') },
  })
  expect(existsSync(path)).toBe(false)
})

test('create: false changes no byte of a database without an inbox: unsuitable-store', async () => {
  const path = newFile()
  const db = new DatabaseSync(path)
  db.exec('CREATE TABLE mine (name TEXT)')
  const before = readFileSync(path)
  const rejected = {
    code: 'unsuitable-store',
    message: expect.stringContaining('without the table'),
  }
  await expect(createSqliteInbox(path, { create: false })).rejects.toMatchObject(rejected)
  await expect(createSqliteInbox(db, { create: false })).rejects.toMatchObject(rejected)
  const other = new Database(path)
  await expect(createSqliteInbox(other, { create: false })).rejects.toMatchObject(rejected)
  other.close()
  db.close()
  expect(readFileSync(path)).toEqual(before)
})

test.each([undefined, false])(
  'with create: %s a file that is no database is named: unsuitable-store',
  async (create) => {
    const path = newFile()
    const text = 'not a database, but longer than the header of one.'.repeat(20)
    writeFileSync(path, text)
    await expect(createSqliteInbox(path, { create })).rejects.toMatchObject({
      code: 'unsuitable-store',
      message: expect.stringContaining(`a file that is no SQLite database: ${path}`),
    })
    expect(readFileSync(path, 'utf8')).toBe(text)
  },
)

test('a process that starts after the clock stepped back leases the records from before', async () => {
  const path = newFile()
  let time = Date.parse('2026-11-23T12:00:00+08:00')
  const clock = () => time
  const before = await createSqliteInbox(path, { clock })
  await before.claim(record('EV-1'), unlimited)
  time += 60_000
  await before.claim(record('EV-2'), unlimited)
  await before.close()
  time -= hour
  const after = await createSqliteInbox(path, { clock })
  const { oldestReadyMs } = await after.stats()
  expect(oldestReadyMs).toBeGreaterThanOrEqual(60_000)
  expect(oldestReadyMs).toBeLessThan(120_000)
  expect(await after.lease({ owner: 'a', limit: 5, leaseMs: 60_000 })).toHaveLength(2)
  await after.close()
})

test('a clock that steps back does not shorten the horizon of prune', async () => {
  let time = Date.parse('2026-11-23T12:00:00+08:00')
  const inbox = await createSqliteInbox(newFile(), { clock: () => time })
  await inbox.claim(record('EV-1'), unlimited)
  time -= 2 * 24 * hour
  const doneBefore = new Date(time - 6 * 24 * hour)
  await expect(inbox.prune({ doneBefore })).rejects.toMatchObject({ code: 'prune-horizon' })
  await inbox.close()
})

test('a clock with fractions of a millisecond is accepted', async () => {
  const inbox = await createSqliteInbox(newFile(), { clock: () => Date.now() + 0.5 })
  expect(await inbox.claim(record('EV-1'), unlimited)).toBe('new')
  await inbox.close()
})

test('an unknown option is rejected before a file is created: unknown-option', async () => {
  const path = newFile()
  const options: object = { applyTimeout: 5 }
  await expect(createSqliteInbox(path, options)).rejects.toMatchObject({
    code: 'unknown-option',
    message: expect.stringContaining('applyTimeoutMs'),
  })
  expect(existsSync(path)).toBe(false)
})
