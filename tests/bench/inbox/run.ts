import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { cpuOfFamily } from './children.ts'
import type { ClaimsFigures, ClaimsRun } from './claims.ts'
import type { Load, Outcome } from './load.ts'
import type { Cost, Receiver } from './receiver.ts'

export interface Run extends Outcome {
  readonly perSecond: number
  readonly cost: Cost
  /** Processor time of PostgreSQL, in milliseconds; 0 without one. */
  readonly serverCpuMs: number
}

/** The runs, one for each rate. */
export interface Rate {
  readonly perSecond: number
  readonly seconds: number
}

/** Claims alone, on the first core. */
export async function runClaims(run: ClaimsRun): Promise<ClaimsFigures> {
  const claiming = start('claims.ts', 0, { CLAIMS: JSON.stringify(run) })
  const figures = await heard<ClaimsFigures>(claiming)
  if (claiming.exitCode === null) await once(claiming, 'exit')
  return figures
}

/**
 * Runs a receiver on the first core and the load on the second, one rate after the other. The first
 * rate is only a warm-up.
 */
export async function runLoads(
  receiver: Receiver,
  rates: readonly Rate[],
  serverPid?: number,
): Promise<Run[]> {
  const serverCpu = () => (serverPid === undefined ? 0 : cpuOfFamily(serverPid))
  const serving = start('receiver.ts', 0, { RECEIVER: JSON.stringify(receiver) })
  try {
    const port = await heard<number>(serving)
    const runs: Run[] = []
    for (const [index, { perSecond, seconds }] of [rates[0] as Rate, ...rates].entries()) {
      const sending = { port, perSecond, count: Math.ceil(perSecond * seconds), name: `${index}` }
      const outcome = await load(sending, () => ask<Cost>(serving), serverCpu)
      if (index > 0) runs.push({ ...outcome, perSecond })
    }
    return runs
  } finally {
    await end(serving)
  }
}

async function load(
  load: Load,
  readCost: () => Promise<Cost>,
  serverCpu: () => number,
): Promise<Omit<Run, 'perSecond'>> {
  const sending = start('load.ts', 1, {})
  try {
    sending.send(load)
    await heard(sending)
    await readCost() // counts from here
    const serverBefore = serverCpu()
    sending.send('go')
    const outcome = await heard<Outcome>(sending)
    return { ...outcome, cost: await readCost(), serverCpuMs: serverCpu() - serverBefore }
  } finally {
    await end(sending)
  }
}

const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
export const canPin = has('taskset')

function start(file: string, core: number, env: Readonly<Record<string, string>>): ChildProcess {
  const prefix = canPin ? ['taskset', '-c', String(core)] : []
  const node = [
    process.execPath,
    '--conditions=@wechatpay-entrust/source',
    join(import.meta.dirname, file),
  ]
  const [program, ...args] = [...prefix, ...node] as [string, ...string[]]
  return spawn(program, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  if (child.connected) child.disconnect()
  await ended
}

function ask<T>(child: ChildProcess): Promise<T> {
  const answer = heard<T>(child)
  child.send('cost')
  return answer
}

/** The next message of a child process; rejects when the process ends first. */
async function heard<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController()
  try {
    const [message] = await Promise.race([
      once(child, 'message', { signal: ended.signal }),
      once(child, 'exit', { signal: ended.signal }).then(([code]) => {
        throw new Error(`a process of the measurement ended with ${code}`)
      }),
    ])
    return message as T
  } finally {
    ended.abort()
  }
}
