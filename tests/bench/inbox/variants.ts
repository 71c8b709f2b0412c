import { createDecipheriv, verify } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { createInboxWorker, type NotificationInbox } from '@wechatpay-entrust/inbox'
import { createPostgresInbox } from '@wechatpay-entrust/inbox/postgres'
import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
import { createNodeHandler } from '@wechatpay-entrust/notification/node'
import { Pool } from 'pg'
import {
  apiV3Key,
  apiV3Secret,
  mchid,
  platformKey,
  platformKeyId,
  platformPem,
} from '../support/material.ts'

/** The receiver: written by hand, ours, or ours with its worker in the same process. */
export type Variant = 'by hand' | 'ours' | 'ours, with worker'

/** A file for SQLite, or the address of PostgreSQL. */
export type StorePlace =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string }

/** In milliseconds. */
export interface Times {
  /**
   * Each commit that blocked the event loop: its time, and its processor time.
   */
  readonly commits: number[]
  readonly commitCpu: number[]
  /** Each claim, from its call to its end. */
  readonly claims: number[]
}

const poolSize = 10
const openPool = (url: string) =>
  new Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 2000,
    statement_timeout: 3500,
  })

export async function openVariant(
  variant: Variant,
  place: StorePlace,
  times: Times,
): Promise<RequestListener> {
  if (variant === 'by hand')
    return place.kind === 'sqlite' ? byHandSqlite(place.path) : byHandPostgres(place.url)
  if (place.kind === 'sqlite') {
    const database = new DatabaseSync(place.path)
    database.exec('CREATE TABLE effects (id TEXT NOT NULL) STRICT')
    const inbox = await createSqliteInbox(timed(database, times))
    return ours(
      variant,
      inbox,
      times,
      async (tx, id) => void tx.run('INSERT INTO effects VALUES (?)', id),
    )
  }
  const pool = openPool(place.url)
  await pool.query('DROP TABLE IF EXISTS effects, wechatpay_inbox, wechatpay_inbox_versions')
  await pool.query('CREATE TABLE effects (id text NOT NULL)')
  const inbox = await createPostgresInbox(pool, { prepare: true }) // like the code by hand
  return ours(
    variant,
    inbox,
    times,
    async (tx, id) => void (await tx.query('INSERT INTO effects VALUES ($1)', [id])),
  )
}

function ours<Tx>(
  variant: Variant,
  inbox: NotificationInbox<Tx>,
  times: Times,
  effect: (tx: Tx, id: string) => Promise<void>,
): RequestListener {
  const watched: NotificationInbox<Tx> = {
    ...inbox,
    async claim(record, signal) {
      const start = performance.now()
      const claim = await inbox.claim(record, signal)
      times.claims.push(performance.now() - start)
      return claim
    },
  }
  const keys = {
    apiV3Key,
    platformKeys: createPlatformKeys({ publicKey: { id: platformKeyId, pem: platformPem } }),
  }
  const worker =
    variant === 'ours'
      ? watched
      : createInboxWorker({
          ...{ inbox: watched, apiV3Key },
          handler: (_, { id, complete }) => complete((tx) => effect(tx, id)),
        })
  return createNodeHandler({ ...keys, mchid, inbox: worker })
}

/** The same database; measures the statements that wait for the disk. */
function timed(database: DatabaseSync, { commits, commitCpu }: Times) {
  return {
    prepare: database.prepare.bind(database),
    close: () => database.close(),
    exec(sql: string) {
      if (sql !== 'COMMIT') return database.exec(sql)
      const used = process.threadCpuUsage()
      const start = performance.now()
      database.exec(sql)
      commits.push(performance.now() - start)
      const { user, system } = process.threadCpuUsage(used)
      commitCpu.push((user + system) / 1000)
    },
  }
}

function byHandSqlite(path: string): RequestListener {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  database.exec(
    'CREATE TABLE inbox (id TEXT PRIMARY KEY, body BLOB NOT NULL, received_at INTEGER NOT NULL)',
  )
  const insert = database.prepare('INSERT INTO inbox VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  return byHand((id, body) => insert.run(id, body, Date.now()))
}

async function byHandPostgres(url: string): Promise<RequestListener> {
  const pool = openPool(url)
  await pool.query('DROP TABLE IF EXISTS by_hand')
  await pool.query(
    'CREATE TABLE by_hand (id text PRIMARY KEY, body bytea NOT NULL, received_at timestamptz NOT NULL DEFAULT now())',
  )
  const text = 'INSERT INTO by_hand (id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING'
  return byHand((id, body) => pool.query({ name: 'insert', text, values: [id, body] }))
}

/** The fewest lines for valid input, directly on Node. */
function byHand(insert: (id: string, body: Buffer) => unknown): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', async () => {
      try {
        const body = Buffer.concat(parts)
        await insert(receive(request.headers as Record<string, string>, body), body)
        response.writeHead(204).end()
      } catch {
        response.writeHead(401).end('{"code":"FAIL","message":"失败"}')
      }
    })
  }
}

function receive(headers: Readonly<Record<string, string>>, body: Buffer): string {
  const timestamp = headers['wechatpay-timestamp'] ?? ''
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('stale')
  if (headers['wechatpay-serial'] !== platformKeyId) throw new Error('another key')
  const signature = Buffer.from(headers['wechatpay-signature'] ?? '', 'base64')
  const text = `${timestamp}\n${headers['wechatpay-nonce']}\n${body.toString()}\n`
  if (!verify('sha256', Buffer.from(text), platformKey, signature)) throw new Error('mismatch')
  const { id, resource } = JSON.parse(body.toString())
  const sealed = Buffer.from(resource.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', apiV3Secret, resource.nonce, {
    authTagLength: 16,
  })
  decipher.setAuthTag(sealed.subarray(-16)).setAAD(Buffer.from(resource.associated_data))
  const opened = JSON.parse(
    Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString(),
  )
  if (opened.mchid !== mchid) throw new Error('another merchant')
  return id
}
