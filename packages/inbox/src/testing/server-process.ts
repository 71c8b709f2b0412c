import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, readdirSync } from 'node:fs'
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

/** User and group to run as. PostgreSQL refuses root. */
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

/** A server as a child of this process: it goes when this process exits. */
export interface ServerProcess {
  readonly pid: number
  /** Sends the signal and waits until the process has ended. */
  end(signal: NodeJS.Signals): Promise<void>
}

/** Starts a server, and waits until its output says that it is ready. */
export async function startProcess(
  command: readonly [string, ...string[]],
  { ready, user }: { readonly ready: string; readonly user?: User | undefined },
): Promise<ServerProcess> {
  const [program, ...args] = command
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
        // Read on for good: a full pipe would stop the server.
        output = `${output}${part}`.slice(-8000)
        if (output.includes(text)) resolve()
      })
    }
    exited.then(() => reject(new Error(`The server ended before it was ready:\n${output}`)), reject)
  })
}
