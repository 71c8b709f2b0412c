import { ConfigurationError } from '@wechatpay-entrust/auth'
import type { Database, Query } from './client.ts'

/** Quoted names of the tables. */
export interface Tables {
  readonly schema: string | undefined
  readonly inbox: string
  readonly versions: string
  readonly index: (name: string) => string
}

/** Letters, digits and underscores only: names cannot be parameters of a statement. */
export function nameTables(schema: string | undefined, table: string): Tables {
  for (const [slot, name] of Object.entries({ schema, table })) {
    if (name === undefined || /^[a-z_][a-z0-9_]{0,39}$/.test(name)) continue
    throw new ConfigurationError('malformed-name', {
      slot,
      found: 'a name with other characters, or of another length',
      expected: 'lower-case letters, digits and underscores, at most 40',
      remedy: {
        en: 'Choose such a name; it is created if it does not exist.',
        zh: '请使用符合要求的名称；不存在时会自动创建。',
      },
    })
  }
  const within = schema === undefined ? '' : `"${schema}".`
  return {
    schema: schema && `"${schema}"`,
    inbox: `${within}"${table}"`,
    versions: `${within}"${table}_versions"`,
    index: (name) => `"${table}_${name}"`,
  }
}

/**
 * Each one is applied once, in order, and never edited afterwards. They only add, so that processes
 * of the previous version can run beside those of the next.
 */
const migrations: readonly ((tables: Tables) => readonly string[])[] = [
  ({ inbox, index }) => [
    `CREATE TABLE ${inbox} (
      scope text NOT NULL,
      id text NOT NULL,
      digest text NOT NULL,
      event_type text NOT NULL,
      sealed bytea NOT NULL,
      state text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'leased', 'parked', 'done')),
      attempts integer NOT NULL DEFAULT 0,
      leases bigint NOT NULL DEFAULT 0,
      owner text,
      received_at timestamptz NOT NULL DEFAULT now(),
      due_at timestamptz NOT NULL DEFAULT now(),
      done_at timestamptz,
      error text,
      PRIMARY KEY (scope, id)
    )`,
    `CREATE INDEX ${index('due')} ON ${inbox} (due_at, received_at) WHERE state IN ('ready', 'leased')`,
    `CREATE INDEX ${index('done')} ON ${inbox} (done_at) WHERE state = 'done'`,
  ],
]

/**
 * Upgrades the tables. If several processes start at once, one does it and the others wait.
 */
export async function migrate(database: Database<unknown>, tables: Tables): Promise<void> {
  // Checked first, so that a role without the right to create can start on current tables.
  const current = await readVersion((text, values) => database.query(text, values), tables)
  if (current >= migrations.length) return
  await database.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [tables.versions])
    if (tables.schema !== undefined) await query(`CREATE SCHEMA IF NOT EXISTS ${tables.schema}`)
    await query(`CREATE TABLE IF NOT EXISTS ${tables.versions}
      (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`)
    for (
      let version = (await readVersion(query, tables)) + 1;
      version <= migrations.length;
      version++
    ) {
      for (const statement of migrations[version - 1]?.(tables) ?? []) await query(statement)
      await query(`INSERT INTO ${tables.versions} (version) VALUES ($1)`, [version])
    }
  })
}

async function readVersion(query: Query, { versions }: Tables): Promise<number> {
  const { rows: found } = await query('SELECT to_regclass($1)::text AS name', [versions])
  if (found[0]?.name === null) return 0
  const { rows } = await query(`SELECT coalesce(max(version), 0)::text AS version FROM ${versions}`)
  return Number(rows[0]?.version)
}

/**
 * The table's name with its schema, for people. Only reads.
 *
 * @throws {ConfigurationError} `unsuitable-store`
 */
export async function requireTables(database: Database<unknown>, tables: Tables): Promise<string> {
  const { rows } = await database.query(
    `SELECT nspname || '.' || relname AS location FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE pg_class.oid = to_regclass($1)`,
    [tables.inbox],
  )
  const location = rows[0]?.location
  if (typeof location === 'string') {
    const version = await readVersion((text, values) => database.query(text, values), tables)
    if (version >= migrations.length) return location
  }
  const name = tables.inbox.replaceAll('"', '')
  const where = tables.schema === undefined ? ' in the schemas of the search_path' : ''
  throw new ConfigurationError('unsuitable-store', {
    slot: 'client',
    found: location === undefined ? `no table ${name}${where}` : `an older table ${name}`,
    expected: 'the table of an inbox',
    remedy: {
      en: 'Check schema and table (--schema and --name on the command line); the service that receives notifications creates the table when it starts.',
      zh: '请检查 schema 与表名（命令行参数 --schema 与 --name）；接收通知的服务启动时会创建该表。',
    },
  })
}

/**
 * With either setting off, a commit returns before it is on the disk, and a crash loses what was
 * acknowledged.
 */
export async function requireDurable(database: Database<unknown>): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit']) {
    const { rows } = await database.query('SELECT current_setting($1) AS value', [setting])
    if (rows[0]?.value !== 'off') continue
    throw new ConfigurationError('unsuitable-store', {
      slot: 'client',
      found: `${setting} = off on the PostgreSQL server, or for this role or database`,
      expected: `${setting} = on`,
      remedy: {
        en: 'Turn it on: a crash would lose acknowledged notifications. In tests, set acceptLoss: true to accept that.',
        zh: '请将其开启：否则崩溃时会丢失已应答的通知。测试中可设置 acceptLoss: true。',
      },
    })
  }
}
