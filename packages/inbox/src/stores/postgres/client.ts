import { randomHex } from '@wechatpay-entrust/auth/crypto'
import { untilAborted } from '@wechatpay-entrust/base'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** What a transaction of `pg` offers: its client. */
export interface PgClient {
  query(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: Record<string, unknown>[]; rowCount: number | null }>
}

/** A client of a pool. */
export interface PgPoolClient extends PgClient {
  release(destroy?: Error | boolean): void
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
}

/**
 * The part of a `Pool` of `pg` that is used here. The second form of `connect` infers the driver's
 * `Client`.
 */
export interface PgPool<Client extends PgPoolClient = PgPoolClient> {
  connect(): Promise<Client>
  connect(
    callback: (error: Error | undefined, client: Client | undefined, done: () => void) => void,
  ): void
  on?(event: 'error', listener: (error: Error) => void): unknown
  listenerCount?(event: 'error'): number
}

interface PendingQuery extends Promise<Rows & { count: number }> {
  cancel?(): void
}

/**
 * A transaction of postgres.js: its `sql`, a template tag. Only `unsafe` is used here.
 */
export interface PostgresJsTransaction {
  // biome-ignore lint/suspicious/noExplicitAny: the driver has types of its own for parameters
  unsafe(text: string, values?: any[], options?: { prepare?: boolean }): PendingQuery
}

/**
 * The part of the `sql` of postgres.js that is used here. The second form of `begin` infers the
 * driver's `Tx`.
 */
export interface PostgresJs<Tx extends PostgresJsTransaction = PostgresJsTransaction>
  extends PostgresJsTransaction {
  // biome-ignore lint/suspicious/noExplicitAny: the driver unwraps what the work returns in a type of its own
  begin(work: (tx: Tx) => any): Promise<any>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  begin(options: string, work: (tx: Tx) => any): Promise<any>
}

export interface Result {
  readonly rows: Rows
  readonly count: number
}

export type Query = (text: string, values?: unknown[]) => Promise<Result>

/** One interface for both drivers. */
export interface Database<Tx> {
  query(text: string, values?: unknown[], signal?: AbortSignal): Promise<Result>
  transaction<T>(work: (query: Query, tx: Tx) => Promise<T>): Promise<T>
}

export function openDatabase(
  client: PgPool | PostgresJs,
  onConnectionError: (error: Error) => void,
  prepare: boolean,
): Database<PgPoolClient | PostgresJsTransaction> {
  return 'unsafe' in client
    ? overPostgresJs(client, prepare)
    : overPg(client, onConnectionError, prepare)
}

/**
 * Names for `pg`'s prepared statements. Random, so that no other statement of the connection has
 * the same name.
 */
const prefix = `wechatpay_${randomHex(8)}`
const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? `${prefix}_${names.size}`
  names.set(text, name)
  return name
}

/** The object form of a query of `pg`. */
interface Preparing {
  query(query: { name: string; text: string; values: unknown[] }): ReturnType<PgClient['query']>
}

const never = new AbortController().signal
const ignore = () => {}

function overPg(
  pool: PgPool,
  onConnectionError: (error: Error) => void,
  prepare: boolean,
): Database<PgPoolClient> {
  // A pool without a listener ends the process when the server restarts under an idle connection.
  if (pool.listenerCount?.('error') === 0) pool.on?.('error', onConnectionError)

  async function withClient<T>(
    signal: AbortSignal,
    work: (client: PgPoolClient) => Promise<T>,
  ): Promise<T> {
    const connecting = pool.connect()
    const client = await untilAborted(connecting, signal).catch((error: unknown) => {
      connecting.then((late) => late.release(), ignore)
      throw error
    })
    client.on('error', ignore) // the running query rejects with it; without a listener it would end the process
    let failed = true
    try {
      const result = await untilAborted(work(client), signal)
      failed = false
      return result
    } finally {
      client.off('error', ignore)
      // Destroyed, not returned to the pool: a query may still run on it, or its connection may be
      // half open.
      client.release(failed)
    }
  }

  const run = async (client: PgClient, text: string, values: unknown[] = []): Promise<Result> => {
    const sent = prepare
      ? (client as unknown as Preparing).query({ name: nameOf(text), text, values })
      : client.query(text, values)
    const { rows, rowCount } = await sent
    return { rows, count: rowCount ?? 0 }
  }

  return {
    query: (text, values, signal = never) =>
      withClient(signal, (client) => run(client, text, values)),
    async transaction(work) {
      const outcome = await withClient(never, async (client) => {
        await client.query('BEGIN')
        try {
          const value = await work((text, values) => run(client, text, values), client)
          await client.query('COMMIT')
          return { value }
        } catch (error) {
          // If this fails too, the connection is destroyed, and the server rolls back by itself.
          await client.query('ROLLBACK').catch(() => Promise.reject(error))
          return { error }
        }
      })
      if ('error' in outcome) throw outcome.error
      return outcome.value
    },
  }
}

function overPostgresJs(sql: PostgresJs, prepare: boolean): Database<PostgresJsTransaction> {
  const run = async (pending: PendingQuery, signal: AbortSignal): Promise<Result> => {
    const rows = await untilAborted(pending, signal).catch((error: unknown) => {
      if (signal.aborted) pending.cancel?.()
      throw error
    })
    return { rows, count: rows.count }
  }
  return {
    query: (text, values, signal = never) => run(sql.unsafe(text, values, { prepare }), signal),
    transaction: (work) =>
      sql.begin((tx) =>
        work((text, values) => run(tx.unsafe(text, values, { prepare }), never), tx),
      ),
  }
}
