import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** One process of the service under a supervisor, which restarts it after a crash. */
export interface Supervised {
  readonly port: number
  /** Resolves when `/health/ready` reports that it is ready. */
  ready(): Promise<void>
  /** Ends it with `kill -9`, and starts it again. */
  kill(): Promise<void>
  /** Sends SIGTERM and returns the exit code. */
  stop(): Promise<number | null>
}

const main = join(import.meta.dirname, '../src/main.ts')

/** Starts the process; it writes its log into `logFile`. */
export function supervise(
  env: Readonly<Record<string, string>>,
  port: number,
  logFile: string,
): Supervised {
  const start = (): ChildProcess => {
    const child = spawn(process.execPath, [...process.execArgv.filter(isPassedOn), main], {
      env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part) => appendFileSync(logFile, part))
    return child
  }
  let child = start()
  process.once('exit', () => child.kill('SIGKILL'))
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    return (await ended)[0]
  }
  return {
    port,
    async ready() {
      for (;;) {
        if (child.exitCode !== null)
          throw new Error(`the service ended with ${child.exitCode}; see ${logFile}`)
        const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
        if (response?.ok) return
        await pause(50)
      }
    },
    async kill() {
      await end('SIGKILL')
      child = start()
    },
    stop: () => end('SIGTERM'),
  }
}

/** The flags that load TypeScript and the packages. `--import` would end the process with npm. */
const isPassedOn = (flag: string) => !flag.startsWith('--import')
