/**
 * An idle connection of the pool broke; the pool opens another. Reported only if the pool has no
 * listener of its own.
 */
export interface ConnectionLost {
  readonly type: 'inbox:connection-lost'
  readonly error: Error
}

export interface PostgresInboxOptions {
  /** Default: the first schema of the connection's `search_path`. Created if it does not exist. */
  readonly schema?: string | undefined
  /** Default `wechatpay_inbox`; its versions are in a second table, `wechatpay_inbox_versions`. */
  readonly table?: string | undefined
  /**
   * Accepts a server with `fsync` or `synchronous_commit` off. For tests: a crash loses what was
   * acknowledged.
   */
  readonly acceptLoss?: boolean | undefined
  /**
   * Lets the server parse and plan each statement once per connection, which doubles the claims per
   * second. Default false: behind PgBouncer's transaction pooling it needs version 1.21 with
   * `max_prepared_statements`.
   */
  readonly prepare?: boolean | undefined
  /**
   * `false`: creates nothing; if the table is missing, it rejects with `unsuitable-store`. For tools
   * that only look, and for roles that may not create. Default true.
   */
  readonly create?: boolean | undefined
  /** Without it, failures go to `console.error`; `() => {}` silences them. */
  readonly onEvent?: ((event: ConnectionLost) => void) | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
}

/** A record, so that the compiler reports a missing name. */
export const knownOptions: { readonly [Name in keyof Required<PostgresInboxOptions>]: true } = {
  schema: true,
  table: true,
  acceptLoss: true,
  prepare: true,
  create: true,
  onEvent: true,
  debug: true,
}
