import { ConfigurationError } from '@wechatpay-entrust/auth'
import type { SqliteConnection } from './connection.ts'
import type { SqliteLike } from './database.ts'

/**
 * Each entry upgrades the tables by one version, and never changes after its release. `due_at` is
 * when a record may be leased, when its lease runs out, or when it was done. All times are
 * milliseconds since the epoch.
 */
const migrations: readonly string[] = [
  `CREATE TABLE wechatpay_inbox (
     seq INTEGER PRIMARY KEY,
     scope TEXT NOT NULL,
     id TEXT NOT NULL,
     digest TEXT NOT NULL,
     event_type TEXT NOT NULL,
     sealed BLOB NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'parked', 'done')),
     attempts INTEGER NOT NULL,
     received_at INTEGER NOT NULL,
     due_at INTEGER NOT NULL,
     token TEXT,
     owner TEXT,
     error TEXT,
     UNIQUE (scope, id)
   ) STRICT;
   CREATE INDEX wechatpay_inbox_due ON wechatpay_inbox (due_at, seq) WHERE state IN ('ready', 'leased');
   CREATE INDEX wechatpay_inbox_state ON wechatpay_inbox (state, due_at, received_at);`,
]

/**
 * Upgrades the tables to this version, in one transaction that holds the write lock. If several
 * processes start at once, one does it and the others find it done.
 *
 * @throws {ConfigurationError} `unsuitable-store`
 */
export async function migrate(connection: SqliteConnection): Promise<void> {
  await connection.write((db) => {
    // Not PRAGMA user_version: the owner of a file may use it for its own tables.
    db.exec('CREATE TABLE IF NOT EXISTS wechatpay_inbox_version (version INTEGER NOT NULL) STRICT')
    const row = db.prepare('SELECT max(version) AS version FROM wechatpay_inbox_version').get()
    const version = Number((row as { version: number | null }).version ?? 0)
    if (version > migrations.length) throw tooNew(version)
    for (const [at, sql] of migrations.entries()) {
      if (at < version) continue
      db.exec(sql)
      db.prepare('INSERT INTO wechatpay_inbox_version (version) VALUES (?)').run(at + 1)
    }
  })
}

const tooNew = (version: number) =>
  new ConfigurationError('unsuitable-store', {
    slot: 'database',
    found: `tables of version ${version}`,
    expected: `version ${migrations.length} or older`,
    remedy: {
      en: 'A newer release created them: use that release.',
      zh: '这些表由更新的版本创建：请使用该版本。',
    },
  })

/**
 * For `create: false`: the tables must be there, in this version or a newer one. Only reads.
 *
 * @throws {ConfigurationError} `unsuitable-store`
 */
export function requireTables(db: SqliteLike): void {
  const version = readVersion(db)
  if (version > migrations.length) throw tooNew(version)
  if (version === migrations.length) return
  throw new ConfigurationError('unsuitable-store', {
    slot: 'database',
    found: version === 0 ? 'a database without the table wechatpay_inbox' : `version ${version}`,
    expected: `the tables of an inbox, version ${migrations.length}`,
    remedy: {
      en: 'Check the path; the service that receives notifications creates the tables when it starts.',
      zh: '请检查路径；接收通知的服务启动时会创建这些表。',
    },
  })
}

function readVersion(db: SqliteLike): number {
  const table = db
    .prepare(
      "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'wechatpay_inbox_version'",
    )
    .get()
  if (table === undefined || table === null) return 0
  const row = db.prepare('SELECT max(version) AS version FROM wechatpay_inbox_version').get()
  return Number((row as { version: number | null }).version ?? 0)
}

/** A time that certainly has passed: when the latest record was received, or one was done. */
export function latestTime(db: SqliteLike): number {
  const received = '(SELECT received_at FROM wechatpay_inbox ORDER BY seq DESC LIMIT 1)'
  const done = "(SELECT max(due_at) FROM wechatpay_inbox WHERE state = 'done')"
  const row = db.prepare(`SELECT max(ifnull(${received}, 0), ifnull(${done}, 0)) AS time`).get()
  return Number((row as { time: number }).time)
}
