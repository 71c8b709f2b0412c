import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { createReport } from '@wechatpay-entrust/base'
import type { Claim, InboxState, Lease, NotificationInbox } from '../../inbox.ts'
import { requireHorizon } from '../horizon.ts'
import { isKey, requireRecord, storableText, toMilliseconds } from '../record.ts'
import { toStats } from '../stats.ts'
import {
  type Database,
  openDatabase,
  type PgPool,
  type PgPoolClient,
  type PostgresJs,
  type PostgresJsTransaction,
} from './client.ts'
import { guardTransaction } from './guard.ts'
import { type ConnectionLost, knownOptions, type PostgresInboxOptions } from './options.ts'
import { columns, readEntry, readRecord } from './rows.ts'
import { migrate, nameTables, requireDurable, requireTables } from './schema.ts'

export type { PgClient, PgPool, PgPoolClient, PostgresJs, PostgresJsTransaction } from './client.ts'
export type { ConnectionLost, PostgresInboxOptions } from './options.ts'

/**
 * Stores notifications in PostgreSQL (13 or later), for any number of processes and machines. Pass
 * a `Pool` of `pg` or the `sql` of postgres.js. `apply` gets that driver's own transaction:
 * `tx.query('…')` or ``tx`…` ``. Its writes and the completion of the record are one commit.
 *
 * A claim is one statement, and resolves after its commit is on the disk. When its signal aborts,
 * it rejects at once and closes its connection. Set timeouts on the pool, so that a server that
 * hangs is noticed: see the example. Times and leases follow the server's clock. The first process
 * that starts creates and upgrades the tables.
 *
 * @throws {ConfigurationError} `malformed-name`, `unsuitable-store`, `unknown-option`
 *
 * @example
 * ```ts
 * import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
 * import { Pool } from 'pg'
 *
 * const pool = new Pool({ connectionTimeoutMillis: 2000, statement_timeout: 3500 })
 * const inbox = await createPostgresInbox(pool)
 * ```
 */
export function createPostgresInbox<Client extends PgPoolClient>(
  pool: PgPool<Client>,
  options?: PostgresInboxOptions,
): Promise<NotificationInbox<Client>>
export function createPostgresInbox<Tx extends PostgresJsTransaction>(
  sql: PostgresJs<Tx>,
  options?: PostgresInboxOptions,
): Promise<NotificationInbox<Tx>>
export async function createPostgresInbox(
  client: PgPool | PostgresJs,
  options: PostgresInboxOptions = {},
): Promise<NotificationInbox<PgPoolClient | PostgresJsTransaction>> {
  requireKnownOptions(options, knownOptions)
  const tables = nameTables(options.schema, options.table ?? 'wechatpay_inbox')
  const { onEvent, debug } = options
  const report = createReport<ConnectionLost>({ onEvent, debug, isFailure: () => true })
  const onConnectionError = (error: Error) => report({ type: 'inbox:connection-lost', error })
  const open = (prepare: boolean) => openDatabase(client, onConnectionError, prepare)
  const once = open(false)
  if (options.acceptLoss !== true) await requireDurable(once)
  if (options.create !== false) await migrate(once, tables)
  const location = await requireTables(once, tables)
  return { location, ...overTable(options.prepare === true ? open(true) : once, tables.inbox) }
}

/** Matches only this lease: the token grows with each lease of a record. */
const held = "scope = $1 AND id = $2 AND state = 'leased' AND leases::text = $3"
const keysOf = ({ record, token }: Lease) => [record.scope, record.id, token]
const after = (parameter: string) => `now() + ${parameter}::float8 * interval '1 millisecond'`

