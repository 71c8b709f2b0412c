import { ConfigurationError } from '@wechatpay-entrust/auth'
import type { SqliteConnection } from './connection.ts'

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
