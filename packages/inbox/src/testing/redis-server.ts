import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram, freePort, type Missing, type Server, startServer } from './server-process.ts'

/**
 * A Redis only for the tests: own data folder, own port, loopback only. `SIGKILL`, the default of
 * `stop`, is a crash.
 */
export interface RedisServer extends Server<'SIGKILL' | 'SIGTERM'> {
  readonly port: number
}

/** The installed program. The system's own Redis service is never used. */
export function findRedis(): { readonly program: string } | Missing {
  const program = findProgram('redis-server') ?? findProgram('valkey-server')
  return program === undefined
    ? { missing: 'no Redis; apt-get install redis-server, or put redis-server on the PATH' }
    : { program }
}

/**
 * Uses an append-only file (AOF) that is synced once a second, unless the settings say otherwise.
 */
export async function startRedis(
  settings: Readonly<Record<string, string>> = {},
): Promise<RedisServer> {
  const found = findRedis()
  if ('missing' in found) throw new Error(found.missing)
  const data = mkdtempSync(join(tmpdir(), 'entrust-redis-'))
  const port = await freePort()
  const all = {
    port: String(port),
    bind: '127.0.0.1',
    dir: data,
    save: '',
    appendonly: 'yes',
    ...settings,
  }
  const command: [string, ...string[]] = [
    found.program,
    ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
  ]
  const server = await startServer({
    command,
    ready: 'Ready to accept connections',
    data,
    crash: 'SIGKILL' as 'SIGKILL' | 'SIGTERM',
  })
  return { ...server, port }
}
