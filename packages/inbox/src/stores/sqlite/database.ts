import { ConfigurationError } from '@wechatpay-entrust/auth'
import { describeType, pause, type Remedy } from '@wechatpay-entrust/base'

export type SqliteValue = null | number | bigint | string | Uint8Array

/** What `DatabaseSync` of node:sqlite and `Database` of better-sqlite3 have in common. */
export interface SqliteLike {
  exec(sql: string): unknown
  prepare(sql: string): SqliteStatement
  close(): unknown
}

export interface SqliteStatement {
  run(...values: SqliteValue[]): { readonly changes: number | bigint }
  get(...values: SqliteValue[]): unknown
  all(...values: SqliteValue[]): unknown[]
}

/**
 * Opens a file, or uses an open database, and makes it durable: WAL, and a commit that returns
 * after the fsync. Both settings are read back, because SQLite ignores a setting that it cannot
 * apply. With `require` a database that it rejects is not changed, and no file is created.
 *
 * @throws {ConfigurationError} `unsuitable-store`
 */
export async function openDatabase(
  database: string | SqliteLike,
  require: ((db: SqliteLike) => void) | undefined,
): Promise<SqliteLike> {
  if (require !== undefined) await checkFirst(database, require)
  const db = typeof database === 'string' ? await openFile(database) : requireDatabase(database)
  try {
    // Short, because SQLite waits inside the call and blocks the event loop. `whenFree` waits
    // longer, between calls.
    db.exec('PRAGMA busy_timeout = 5')
    await whenFree(() => db.exec('PRAGMA journal_mode = WAL'))
    if (Number(pragma(db, 'synchronous')) < 2) db.exec('PRAGMA synchronous = FULL')
    db.exec('PRAGMA fullfsync = ON') // macOS: there fsync alone does not reach the disk.
    const [mode, synchronous] = [
      String(pragma(db, 'journal_mode')),
      Number(pragma(db, 'synchronous')),
    ]
    if (mode === 'wal' && synchronous >= 2) return db
    throw unsuitable(
      `journal_mode ${mode} and synchronous ${synchronous}`,
      'journal_mode wal and synchronous 2 (FULL)',
      {
        en: 'Use a file on a local disk: databases in memory and in network folders have no WAL. For tests there is createMemoryInbox.',
        zh: '请使用本地磁盘上的文件：内存数据库和网络目录不支持 WAL。测试可使用 createMemoryInbox。',
      },
    )
  } catch (error) {
    if (typeof database === 'string') db.close()
    throw isNoDatabase(error) ? noDatabase(database) : error
  }
}

async function checkFirst(
  database: string | SqliteLike,
  require: (db: SqliteLike) => void,
): Promise<void> {
  if (typeof database !== 'string') return require(requireDatabase(database))
  const db = await openFile(database, true)
  try {
    require(db)
  } catch (error) {
    throw isNoDatabase(error) ? noDatabase(database) : error
  } finally {
    db.close()
  }
}

/** SQLITE_NOTADB, of either driver. */
function isNoDatabase(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return errcode === 26 || code === 'SQLITE_NOTADB'
}

const noDatabase = (database: unknown) =>
  unsuitable(
    typeof database === 'string' ? `a file that is no SQLite database: ${database}` : 'no database',
    'an SQLite database',
    { en: 'Check the path.', zh: '请检查路径。' },
  )

async function openFile(path: string, readOnly = false): Promise<SqliteLike> {
  // `as string` keeps Node's types out of this package; the emitted code has the plain specifier.
  const loaded: Promise<unknown> = import('node:sqlite' as string)
  const { DatabaseSync } = (await loaded.catch(() => {
    throw unsuitable('a runtime without node:sqlite', 'Node 22.13 or newer', {
      en: 'Update Node, or pass a database that better-sqlite3 opened.',
      zh: '请升级 Node，或传入由 better-sqlite3 打开的数据库。',
    })
  })) as { DatabaseSync: new (path: string, options: object) => SqliteLike }
  try {
    return new DatabaseSync(path, { readOnly })
  } catch {
    if (readOnly) {
      throw unsuitable(`no file at ${path}`, 'the file of an inbox', {
        en: 'Check the path; the service that receives notifications creates the file when it starts.',
        zh: '请检查路径；接收通知的服务启动时会创建该文件。',
      })
    }
    throw unsuitable(
      `a path at which SQLite can open no file: ${path}`,
      'a file, there or to be made, in a folder that exists and that this process may write to',
      {
        en: 'Create the folder first (mkdir -p), and check its owner; SQLite creates only the file.',
        zh: '请先创建目录（mkdir -p）并检查其属主；SQLite 只会创建文件本身。',
      },
    )
  }
}

function requireDatabase(given: SqliteLike): SqliteLike {
  if (typeof given?.exec === 'function' && typeof given.prepare === 'function') return given
  throw unsuitable(
    typeof given === 'object' && given !== null
      ? 'an object without exec and prepare'
      : describeType(given),
    'the path of a file, or a database opened by node:sqlite or better-sqlite3',
    {
      en: 'Pass a path such as /var/lib/contracts/inbox.db; if it comes from the environment, check that the variable is set.',
      zh: '请传入路径，例如 /var/lib/contracts/inbox.db；如果来自环境变量，请检查该变量是否已设置。',
    },
  )
}

/**
 * More than the inbox itself uses. The rest is for the statements of `apply`, of which there may be
 * any number.
 */
const mostStatements = 100

/**
 * The same database, which compiles each statement once. Compiling each time is a sixth of the cost
 * of a claim.
 */
export function rememberStatements(db: SqliteLike): SqliteLike {
  const known = new Map<string, SqliteStatement>()
  return {
    exec: (sql) => db.exec(sql),
    close: () => db.close(),
    prepare(sql) {
      const found = known.get(sql)
      if (found !== undefined) return found
      if (known.size >= mostStatements) known.clear()
      const statement = db.prepare(sql)
      known.set(sql, statement)
      return statement
    },
  }
}

const pragma = (db: SqliteLike, name: 'journal_mode' | 'synchronous'): unknown =>
  Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0]

const unsuitable = (found: string, expected: string, remedy: Remedy) =>
  new ConfigurationError('unsuitable-store', { slot: 'database', found, expected, remedy })

/** The longest wait for other writers. A claim gives up earlier, when its own time is over. */
const longestWaitMs = 10_000

/**
 * Tries until no other process writes, and lets the event loop run between two tries. Looks only at
 * what `attempt` throws; a promise that it returns is returned unchanged.
 */
export async function whenFree<T>(attempt: () => T | Promise<T>): Promise<T> {
  const until = performance.now() + longestWaitMs
  for (let delay = 1; ; delay = Math.min(50, delay * 1.5)) {
    try {
      return attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error
    }
    await pause(delay * (0.5 + Math.random()))
  }
}

/**
 * Whether another connection writes, or the owner of a database that was passed in has a
 * transaction open. Our writes must not become part of that one, because it may be rolled back.
 */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number' && (errcode & 255) === 5) return true // SQLITE_BUSY and its extended codes, node:sqlite
  if (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) return true // better-sqlite3
  return error.message.includes('within a transaction')
}
