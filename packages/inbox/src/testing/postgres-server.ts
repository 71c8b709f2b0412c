import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  findProgram,
  findUser,
  freePort,
  listFolder,
  type Missing,
  type Server,
  startServer,
  type User,
} from './server-process.ts'

/**
 * A PostgreSQL only for the tests: own data folder, own port, loopback only. `SIGQUIT` is an
 * immediate shutdown, as after a crash; `SIGINT` is a fast one.
 */
export interface PostgresServer extends Server<'SIGQUIT' | 'SIGINT'> {
  readonly url: string
}

interface Installation {
  readonly bin: string
  readonly user: User | undefined
}

/** The installed programs. The system's own PostgreSQL service is never used. */
export function findPostgres(): Installation | Missing {
  const folder = '/usr/lib/postgresql'
  const newestFirst = listFolder(folder).sort((a, b) => Number(b) - Number(a))
  const initdb = findProgram(
    'initdb',
    newestFirst.map((version) => join(folder, version, 'bin')),
  )
  if (initdb === undefined)
    return { missing: 'no PostgreSQL; apt-get install postgresql, or put initdb on the PATH' }
  if (process.getuid?.() !== 0) return { bin: dirname(initdb), user: undefined }
  const user = findUser(['postgres', 'nobody'])
  return user === undefined
    ? { missing: 'PostgreSQL does not run as root, and there is no user postgres or nobody' }
    : { bin: dirname(initdb), user }
}

export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const found = findPostgres()
  if ('missing' in found) throw new Error(found.missing)
  const { bin, user } = found
  const data = mkdtempSync(join(tmpdir(), 'entrust-postgres-'))
  if (user !== undefined) chownSync(data, user.uid, user.gid)
  const setUp = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]
  execFileSync(join(bin, 'initdb'), setUp, { stdio: 'pipe', cwd: '/', ...user })

  const port = await freePort()
  const options = Object.entries({ max_connections: '120', ...settings }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  )
  const command: [string, ...string[]] = [
    join(bin, 'postgres'),
    '-D',
    data,
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '-k',
    '',
    ...options,
  ]
  const server = await startServer({
    command,
    ready: 'database system is ready to accept connections',
    user,
    data,
    crash: 'SIGQUIT' as 'SIGQUIT' | 'SIGINT',
  })
  return { ...server, url: `postgres://postgres@127.0.0.1:${port}/postgres` }
}
