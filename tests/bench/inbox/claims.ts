/**
 * Claims alone, in its own process, so that it can be pinned to a core. Prints claims per second
 * and their times.
 */
import { DatabaseSync } from 'node:sqlite'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
import { Pool } from 'pg'
import type { StorePlace } from './variants.ts'

export interface ClaimsRun {
  readonly place: StorePlace
  readonly by: 'by hand' | 'ours' | 'ours, not prepared'
  readonly inFlight: number
  readonly ms: number
}

export interface ClaimsFigures {
  readonly perSecond: number
  /** Milliseconds, of each. */
  readonly ms: readonly number[]
}

const never = new AbortController().signal
const sealed = new Uint8Array(700).fill(97)
const recordOf = (at: number) => ({
  id: `EV-201802251122332${String(at).padStart(10, '0')}`,
  scope: '1900009191',
  digest: 'a'.repeat(64),
  eventType: 'ENTRUST.SIGN',
  sealed,
})

async function openClaim({ place, by }: ClaimsRun): Promise<(at: number) => unknown> {
  if (place.kind === 'sqlite') {
    if (by === 'ours') {
      const inbox = await createSqliteInbox(place.path)
      return (at) => inbox.claim(recordOf(at), never)
    }
    const database = new DatabaseSync(place.path)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    database.exec('CREATE TABLE inbox (id TEXT PRIMARY KEY, body BLOB NOT NULL)')
    const insert = database.prepare('INSERT INTO inbox VALUES (?, ?) ON CONFLICT DO NOTHING')
    return (at) => {
      insert.run(recordOf(at).id, sealed)
      return new Promise<void>((resolve) => void setImmediate(resolve)) // a server's event loop runs between two requests
    }
  }
  const pool = new Pool({ connectionString: place.url, max: 16 })
  if (by !== 'by hand') {
    await pool.query('DROP TABLE IF EXISTS wechatpay_inbox, wechatpay_inbox_versions')
    const inbox = await createPostgresInbox(pool, { prepare: by === 'ours' })
    return (at) => inbox.claim(recordOf(at), never)
  }
  await pool.query('DROP TABLE IF EXISTS by_hand')
  await pool.query('CREATE TABLE by_hand (id text PRIMARY KEY, body bytea NOT NULL)')
  const text = 'INSERT INTO by_hand VALUES ($1, $2) ON CONFLICT DO NOTHING'
  const body = Buffer.from(sealed)
  return (at) => pool.query({ name: 'insert', text, values: [recordOf(at).id, body] })
}

const run = JSON.parse(process.env.CLAIMS ?? '') as ClaimsRun
const claim = await openClaim(run)
let next = 0
const spend = async (forMs: number): Promise<ClaimsFigures> => {
  const ms: number[] = []
  const start = performance.now()
  const lane = async () => {
    while (performance.now() - start < forMs) {
      const begun = performance.now()
      await claim(next++)
      ms.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: run.inFlight }, lane))
  return { perSecond: (ms.length * 1000) / (performance.now() - start), ms }
}
await spend(run.ms / 4) // warm
const figures = await spend(run.ms)
process.send?.(figures, () => process.exit())
