import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { randomHex } from '@wechatpay-entrust/auth/crypto'
import type { InboxEntry, InboxState, InboxStats, Lease, NotificationInbox } from '../../inbox.ts'
import { requireHorizon } from '../horizon.ts'
import { storableText, toMilliseconds } from '../record.ts'
import { toStats } from '../stats.ts'
import { createSteadyClock } from '../steady-clock.ts'
import { createClaims } from './claims.ts'
import { createConnection, runApply, type SqliteTransaction } from './connection.ts'
import { openDatabase, type SqliteLike } from './database.ts'
import { latestTime, migrate, requireTables } from './schema.ts'

export type { SqliteTransaction } from './connection.ts'
export type { SqliteLike, SqliteStatement, SqliteValue } from './database.ts'

export interface SqliteInboxOptions {
  /**
   * Milliseconds since the epoch. Default `Date.now`: the machine's clock, which all processes on a
   * file share.
   */
  readonly clock?: (() => number) | undefined
  /** Longest time in milliseconds that `apply` may keep the transaction open. Default 3,000. */
  readonly applyTimeoutMs?: number | undefined
  /**
   * `false`: creates neither file nor tables; if they are missing, it rejects with
   * `unsuitable-store`. For tools that only look. Default true.
   */
  readonly create?: boolean | undefined
}

/** A record, so that the compiler reports a missing name. */
const known: { readonly [Name in keyof Required<SqliteInboxOptions>]: true } = {
  clock: true,
  applyTimeoutMs: true,
  create: true,
}

interface Row {
  readonly seq: number
  readonly scope: string
  readonly id: string
  readonly digest: string
  readonly event_type: string
  readonly sealed: Uint8Array
  readonly state: InboxState
  readonly attempts: number
  readonly received_at: number
  readonly due_at: number
  readonly error: string | null
}

/** Everything that ends a lease deletes its token. */
const held = 'scope = ? AND id = ? AND token = ?'
/** Without the hint the planner uses the other index and sorts the whole backlog for each lease. */
const due = `FROM wechatpay_inbox INDEXED BY wechatpay_inbox_due WHERE state IN ('ready', 'leased') AND due_at <= ?`
/** Deletes in portions, so that a claim never waits long. */
const pruneBatch = 500

/**
 * Stores notifications in an SQLite file, through `node:sqlite` (a path; Node 22.13 or newer) or
 * through a database that you opened with `node:sqlite` or better-sqlite3. Creates and updates its
 * own tables, `wechatpay_inbox…`; several processes of one machine may use one file. If the machine's
 * clock steps back, the inbox's time continues from the time before.
 *
 * A claim resolves after the fsync. The driver is synchronous, so each commit blocks the event loop
 * of this process, and `apply` blocks claims while it runs: use only a few statements. Use a
 * database that you pass in for the inbox only: statements that other code runs during an `apply`
 * become part of that transaction. Do not open one file through both drivers in one process: each
 * driver has its own SQLite, and they release each other's locks.
 *
 * @throws {ConfigurationError} `unsuitable-store`, `unknown-option`
 *
 * @example
 * ```ts
 * import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
 *
 * const inbox = await createSqliteInbox('/var/lib/contracts/inbox.db')
 * ```
 */
