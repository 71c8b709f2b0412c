import { createQueue } from '../queue.ts'
import { rememberStatements, type SqliteLike, type SqliteValue, whenFree } from './database.ts'

/** What `apply` writes with: statements inside the transaction that marks the notification done. */
export interface SqliteTransaction {
  run(sql: string, ...values: SqliteValue[]): { readonly changes: number }
  get(sql: string, ...values: SqliteValue[]): unknown
  all(sql: string, ...values: SqliteValue[]): unknown[]
}

/**
 * One connection, and one thing at a time on it. The drivers are synchronous but `apply` is not:
 * between two of its statements any other code may run, and what that wrote would be part of a
 * transaction that may yet be rolled back. So all else waits in a queue until the transaction is
 * over.
 */
export interface SqliteConnection {
  /** Runs between transactions, so that it sees nothing uncommitted. */
  read<T>(work: (db: SqliteLike) => T): Promise<T>
  /**
   * Runs in a transaction: what it returns is committed, what it throws is rolled back. Urgent:
   * somebody waits for an answer.
   */
  write<T>(work: (db: SqliteLike) => T | Promise<T>, urgent?: boolean): Promise<T>
  /** Waits for what is under way. */
  close(end: boolean): Promise<void>
}

export function createConnection(database: SqliteLike): SqliteConnection {
  const db = rememberStatements(database)
  const turns = createQueue()
  let closed: Promise<void> | undefined
  const open = <T>(work: () => T | Promise<T>, urgent?: boolean): Promise<T> =>
    closed === undefined
      ? turns.take(work, urgent)
      : Promise.reject(new Error('The inbox is closed.'))
  return {
    read: (work) => open(() => work(db)),
    write: (work, urgent) => open(() => inTransaction(db, () => work(db)), urgent),
    close(end) {
      closed ??= turns.idle.then(() => {
        if (end) db.close()
      })
      return closed
    },
  }
}

function inTransaction<T>(db: SqliteLike, work: () => T | Promise<T>): Promise<T> {
  return whenFree(() => {
    // IMMEDIATE takes the write lock first: no statement later on can find that another writer was
    // faster.
    db.exec('BEGIN IMMEDIATE')
    return finish(db, work)
  })
}

/**
 * Starts at once, in the same turn as BEGIN: on a database that was handed in, no statement of its
 * owner comes between.
 */
async function finish<T>(db: SqliteLike, work: () => T | Promise<T>): Promise<T> {
  try {
    const pending = work()
    // Only what is asynchronous gives other code a turn inside the transaction.
    const value = pending instanceof Promise ? await pending : pending
    db.exec('COMMIT')
    return value
  } catch (error) {
    try {
      db.exec('ROLLBACK')
    } catch {
      // SQLite has rolled back by itself already, as after a full disk.
    }
    throw error
  }
}

const endsTransaction = /^[\s;]*(?:begin|commit|end|rollback(?!\s+(?:transaction\s+)?to\b))\b/i

/**
 * Runs `apply` with a transaction that it can neither end nor use afterwards, and for at most
 * `timeoutMs`: as long as it runs, every claim in this file waits.
 */
export async function runApply(
  db: SqliteLike,
  apply: (tx: SqliteTransaction) => Promise<void>,
  timeoutMs: number,
): Promise<void> {
  let over = false
  const prepare = (sql: string) => {
    if (over)
      throw new Error(
        'The transaction of this notification is over: await every statement inside apply.',
      )
    if (endsTransaction.test(sql))
      throw new Error('The inbox itself begins and ends the transaction of apply.')
    return db.prepare(sql)
  }
  const tx: SqliteTransaction = {
    run: (sql, ...values) => ({ changes: Number(prepare(sql).run(...values).changes) }),
    get: (sql, ...values) => prepare(sql).get(...values),
    all: (sql, ...values) => prepare(sql).all(...values),
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    const text = `apply took longer than ${timeoutMs} ms and was rolled back. Call other services before complete, not in apply.`
    timer = setTimeout(() => reject(new Error(text)), timeoutMs)
  })
  try {
    await Promise.race([apply(tx), timeout])
  } finally {
    over = true
    clearTimeout(timer)
  }
}
