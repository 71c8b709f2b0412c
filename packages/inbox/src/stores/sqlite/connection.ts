import { createQueue } from '../queue.ts'
import { requireOpen } from '../transaction-commands.ts'
import { rememberStatements, type SqliteLike, type SqliteValue, whenFree } from './database.ts'

/** What `apply` writes with: statements inside the transaction that marks the notification done. */
export interface SqliteTransaction {
  run(sql: string, ...values: SqliteValue[]): { readonly changes: number }
  get(sql: string, ...values: SqliteValue[]): unknown
  all(sql: string, ...values: SqliteValue[]): unknown[]
}

/**
 * One connection that does one thing at a time. The drivers are synchronous but `apply` is not:
 * other code may run between two of its statements, and its writes would be part of a transaction
 * that may still be rolled back. So everything else waits in a queue until the transaction ends.
 */
export interface SqliteConnection {
  /** Runs between transactions, so that it sees nothing uncommitted. */
  read<T>(work: (db: SqliteLike) => T): Promise<T>
  /**
   * Runs in a transaction: commits when the work resolves, rolls back when it throws. Urgent: a
   * request waits for its response.
   */
  write<T>(work: (db: SqliteLike) => T | Promise<T>, urgent?: boolean): Promise<T>
  /** Waits for running work. */
  close(end: boolean): Promise<void>
}

export function createConnection(database: SqliteLike): SqliteConnection {
  const db = rememberStatements(database)
  const queue = createQueue()
  let closed: Promise<void> | undefined
  const open = <T>(work: () => T | Promise<T>, urgent?: boolean): Promise<T> =>
    closed === undefined
      ? queue.add(work, urgent)
      : Promise.reject(new Error('The inbox is closed.'))
  return {
    read: (work) => open(() => work(db)),
    write: (work, urgent) => open(() => inTransaction(db, () => work(db)), urgent),
    close(end) {
      closed ??= queue.idle.then(() => {
        if (end) db.close()
      })
      return closed
    },
  }
}

function inTransaction<T>(db: SqliteLike, work: () => T | Promise<T>): Promise<T> {
  return whenFree(() => {
    // IMMEDIATE takes the write lock first, so that no later statement fails because another
    // process wrote.
    db.exec('BEGIN IMMEDIATE')
    return finish(db, work)
  })
}

/**
 * Starts at once, in the same turn as BEGIN, so that no statement of the owner of a database that
 * was passed in runs in between.
 */
async function finish<T>(db: SqliteLike, work: () => T | Promise<T>): Promise<T> {
  try {
    const pending = work()
    // Only asynchronous work lets other code run inside the transaction.
    const value = pending instanceof Promise ? await pending : pending
    db.exec('COMMIT')
    return value
  } catch (error) {
    try {
      db.exec('ROLLBACK')
    } catch {
      // SQLite has already rolled back by itself, for example because the disk is full.
    }
    throw error
  }
}

/**
 * Runs `apply` with a transaction that it can neither end nor use afterwards, for at most
 * `timeoutMs`, because every claim in this file waits meanwhile.
 */
export async function runApply(
  db: SqliteLike,
  apply: (tx: SqliteTransaction) => Promise<void>,
  timeoutMs: number,
): Promise<void> {
  let over = false
  const prepare = (sql: string) => {
    requireOpen(over, sql, 'first')
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