export async function createSqliteInbox(
  database: string | SqliteLike,
  options: SqliteInboxOptions = {},
): Promise<NotificationInbox<SqliteTransaction>> {
  requireKnownOptions(options, known)
  const { applyTimeoutMs = 3_000, create = true } = options
  const wallClock = options.clock ?? Date.now
  const ownsDatabase = typeof database === 'string'
  const connection = createConnection(
    await openDatabase(database, create ? undefined : requireTables),
  )
  const { read, write } = connection
  let clock: () => number
  try {
    await (create ? migrate(connection) : read(requireTables))
    clock = createSteadyClock(wallClock, await read(latestTime))
  } catch (error) {
    await connection.close(ownsDatabase)
    throw error
  }
  const change = (sql: string, ...values: (string | number)[]) =>
    write((db) => Number(db.prepare(`UPDATE wechatpay_inbox ${sql}`).run(...values).changes) === 1)

  return {
    location: ownsDatabase ? database : 'wechatpay_inbox',
    claim: createClaims(connection, clock),

    async lease({ owner, limit, leaseMs }): Promise<Lease[]> {
      const duration = toMilliseconds('leaseMs', leaseMs)
      // Reads first without the write lock: idle workers poll, and should not stop others from
      // writing.
      const any = await read((db) => db.prepare(`SELECT 1 ${due} LIMIT 1`).get(clock()))
      if (any === undefined || any === null) return []
      return write((db) => {
        const now = clock()
        const rows = db.prepare(`SELECT * ${due} ORDER BY due_at, seq LIMIT ?`).all(now, limit)
        const take = db.prepare(
          `UPDATE wechatpay_inbox SET state = 'leased', token = ?, owner = ?, attempts = attempts + 1, due_at = ? WHERE seq = ?`,
        )
        return (rows as Row[]).map((row) => {
          const token = randomHex(16)
          take.run(token, storableText(owner), now + duration, row.seq)
          return { record: toRecord(row), token, attempt: Number(row.attempts) + 1 }
        })
      })
    },

    async renew({ record, token }, leaseMs) {
      const duration = toMilliseconds('leaseMs', leaseMs)
      return change(
        `SET due_at = ? WHERE ${held}`,
        ...[clock() + duration, record.scope, record.id, token],
      )
    },

    complete: ({ record, token }, apply) =>
      write(async (db) => {
        const lease = [record.scope, record.id, token] as const
        if (!db.prepare(`SELECT 1 FROM wechatpay_inbox WHERE ${held}`).get(...lease)) return false
        if (apply !== undefined) await runApply(db, apply, applyTimeoutMs)
        // No one else can have written since: the transaction holds the write lock from its first
        // statement.
        db.prepare(
          `UPDATE wechatpay_inbox SET state = 'done', token = NULL, due_at = ? WHERE ${held}`,
        ).run(clock(), ...lease)
        return true
      }),

    async release({ record, token }, { delayMs, error, park = false }) {
      const delay = toMilliseconds('delayMs', delayMs)
      return change(
        `SET state = ?, token = NULL, due_at = ?, error = ? WHERE ${held}`,
        ...[park ? 'parked' : 'ready', clock() + delay, storableText(error)],
        ...[record.scope, record.id, token],
      )
    },

    stats: () => read((db) => countAll(db, clock())),

    async prune({ doneBefore }): Promise<number> {
      requireHorizon(doneBefore, Math.min(clock(), wallClock()))
      for (let total = 0; ; ) {
        const count = await write((db) => pruneSome(db, doneBefore.getTime()))
        total += count
        if (count < pruneBatch) return total
      }
    },

    list: ({ state, limit = 100 } = {}) =>
      read((db) => {
        const where = state === undefined ? '' : 'WHERE state = ?'
        const values = state === undefined ? [limit] : [state, limit]
        const rows = db
          .prepare(`SELECT * FROM wechatpay_inbox ${where} ORDER BY seq LIMIT ?`)
          .all(...values)
        return (rows as Row[]).map(toEntry)
      }),

    find: (scope, id) =>
      read((db) => {
        const row = db
          .prepare('SELECT * FROM wechatpay_inbox WHERE scope = ? AND id = ?')
          .get(scope, id)
        return row ? toEntry(row as Row) : undefined
      }),

    retry: (scope, id) =>
      change(
        `SET state = 'ready', attempts = 0, due_at = ? WHERE scope = ? AND id = ? AND state = 'parked'`,
        clock(),
        scope,
        id,
      ),

    close: () => connection.close(ownsDatabase),
  }
}

function pruneSome(db: SqliteLike, doneBefore: number): number {
  const old = `SELECT seq FROM wechatpay_inbox WHERE state = 'done' AND due_at < ? LIMIT ${pruneBatch}`
  return Number(
    db.prepare(`DELETE FROM wechatpay_inbox WHERE seq IN (${old})`).run(doneBefore).changes,
  )
}

function countAll(db: SqliteLike, now: number): InboxStats {
  const rows = db
    .prepare(
      'SELECT state, count(*) AS count, min(received_at) AS oldest FROM wechatpay_inbox GROUP BY state',
    )
    .all() as { state: InboxState; count: number; oldest: number }[]
  const of = (state: InboxState) => rows.find((row) => row.state === state)
  const count = (state: InboxState) => Number(of(state)?.count ?? 0)
  return toStats(count, now - Number(of('ready')?.oldest ?? now))
}

/** Plain bytes: better-sqlite3 gives a Buffer. */
const toRecord = ({ id, scope, digest, event_type, sealed }: Row) => ({
  ...{ id, scope, digest, eventType: event_type, sealed: Uint8Array.from(sealed) },
})

function toEntry(row: Row): InboxEntry {
  return {
    ...toRecord(row),
    state: row.state,
    attempts: Number(row.attempts),
    receivedAt: new Date(Number(row.received_at)),
    dueAt: new Date(Number(row.due_at)),
    ...(row.error !== null && { error: row.error }),
  }
}
