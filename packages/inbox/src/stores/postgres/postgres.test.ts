import { Pool } from 'pg'
import postgres from 'postgres'
import { afterAll, beforeAll, test } from 'vitest'
import { inboxContract } from '../../contract.ts'
import { findPostgres, type PostgresServer, startPostgres } from '../../testing/postgres-server.ts'
import { whereFound } from '../../testing/where-found.ts'
import { createPostgresInbox } from './index.ts'

whereFound('the inbox on PostgreSQL', findPostgres(), () => {
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

  /** What the suite needs besides the inbox itself. */
  async function upkeep(schema: string) {
    await admin.query(`CREATE TABLE "${schema}".effects (name text)`)
    const times = ['received_at', 'due_at', 'done_at'].map(
      (column) => `${column} = ${column} - $1::float8 * interval '1 ms'`,
    )
    return {
      now: async () =>
        Number(
          (await admin.query('SELECT extract(epoch FROM now())::float8 * 1000 AS now')).rows[0].now,
        ),
      elapse: async (ms: number) => {
        await admin.query(`UPDATE "${schema}".wechatpay_inbox SET ${times.join(', ')}`, [ms])
      },
      counted: async (name: string) =>
        (await admin.query(`SELECT 1 FROM "${schema}".effects WHERE name = $1`, [name])).rowCount ??
        0,
      drop: () => admin.query(`DROP SCHEMA "${schema}" CASCADE`),
    }
  }

  const pg = (prepare: boolean) => async () => {
    const schema = `case_${++count}`
    const pools = [
      new Pool({ connectionString: server.url }),
      new Pool({ connectionString: server.url }),
    ] as const
    const inbox = await createPostgresInbox(pools[0], { schema, prepare })
    const other = await createPostgresInbox(pools[1], { schema, prepare })
    const { now, elapse, counted, drop } = await upkeep(schema)
    return {
      inbox,
      other,
      now,
      elapse,
      effects: {
        write: async (
          tx: { query(text: string, values: unknown[]): Promise<unknown> },
          name: string,
        ) => {
          await tx.query(`INSERT INTO "${schema}".effects VALUES ($1)`, [name])
        },
        execute: (tx: { query(text: string, values: unknown[]): Promise<unknown> }, text: string) =>
          tx.query(text, []),
        count: counted,
      },
      async end() {
        await Promise.all(pools.map((pool) => pool.end()))
        await drop()
      },
    }
  }

  const postgresJs = (prepare: boolean) => async () => {
    const schema = `case_${++count}`
    const options = { onnotice: () => {} }
    const [sql, sql2] = [postgres(server.url, options), postgres(server.url, options)] as const
    const inbox = await createPostgresInbox(sql, { schema, prepare })
    const other = await createPostgresInbox(sql2, { schema, prepare })
    const { now, elapse, counted, drop } = await upkeep(schema)
    return {
      inbox,
      other,
      now,
      elapse,
      effects: {
        write: async (tx: postgres.TransactionSql, name: string) => {
          await tx`INSERT INTO ${tx(schema)}.effects VALUES (${name})`
        },
        execute: async (tx: postgres.TransactionSql, text: string) => tx.unsafe(text),
        count: counted,
      },
      async end() {
        await Promise.all([sql.end(), sql2.end()])
        await drop()
      },
    }
  }

  const followsServer = { ownClock: false }
  for (const prepare of [false, true]) {
    const how = prepare ? ', prepared' : ''
    for (const { name, run } of inboxContract(pg(prepare), followsServer))
      test(`pg${how}: ${name}`, run)
    for (const { name, run } of inboxContract(postgresJs(prepare), followsServer))
      test(`postgres.js${how}: ${name}`, run)
  }
})
