import { Client, Pool } from 'pg'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { record, unlimited } from '../../contract/subject.ts'
import type { NotificationInbox } from '../../inbox.ts'
import { findPostgres, type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { whereFound } from '../../testing/where-found.ts'
import { createPostgresInbox, type PgClient } from './index.ts'

whereFound('existing tables and the guard of apply on PostgreSQL', findPostgres(), () => {
  let server: PostgresServer
  let pool: Pool
  let count = 0
  beforeAll(async () => {
    server = await startPostgres()
    pool = new Pool({ connectionString: server.url })
    await pool.query('CREATE TABLE effects (name text)')
  })
  afterAll(async () => {
    await pool?.end()
    await server?.end()
  })
  const fresh = () => `own_${++count}`
  const effects = async () => (await pool.query('SELECT name FROM effects')).rows

  async function leased<Tx>(inbox: NotificationInbox<Tx>) {
    await inbox.claim(record('EV-1'), unlimited)
    const [lease] = await inbox.lease({ owner: 'test', limit: 1, leaseMs: 60_000 })
    if (lease === undefined) throw new Error('a lease was expected')
    return lease
  }

  test('pg: apply can neither end the transaction nor release the client, in any form', async () => {
    const inbox = await createPostgresInbox(pool, { schema: fresh() })
    const lease = await leased(inbox)
    for (const query of [
      '/* x */ COMMIT',
      { text: 'ROLLBACK' },
      "INSERT INTO effects VALUES ('lost'); COMMIT",
      { name: 'end', text: '-- x\nABORT', values: [] },
    ]) {
      const ended = inbox.complete(lease, async (tx) => void (await tx.query(query as string)))
      await expect(ended).rejects.toThrow('itself begins and ends')
    }
    const released = inbox.complete(lease, async (tx) => tx.release())
    await expect(released).rejects.toThrow('itself releases')
    expect(await effects()).toEqual([])
    const done = inbox.complete(lease, async (tx) => {
      expect(tx).toBeInstanceOf(Client)
      expect(tx.escapeIdentifier('a"b')).toBe('"a""b"')
      await tx.query("SELECT '; COMMIT'")
    })
    expect(await done).toBe(true)
  })

  test('postgres.js: templates, helpers, savepoints and unsafe work, and none of them can end it', async () => {
    const sql = postgres(server.url, { onnotice: () => {} })
    const inbox = await createPostgresInbox(sql, { schema: fresh() })
    const lease = await leased(inbox)
    await expect(inbox.complete(lease, async (tx) => void (await tx`COMMIT`))).rejects.toThrow(
      'itself begins and ends',
    )
    const inside = inbox.complete(lease, async (tx) => {
      await tx.savepoint((inner) => inner.unsafe('/**/ROLLBACK'))
    })
    await expect(inside).rejects.toThrow('itself begins and ends')
    const done = inbox.complete(lease, async (tx) => {
      await tx`CREATE TEMPORARY TABLE mine (name text) ON COMMIT DROP`
      await tx`INSERT INTO mine ${tx({ name: 'a' })}`
      await tx.savepoint(async (inner) => {
        await inner`INSERT INTO mine ${inner([{ name: 'b' }])}`
      })
      expect(await tx`SELECT ${tx('name')} FROM mine ORDER BY 1`).toEqual([
        { name: 'a' },
        { name: 'b' },
      ])
    })
    expect(await done).toBe(true)
    await sql.end()
  })

  test('a transaction that is ended past the guard does not complete the record', async () => {
    const inbox = await createPostgresInbox(pool, { schema: fresh() })
    const lease = await leased(inbox)
    const ended = inbox.complete(lease, async (tx) => {
      // An EventEmitter returns itself: the client under the guard.
      const unguarded = tx.once('drain', () => {}) as unknown as PgClient
      await unguarded.query('ROLLBACK')
    })
    await expect(ended).rejects.toThrow('apply ended the transaction')
    expect((await inbox.find('1900009191', 'EV-1'))?.state).toBe('leased')
  })

  test('create: false reads an existing table and names it with its schema', async () => {
    const schema = fresh()
    await createPostgresInbox(pool, { schema })
    const inbox = await createPostgresInbox(pool, { schema, create: false })
    expect(inbox.location).toBe(`${schema}.wechatpay_inbox`)
    await createPostgresInbox(pool, { table: 'plain' })
    const plain = await createPostgresInbox(pool, { table: 'plain', create: false })
    expect(plain.location).toBe('public.plain')
  })

  test('create: false creates no schema and no table: unsuitable-store', async () => {
    const schema = fresh()
    for (const options of [{ schema }, { table: 'typo' }]) {
      await expect(createPostgresInbox(pool, { ...options, create: false })).rejects.toMatchObject({
        code: 'unsuitable-store',
        remedy: { zh: expect.any(String) },
      })
    }
    const { rows } = await pool.query(
      "SELECT 1 FROM pg_class WHERE relname LIKE 'typo%' UNION ALL SELECT 1 FROM pg_namespace WHERE nspname = $1",
      [schema],
    )
    expect(rows).toEqual([])
  })

  test('an unknown option is rejected before anything is created: unknown-option', async () => {
    const schema = fresh()
    const options: object = { schema, tabel: 'x' }
    await expect(createPostgresInbox(pool, options)).rejects.toMatchObject({
      code: 'unknown-option',
      slot: 'tabel',
      message: expect.stringContaining('table'),
    })
    const found = await pool.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])
    expect(found.rowCount).toBe(0)
  })

  test('a lost connection is written to the console if no one listens', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)))
    const own = new Pool({ connectionString: server.url, max: 1 })
    const inbox = await createPostgresInbox(own, { schema: fresh() })
    const { rows } = await own.query('SELECT pg_backend_pid() AS pid')
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
    await vi.waitFor(() => expect(lines.join()).toContain('inbox:connection-lost'), 5_000)
    vi.restoreAllMocks()
    await inbox.close()
    await own.end()
  })
})
