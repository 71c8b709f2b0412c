import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ReceiverConfig } from './receiver.ts'

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const execArgv = ['--conditions=@wechatpay-entrust/source']

/** Starts one of the proofs' own scripts in a process. */
export function startChild(name: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(script(name), {
    execArgv,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

export interface Receiver {
  readonly config: ReceiverConfig
  readonly pid: () => number
  /** `kill -9`, then starts a new process in its place. */
  killAndRestart(): Promise<void>
  /** Resident memory in bytes. */
  memory(): Promise<number>
  /** Resolves when the process has ended by itself. */
  died(): Promise<void>
  restart(): Promise<void>
  end(): Promise<void>
}

export async function startReceiver(
  config: ReceiverConfig,
  env: Readonly<Record<string, string>> = {},
): Promise<Receiver> {
  const run = async (own: ReceiverConfig) => {
    const child = startChild('receiver.ts', { ...env, RECEIVER: JSON.stringify(own) })
    const exited = once(child, 'exit')
    const first = await Promise.race([once(child, 'message'), exited])
    if (first[0] !== 'listening') throw new Error(`The receiver ended before it listened: ${first}`)
    return { child, exited }
  }
  let current = await run(config)
  const kill = async () => {
    current.child.kill('SIGKILL')
    await current.exited
  }
  return {
    config,
    pid: () => current.child.pid ?? 0,
    async killAndRestart() {
      await kill()
      current = await run(config)
    },
    async memory() {
      const answer = once(current.child, 'message')
      current.child.send('memory')
      const [message] = (await answer) as [{ rss: number }]
      return message.rss
    },
    async died() {
      await current.exited
    },
    async restart() {
      const { crashAt: _, ...healthy } = config
      current = await run(healthy)
    },
    end: kill,
  }
}
