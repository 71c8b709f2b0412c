import { ConfigurationError } from '@wechatpay-entrust/auth'
import { Client, Pool, type PoolClient } from 'pg'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import type { NotificationInbox } from '../../inbox.ts'
import { findPostgres, type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { whereFound } from '../../testing/where-found.ts'
import { createPostgresInbox } from './index.ts'

whereFound('the inbox on PostgreSQL and its connections', findPostgres(), () => {
  let server: PostgresServer
  let admin: Pool
  let count = 0
  beforeAll(async () => {
    server = await startPostgres()
    admin = new Pool({ connectionString: server.url })
  })
  afterAll(async () => {
    await admin?.end()
    await server?.end()
  })

  const fresh = () => `own_${++count}`
  const open = async (options: object = {}, config: object = {}) => {
    const pool = new Pool({ connectionString: server.url, ...config })
    return { pool, inbox: await createPostgresInbox(pool, options) }
  }

  const claimsPrepared =
    "SELECT 1 FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO % ON CONFLICT DO NOTHING'"

  test('`prepare` prepares a statement once per connection, also for several inboxes; without it, never', async () => {
    const pool = new Pool({ connectionString: server.url, max: 1 })
    const plain = await createPostgresInbox(pool, { schema: fresh() })
    await plain.claim(record('EV-1'), unlimited)
    expect((await pool.query(claimsPrepared)).rowCount).toBe(0)
    for (const schema of [fresh(), fresh()]) {
      const inbox = await createPostgresInbox(pool, { schema, prepare: true })
      for (const id of ['EV-1', 'EV-2'])
        expect(await inbox.claim(record(id), unlimited)).toBe('new')
    }
    expect((await pool.query(claimsPrepared)).rowCount).toBe(2)
    await pool.end()

    const sql = postgres(server.url, { max: 1, onnotice: () => {} })
    const plainJs = await createPostgresInbox(sql, { schema: fresh() })
    await plainJs.claim(record('EV-1'), unlimited)
    expect(await sql.unsafe(claimsPrepared)).toHaveLength(0)
    const inbox = await createPostgresInbox(sql, { schema: fresh(), prepare: true })
    for (const id of ['EV-1', 'EV-2']) expect(await inbox.claim(record(id), unlimited)).toBe('new')
    expect(await sql.unsafe(claimsPrepared)).toHaveLength(1)
    await sql.end()
  })

  test('eight inboxes that start at once create the tables once, and each can claim', async () => {
    const schema = fresh()
    const all = await Promise.all(Array.from({ length: 8 }, () => open({ schema })))
    const claims = await Promise.all(
      all.map(({ inbox }, at) => inbox.claim(record(`EV-${at}`), unlimited)),
    )
    expect(new Set(claims)).toEqual(new Set(['new']))
    expect((await admin.query(`SELECT * FROM "${schema}".wechatpay_inbox_versions`)).rowCount).toBe(
      1,
    )
    await Promise.all(all.map(({ pool }) => pool.end()))
  })

  test('a role that may not create tables starts on tables that are up to date', async () => {
    const schema = fresh()
    await (await open({ schema })).pool.end()
    await admin.query(`CREATE ROLE "${schema}" LOGIN`)
    await admin.query(`GRANT USAGE ON SCHEMA "${schema}" TO "${schema}"`)
    await admin.query(
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${schema}" TO "${schema}"`,
    )
    const { pool, inbox } = await open(
      { schema },
      { user: schema, connectionString: server.url.replace('postgres@', `${schema}@`) },
    )
    expect(await inbox.claim(record('EV-1'), unlimited)).toBe('new')
    await pool.end()
  })

  test.each(['synchronous_commit'])(
    '%s = off is rejected, and accepted with acceptLoss',
    async (setting) => {
      const pool = new Pool({ connectionString: server.url, options: `-c ${setting}=off` })
      const rejected = createPostgresInbox(pool, { schema: fresh() })
      await expect(rejected).rejects.toMatchObject({
        name: 'ConfigurationError',
        code: 'unsuitable-store',
        message: expect.stringContaining(`${setting} = off`),
      })
      await expect(rejected).rejects.toBeInstanceOf(ConfigurationError)
      await createPostgresInbox(pool, { schema: fresh(), acceptLoss: true })
      await pool.end()
    },
  )

  test('fsync = off on the server is rejected', async () => {
    const careless = await startPostgres({ fsync: 'off' })
    const pool = new Pool({ connectionString: careless.url })
    await expect(createPostgresInbox(pool)).rejects.toMatchObject({
      code: 'unsuitable-store',
      message: expect.stringContaining('fsync = off'),
    })
    await pool.end()
    await careless.end()
  })

  test.each(['a"b', 'DROP', '', 'ä', 'x'.repeat(41)])(
    'a schema or table named %j is rejected',
    async (name) => {
      await expect(createPostgresInbox(admin, { schema: name })).rejects.toMatchObject({
        code: 'malformed-name',
        slot: 'schema',
      })
      await expect(createPostgresInbox(admin, { table: name })).rejects.toMatchObject({
        code: 'malformed-name',
        slot: 'table',
      })
    },
  )

  test('a claim that hangs rejects when its signal aborts, and frees its connection', async () => {
    const schema = fresh()
    const { pool, inbox } = await open({ schema }, { max: 1 })
    const blocker = new Client({ connectionString: server.url })
    await blocker.connect()
    await blocker.query('BEGIN')
    await blocker.query(`LOCK TABLE "${schema}".wechatpay_inbox`)
    const reason = new Error('budget spent')
    const [first, second] = [new AbortController(), new AbortController()]
    // The first one waits for the lock, the second one for the pool's only connection.
    const claims = [
      inbox.claim(record('EV-1'), first.signal),
      inbox.claim(record('EV-2'), second.signal),
    ]
    first.abort(reason)
    second.abort(reason)
    for (const claim of claims) await expect(claim).rejects.toBe(reason)
    await blocker.query('ROLLBACK')
    await blocker.end()
    expect(await inbox.claim(record('EV-3'), unlimited)).toBe('new')
    await pool.end()
  })

  test('postgres.js: a claim that hangs is cancelled on the server when its signal aborts', async () => {
    const schema = fresh()
    const sql = postgres(server.url, { max: 1, onnotice: () => {} })
    const inbox = await createPostgresInbox(sql, { schema })
    const blocker = new Client({ connectionString: server.url })
    await blocker.connect()
    await blocker.query('BEGIN')
    await blocker.query(`LOCK TABLE "${schema}".wechatpay_inbox`)
    const reason = new Error('budget spent')
    const controller = new AbortController()
    const claim = inbox.claim(record('EV-1'), controller.signal)
    const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '"${schema}".wechatpay_inbox'::regclass`
    while ((await blocker.query(waiting)).rowCount === 0) await new Promise(setImmediate)
    controller.abort(reason)
    await expect(claim).rejects.toBe(reason)
    expect(await sql`SELECT 1 AS free`).toEqual([{ free: 1 }]) // the only connection, with the lock still there
    await blocker.end()
    expect(await inbox.claim(record('EV-1'), unlimited)).toBe('new')
    await sql.end()
  })

  test('the pool still works after a restart of the server, and an event reports the restart', async () => {
    const own = await startPostgres()
    const pool = new Pool({ connectionString: own.url })
    const events: string[] = []
    const inbox = await createPostgresInbox(pool, {
      onEvent: ({ type }) => {
        events.push(type)
        throw new Error('a listener changes nothing')
      },
    })
    await inbox.claim(record('EV-1'), unlimited)
    await own.stop('SIGQUIT')
    await expect(inbox.claim(record('EV-2'), unlimited)).rejects.toThrow()
    await own.start()
    expect(await inbox.claim(record('EV-1'), unlimited)).toBe('duplicate')
    expect(events).toContain('inbox:connection-lost')
    await pool.end()
    await own.end()
  })

  test('an apply that ignores the error of a statement cannot complete the record', async () => {
    const { pool, inbox } = await open({ schema: fresh() })
    await inbox.claim(record('EV-1'), unlimited)
    const [lease] = await inbox.lease({ owner: 'test', limit: 1, leaseMs: 60_000 })
    if (lease === undefined) throw new Error('a lease was expected')
    const swallow = inbox.complete(lease, async (tx) => {
      await tx.query('SELECT 1 / 0').catch(() => {})
    })
    await expect(swallow).rejects.toThrow('aborted')
    expect((await inbox.find('1900009191', 'EV-1'))?.state).toBe('leased')
    await pool.end()
  })

  test('apply gets the transaction type of its driver', () => {
    const overPg = (pool: Pool) => createPostgresInbox(pool)
    const overPostgresJs = (sql: postgres.Sql) => createPostgresInbox(sql)
    expectTypeOf(overPg).returns.resolves.toEqualTypeOf<NotificationInbox<PoolClient>>()
    expectTypeOf(overPostgresJs).returns.resolves.toEqualTypeOf<
      NotificationInbox<postgres.TransactionSql>
    >()
  })
})
