import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { NotificationInbox } from '@wechatpay-entrust/inbox'
import type { CliContext } from '../context.ts'
import { importOptional, isMissing } from '../input/import-optional.ts'
import { passwordOf } from '../settings/secret-arguments.ts'
import type { Found } from '../settings/settings.ts'
import { shownPath } from '../settings/shown-path.ts'
import { usageError } from '../usage-error.ts'
import type { InboxFlags } from './inbox-flags.ts'

/** What was read: the file, the table with its schema, or the prefix of the keys. */
export interface InboxSource {
  readonly store: 'SQLite' | 'PostgreSQL' | 'Redis'
  readonly location: string
}

/** Opens the inbox of the settings, runs `work` with it, and closes all connections. Never creates one. */
export async function withInbox<T>(
  context: CliContext,
  flags: InboxFlags,
  work: (inbox: NotificationInbox<never>, source: InboxSource) => Promise<T>,
): Promise<T> {
  const found = context
    .settings({ ...flags, ...(flags.store !== undefined && { inbox: flags.store }) })
    .need('inbox')
  const password = passwordOf(found.value)
  if (password !== undefined) context.output.hide(password)
  context.output.progress('Opening the inbox …')
  const { inbox, end, store } = await openStore(found, flags)
  try {
    return await work(inbox as NotificationInbox<never>, {
      store,
      location: inbox.location ?? '',
    })
  } finally {
    await inbox.close()
    await end()
  }
}

interface Store {
  readonly inbox: Pick<NotificationInbox, 'close' | 'location'>
  readonly store: InboxSource['store']
  end(): unknown
}

type Names = Pick<InboxFlags, 'schema' | 'name'>

async function openStore(found: Found, { schema, name }: Names): Promise<Store> {
  if (/^postgres(ql)?:\/\//i.test(found.value))
    return { store: 'PostgreSQL', ...(await openPostgres(found.value, { schema, table: name })) }
  if (schema !== undefined) throw noSuchName('--schema', 'PostgreSQL')
  if (/^(rediss?|valkeys?):\/\//i.test(found.value))
    return { store: 'Redis', ...(await openRedis(found.value.replace(/^valkey/i, 'redis'), name)) }
  if (name !== undefined) throw noSuchName('--name', 'PostgreSQL or Redis')
  return { store: 'SQLite', ...(await openSqlite(found)) }
}

const noSuchName = (option: string, stores: string) =>
  usageError(
    'invalid-arguments',
    `${option}: found a name for another kind of store; expected it only with ${stores}.`,
    { en: 'Leave it out.', zh: '请删除该参数。' },
  )

type Opened = Omit<Store, 'store'>

async function openSqlite({ value, source, folder }: Found): Promise<Opened> {
  const path = resolve(folder, value)
  // SQLite would create the file, and a user who mistyped the path would see an empty inbox.
  if (!existsSync(path)) {
    throw usageError(
      'unreadable-file',
      `${source}: found no such file: ${shownPath(path)}; expected an SQLite inbox, postgres://… or redis://….`,
      { en: 'Check the path.', zh: '请检查收件箱文件的路径。' },
    )
  }
  const { createSqliteInbox } = await import('@wechatpay-entrust/inbox/sqlite')
  return { inbox: await createSqliteInbox(path, { create: false }), end: () => undefined }
}

interface Pg {
  readonly default: { Pool: new (options: object) => { end(): Promise<void> } }
}

async function openPostgres(
  url: string,
  names: { readonly schema: string | undefined; readonly table: string | undefined },
): Promise<Opened> {
  const { createPostgresInbox } = await import('@wechatpay-entrust/inbox/postgres')
  const make = createPostgresInbox as (client: unknown, options: object) => Promise<Store['inbox']>
  // A service checks that its store loses nothing; these commands accept any store.
  const options = { ...names, acceptLoss: true, create: false }
  const pg = (await import('pg' as string).catch(ignoreMissing)) as Pg | undefined
  if (pg !== undefined) {
    const pool = new pg.default.Pool({
      connectionString: url,
      max: 2,
      connectionTimeoutMillis: 5000,
    })
    return ready(
      () => make(pool, options),
      () => pool.end(),
    )
  }
  const { default: postgres } = await importOptional<{
    default: (url: string, options: object) => { end(): Promise<void> }
  }>(() => import('postgres' as string), 'postgres://…', 'pg')
  const sql = postgres(url, { max: 2, connect_timeout: 5, onnotice: () => undefined })
  return ready(
    () => make(sql, options),
    () => sql.end(),
  )
}

interface IoRedisModule {
  readonly Redis: new (
    url: string,
    options: object,
  ) => { disconnect(): void; on(event: string, listener: () => void): void }
}

async function openRedis(url: string, name: string | undefined): Promise<Opened> {
  const { createRedisInbox } = await import('@wechatpay-entrust/inbox/redis')
  const make = createRedisInbox as (client: unknown, options: object) => Promise<Store['inbox']>
  const options = { name, acceptLoss: true, create: false }
  const ioredis = (await import('ioredis' as string).catch(ignoreMissing)) as
    | IoRedisModule
    | undefined
  if (ioredis !== undefined) {
    const client = new ioredis.Redis(url, {
      connectTimeout: 5000,
      maxRetriesPerRequest: 1,
      retryStrategy: () => null,
    })
    // The running command rejects with this error; without a listener it would be printed.
    client.on('error', () => undefined)
    return ready(
      () => make(client, options),
      () => client.disconnect(),
    )
  }
  const { createClient } = await importOptional<{
    createClient: (options: object) => {
      connect(): Promise<void>
      destroy(): void
      on(event: string, listener: () => void): void
    }
  }>(() => import('redis' as string), 'redis://…', 'ioredis')
  const client = createClient({ url, socket: { connectTimeout: 5000, reconnectStrategy: false } })
  client.on('error', () => undefined)
  return ready(
    async () => {
      await client.connect()
      return make(client, options)
    },
    () => client.destroy(),
  )
}

const ignoreMissing = (error: unknown) => {
  if (!isMissing(error)) throw error
  return undefined
}

/** Closes the client if the inbox cannot be opened. */
async function ready(make: () => Promise<Store['inbox']>, end: () => unknown): Promise<Opened> {
  try {
    return { inbox: await make(), end }
  } catch (error) {
    try {
      await end()
    } catch {
      // It never connected: the first error has the reason.
    }
    throw error
  }
}
