import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

/** Why a server cannot be started here, and how to get it: what a skipped test prints. */
export interface Missing {
  readonly missing: string
}

/** The first folder that has the program: those given, then the PATH. */
export function findProgram(name: string, folders: readonly string[] = []): string | undefined {
  const candidates = [...folders, ...(process.env.PATH ?? '').split(delimiter)].map((folder) =>
    join(folder, name),
  )
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

export function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A port that was free a moment ago, on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a port was expected')
  return address.port
}

/** User and group of the server process. PostgreSQL does not run as root. */
export interface User {
  readonly uid: number
  readonly gid: number
}

export function findUser(names: readonly string[]): User | undefined {
  for (const name of names) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, name], { stdio: 'pipe' })),
      )
      if (uid !== undefined && gid !== undefined) return { uid, gid }
    } catch {
      // The next name.
    }
  }
  return undefined
}

interface ServerProcess {
  readonly pid: number
  end(signal: NodeJS.Signals): Promise<void>
}

/** A server with a data folder of its own, as a child of this process. */
export interface Server<Signal extends NodeJS.Signals> {
  /** Of the first process, the parent of all others. */
  readonly pid: () => number
  stop(signal?: Signal): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its data. */
  end(): Promise<void>
}

/**
 * Starts a server and waits until its output contains `ready`. `crash` is the default signal of
 * `stop`.
 */
export async function startServer<Signal extends NodeJS.Signals>(options: {
  readonly command: readonly [string, ...string[]]
  readonly ready: string
  readonly user?: User | undefined
  readonly data: string
  readonly crash: Signal
}): Promise<Server<Signal>> {
  let server: ServerProcess | undefined = await startProcess(options)
  const stop = async (signal: Signal = options.crash) => {
    const stopping = server
    server = undefined
    await stopping?.end(signal)
  }
  return {
    pid: () => server?.pid ?? 0,
    stop,
    async start() {
      server ??= await startProcess(options)
    },
    async end() {
      await stop()
      rmSync(options.data, { recursive: true, force: true })
    },
  }
}

async function startProcess({
  command: [program, ...args],
  ready,
  user,
}: {
  readonly command: readonly [string, ...string[]]
  readonly ready: string
  readonly user?: User | undefined
}): Promise<ServerProcess> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    ...user,
  })
  const stop = () => child.kill('SIGKILL')
  process.on('exit', stop)
  const exited = once(child, 'exit').finally(() => process.off('exit', stop))
  await waitForText(child, ready, exited)
  return {
    pid: child.pid ?? 0,
    async end(signal) {
      child.kill(signal)
      await exited
    },
  }
}

function waitForText(child: ChildProcess, text: string, exited: Promise<unknown>): Promise<void> {
  let output = ''
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => {
        // Keep reading after that: a full pipe would block the server.
        output = `${output}${part}`.slice(-8000)
        if (output.includes(text)) resolve()
      })
    }
    exited.then(() => reject(new Error(`The server ended before it was ready:\n${output}`)), reject)
  })
}
