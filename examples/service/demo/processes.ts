import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * One process of the service, and what a supervisor does for it: start it again when it has died.
 */
export interface Supervised {
  readonly port: number
  /** Resolves when it answers that it is ready. */
  ready(): Promise<void>
  /** `kill -9`, at once; then it is started again. */
  kill(): Promise<void>
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>
}

const main = join(import.meta.dirname, '../src/main.ts')

/** Its log goes into `logFile`. */
export function supervise(
  env: Readonly<Record<string, string>>,
  port: number,
  logFile: string,
): Supervised {
  const start = (): ChildProcess => {
    const child = spawn(process.execPath, [...process.execArgv.filter(keeps), main], {
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
        const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined)
        if (answer?.ok) return
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

/** How to load TypeScript and the packages is handed on; what ties this process to npm is not. */
const keeps = (flag: string) => !flag.startsWith('--import')
