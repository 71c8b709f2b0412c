import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  findProgram,
  freePort,
  type Missing,
  type ServerProcess,
  startProcess,
} from './server-process.ts'

/** A Redis of the tests' own: own data folder, own port, loopback only. */
export interface RedisServer {
  readonly port: number
  readonly pid: () => number
  /** `SIGKILL`, the default, is a crash. */
  stop(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its data. */
  end(): Promise<void>
}

/** The system's program, never its service. */
export function findRedis(): { readonly program: string } | Missing {
  const program = findProgram('redis-server') ?? findProgram('valkey-server')
  return program === undefined
    ? { missing: 'no Redis; apt-get install redis-server, or put redis-server on the PATH' }
    : { program }
}

/**
 * With an append-only file (AOF), written through once a second, unless the settings say otherwise.
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
  const command = [
    found.program,
    ...Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
  ]
  const run = () =>
    startProcess(command as [string, ...string[]], { ready: 'Ready to accept connections' })
  let server: ServerProcess | undefined = await run()

  const stop = async (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') => {
    const stopping = server
    server = undefined
    await stopping?.end(signal)
  }
  return {
    port,
    pid: () => server?.pid ?? 0,
    stop,
    async start() {
      server ??= await run()
    },
    async end() {
      await stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
