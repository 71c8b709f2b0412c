/**
 * The bytes that a stored notification needs: `node --conditions=@wechatpay-entrust/source
 * tests/bench/inbox/size.ts`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NotificationInbox } from '@wechatpay-entrust/inbox'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
import { Pool } from 'pg'
import { startPostgres } from '../../../packages/inbox/src/testing/postgres-server.ts'
import { mchid, notification } from '../support/material.ts'

const count = 5000
const never = new AbortController().signal

/** Claims and completes `count` notifications, 16 at a time. */
async function fill<Tx>(inbox: NotificationInbox<Tx>): Promise<void> {
  for (let at = 0; at < count; at += 16) {
    const records = Array.from({ length: Math.min(16, count - at) }, (_, next) => ({
      id: `EV-201802251122332${String(at + next).padStart(10, '0')}`,
      scope: mchid,
      digest: 'a'.repeat(64),
      eventType: 'ENTRUST.SIGN',
      sealed: notification.body,
    }))
    await Promise.all(records.map((record) => inbox.claim(record, never)))
    const leases = await inbox.lease({ owner: 'size', limit: 16, leaseMs: 60_000 })
    await Promise.all(leases.map((lease) => inbox.complete(lease)))
  }
}

const folder = mkdtempSync(join(tmpdir(), 'inbox-size-'))
const file = join(folder, 'inbox.db')
const sqlite = await createSqliteInbox(file)
await fill(sqlite)
await sqlite.close()

const server = await startPostgres()
const pool = new Pool({ connectionString: server.url })
const postgres = await createPostgresInbox(pool)
const number = async (sql: string, ...values: unknown[]) =>
  Number((await pool.query(sql, values)).rows[0].value)
const before = (await pool.query('SELECT pg_current_wal_lsn()::text AS value')).rows[0].value
await fill(postgres)
const wal = await number(
  'SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), $1::pg_lsn) AS value',
  before,
)
const table = await number("SELECT pg_total_relation_size('wechatpay_inbox') AS value")
const start = performance.now()
await postgres.stats()
const statsMs = performance.now() - start
await pool.end()
await server.end()

process.stdout.write(
  `body ${notification.body.length}, SQLite file ${Math.round(statSync(file).size / count)}, ` +
    `PostgreSQL table and indexes ${Math.round(table / count)}, PostgreSQL WAL ${Math.round(wal / count)} bytes each; ` +
    `stats() over ${count} in ${statsMs.toFixed(1)} ms\n`,
)
rmSync(folder, { recursive: true })
