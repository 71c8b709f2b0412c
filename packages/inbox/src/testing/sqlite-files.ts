import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll } from 'vitest'
import { record, unlimited } from '../contract/subject.ts'
import {
  createSqliteInbox,
  type SqliteLike,
  type SqliteTransaction,
} from '../stores/sqlite/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'inbox-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
export const newFile = () => join(folder, `${files++}.db`)

export const openNode = (path: string): SqliteLike => new DatabaseSync(path)

export function once<T>(path: string, work: (db: SqliteLike) => T, open = openNode): T {
  const db = open(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

export const turn = () => new Promise<void>((resolve) => void setImmediate(resolve))

export const exec = (path: string, sql: string, open = openNode) =>
  once(path, (db) => db.exec(sql), open)

export const effects = (path: string, open = openNode) => ({
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

export const inboxOn = async (path = newFile()) => ({ path, inbox: await createSqliteInbox(path) })

export async function leased(inbox: Awaited<ReturnType<typeof createSqliteInbox>>) {
  await inbox.claim(record('EV-1'), unlimited)
  const [lease] = await inbox.lease({ owner: 'a', limit: 1, leaseMs: 60_000 })
  if (lease === undefined) throw new Error('no lease')
  return lease
}