function overTable<Tx extends object>(
  database: Database<Tx>,
  inbox: string,
): NotificationInbox<Tx> {
  const changed = async (text: string, values: unknown[]) =>
    (await database.query(text, values)).count > 0
  return {
    async claim(record, signal): Promise<Claim> {
      requireRecord(record)
      const { scope, id, digest, eventType, sealed } = record
      signal.throwIfAborted()
      const { count } = await database.query(
        `INSERT INTO ${inbox} (scope, id, digest, event_type, sealed) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [scope, id, digest, eventType, sealed],
        signal,
      )
      if (count > 0) return 'new'
      // A separate statement: the snapshot of the first one does not show a row that was committed
      // while it waited.
      const { rows } = await database.query(
        `SELECT digest FROM ${inbox} WHERE scope = $1 AND id = $2`,
        [scope, id],
        signal,
      )
      return rows[0]?.digest === digest ? 'duplicate' : 'conflict'
    },

    async lease({ owner, limit, leaseMs }) {
      const { rows } = await database.query(
        `WITH due AS MATERIALIZED (
          SELECT scope, id, due_at FROM ${inbox} WHERE state IN ('ready', 'leased') AND due_at <= now()
          ORDER BY due_at, received_at LIMIT $1 FOR UPDATE SKIP LOCKED
        ), taken AS (
          UPDATE ${inbox} AS record
          SET state = 'leased', owner = $2, attempts = attempts + 1, leases = leases + 1, due_at = ${after('$3')}
          FROM due WHERE record.scope = due.scope AND record.id = due.id
          RETURNING record.*, due.due_at AS was_due
        ) SELECT ${columns}, leases::text AS token FROM taken ORDER BY was_due, received_at`,
        [limit, storableText(owner), toMilliseconds('leaseMs', leaseMs)],
      )
      return rows.map((row) => ({
        record: readRecord(row),
        token: String(row.token),
        attempt: Number(row.attempts),
      }))
    },

    renew: async (lease, leaseMs) =>
      changed(`UPDATE ${inbox} SET due_at = ${after('$4')} WHERE ${held}`, [
        ...keysOf(lease),
        toMilliseconds('leaseMs', leaseMs),
      ]),

    complete: (lease, apply) =>
      database.transaction(async (query, tx) => {
        const { rows } = await query(
          `SELECT txid_current()::text AS xid FROM ${inbox} WHERE ${held} FOR UPDATE`,
          keysOf(lease),
        )
        if (rows[0] === undefined) return false
        // The row is locked until the commit: no one leases it meanwhile, even if the lease runs
        // out.
        const guarded = guardTransaction(tx)
        try {
          await apply?.(guarded.tx)
        } finally {
          guarded.end()
        }
        // A transaction that a function or a file ended, past the guard, has another number now.
        const { count } = await query(
          `UPDATE ${inbox} SET state = 'done', done_at = clock_timestamp(), owner = NULL, error = NULL
          WHERE ${held} AND txid_current()::text = $4`,
          [...keysOf(lease), rows[0].xid],
        )
        if (count === 0) throw new Error('apply ended the transaction of the inbox.')
        return true
      }),

    release: async (lease, { delayMs, error, park = false }) =>
      changed(
        `UPDATE ${inbox} SET state = $4, due_at = ${after('$5')}, error = $6, owner = NULL WHERE ${held}`,
        [
          ...keysOf(lease),
          ...[park ? 'parked' : 'ready', toMilliseconds('delayMs', delayMs), storableText(error)],
        ],
      ),

    async stats() {
      const { rows } = await database.query(
        `SELECT state, count(*)::text AS count, extract(epoch FROM now() - min(received_at))::text AS age
        FROM ${inbox} GROUP BY state`,
      )
      const of = (state: InboxState) => rows.find((row) => row.state === state)
      const count = (state: InboxState) => Number(of(state)?.count ?? 0)
      return toStats(count, Number(of('ready')?.age ?? 0) * 1000)
    },

    async prune({ doneBefore }) {
      const { rows } = await database.query('SELECT extract(epoch FROM now())::text AS now')
      requireHorizon(doneBefore, Number(rows[0]?.now) * 1000)
      let forgotten = 0
      // In portions, so that no lock and no transaction lasts long.
      for (let count = 1; count > 0; forgotten += count) {
        const deleted = await database.query(
          `DELETE FROM ${inbox} WHERE (scope, id) IN (SELECT scope, id FROM ${inbox}
          WHERE state = 'done' AND done_at < $1::text::timestamptz LIMIT 5000 FOR UPDATE SKIP LOCKED)`,
          [doneBefore.toISOString()],
        )
        count = deleted.count
      }
      return forgotten
    },

    async list({ state, limit = 100 } = {}) {
      const { rows } = await database.query(
        `SELECT ${columns} FROM ${inbox} WHERE $1::text IS NULL OR state = $1 ORDER BY received_at, scope, id LIMIT $2`,
        [state ?? null, limit],
      )
      return rows.map(readEntry)
    },

    async find(scope, id) {
      if (!isKey(scope) || !isKey(id)) return undefined
      const { rows } = await database.query(
        `SELECT ${columns} FROM ${inbox} WHERE scope = $1 AND id = $2`,
        [scope, id],
      )
      return rows[0] && readEntry(rows[0])
    },

    retry: async (scope, id) =>
      isKey(scope) &&
      isKey(id) &&
      changed(
        `UPDATE ${inbox} SET state = 'ready', attempts = 0, due_at = now()
        WHERE scope = $1 AND id = $2 AND state = 'parked'`,
        [scope, id],
      ),

    async close() {},
  }
}
