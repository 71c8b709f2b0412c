import { DatabaseSync } from 'node:sqlite'
import type { NotificationInbox } from '@wechatpay-entrust/inbox'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createRedisInbox } from '@wechatpay-entrust/inbox/redis'
import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
import { Redis } from 'ioredis'
import { Pool } from 'pg'

/** Where a store is: plain data, so that it can be passed to another process. */
export type StorePlace =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly port: number }

/**
 * A store, and the effect that the proofs count: one more for the id, written together with the
 * completion of the record.
 */
export interface ProofStore<Tx> {
  readonly inbox: NotificationInbox<Tx>
  effect(tx: Tx, id: string): Promise<void>
  /** How many effects each id has. */
  effects(): Promise<Map<string, number>>
  close(): Promise<void>
}

export function openStore(place: StorePlace): Promise<ProofStore<unknown>> {
  if (place.kind === 'sqlite') return openSqlite(place.path) as Promise<ProofStore<unknown>>
  if (place.kind === 'postgres') return openPostgres(place.url) as Promise<ProofStore<unknown>>
  return openRedis(place.port) as Promise<ProofStore<unknown>>
}

async function openSqlite(path: string) {
  const inbox = await createSqliteInbox(path)
  const own = new DatabaseSync(path, { timeout: 10_000 })
  own.exec('CREATE TABLE IF NOT EXISTS effects (id TEXT NOT NULL)')
  type Tx = typeof inbox extends NotificationInbox<infer T> ? T : never
  const store: ProofStore<Tx> = {
    inbox,
    async effect(tx, id) {
      tx.run('INSERT INTO effects (id) VALUES (?)', id)
    },
    async effects() {
      const rows = own.prepare('SELECT id, count(*) AS count FROM effects GROUP BY id').all()
      return new Map(rows.map((row) => [String(row.id), Number(row.count)]))
    },
    async close() {
      await inbox.close()
      own.close()
    },
  }
  return store
}

async function openPostgres(url: string) {
  const pool = new Pool({
    connectionString: url,
    max: 16,
    connectionTimeoutMillis: 2000,
    statement_timeout: 3500,
  })
  const inbox = await createPostgresInbox(pool)
  await pool
    .query('CREATE TABLE IF NOT EXISTS effects (id text NOT NULL)')
    .catch((error: { code?: string }) => {
      if (error.code !== '23505') throw error // another process created it at the same time
    })
  type Tx = typeof inbox extends NotificationInbox<infer T> ? T : never
  const store: ProofStore<Tx> = {
    inbox,
    async effect(tx, id) {
      await tx.query('INSERT INTO effects (id) VALUES ($1)', [id])
    },
    async effects() {
      const { rows } = await pool.query(
        'SELECT id, count(*)::int AS count FROM effects GROUP BY id',
      )
      return new Map(rows.map((row) => [row.id, row.count]))
    },
    async close() {
      await inbox.close()
      await pool.end()
    },
  }
  return store
}

async function openRedis(port: number) {
  const client = new Redis({
    port,
    connectTimeout: 2000,
    commandTimeout: 3500,
    retryStrategy: () => 100,
  })
  client.on('error', () => {}) // a restart is part of the proof
  const inbox = await createRedisInbox(client)
  type Tx = typeof inbox extends NotificationInbox<infer T> ? T : never
  const key = '{wechatpay_inbox}:effects'
  const store: ProofStore<Tx> = {
    inbox,
    effect: async (tx, id) => tx.write('HINCRBY', key, id, 1),
    async effects() {
      return new Map(
        Object.entries(await client.hgetall(key)).map(([id, count]) => [id, Number(count)]),
      )
    },
    async close() {
      await inbox.close()
      client.disconnect()
    },
  }
  return store
}
