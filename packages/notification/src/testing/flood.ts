import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { envelope, type Message, signed } from './fixtures.ts'

export interface FloodOptions {
  /** Forged posts per second. */
  readonly rate: number
  /** The shortest duration. */
  readonly seconds: number
  /** Connections for forged posts. Default 64. */
  readonly connections?: number
  /** Milliseconds between genuine ones, each on its own connection. Default 100. */
  readonly genuineEveryMs?: number
}

export interface FloodResult {
  readonly forged: { readonly sent: number; readonly perSecond: number; readonly accepted: number }
  readonly genuine: {
    readonly sent: number
    readonly accepted: number
    readonly p50Ms: number
    readonly maxMs: number
  }
  /** Responses other than 204 and 401, and requests without a response. */
  readonly other: number
  /** Peak memory of the receiver's process. */
  readonly peakRssMb: number
  /** The receiver's own count of its events. */
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Sends forged and genuine notifications to a receiver on node:http in another process. Each forged
 * one costs a whole RSA verification: fresh timestamp, known serial, a signature of the right
 * length.
 */
export async function flood({
  rate,
  seconds,
  connections = 64,
  genuineEveryMs = 100,
}: FloodOptions): Promise<FloodResult> {
  const child = fork(fileURLToPath(new URL('flood-server.ts', import.meta.url)), {
    execArgv: ['--conditions=@wechatpay-entrust/source'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    const tally = { forged: 0, forgedAccepted: 0, other: 0 }
    const genuine: { status: number; ms: number }[] = []
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const startedAt = performance.now()
    // On a slow machine the flood lasts longer, so that each connection is used again.
    const isOver = () =>
      performance.now() >= startedAt + seconds * 1000 && tally.forged > connections

    const forge = async () => {
      let message = forged()
      for (let turn = 1; !isOver(); turn++) {
        // Ahead of the rate: wait. If the receiver is slower than the rate, it sets the pace.
        const wait = startedAt + (tally.forged * 1000) / rate - performance.now()
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
        if (turn % 1000 === 0) message = forged()
        tally.forged++
        const status = await post(port, agent, message)
        if (status === 204) tally.forgedAccepted++
        else if (status !== 401) tally.other++
      }
    }
    const sendGenuine = async () => {
      const waiting: Promise<unknown>[] = []
      for (let count = 0; count === 0 || !isOver(); count++) {
        const message = signed(envelope(undefined, { id: `EV-${count}` }), seconds1970())
        const sentAt = performance.now()
        const sent = post(port, new Agent(), message)
        waiting.push(
          sent.then((status) => genuine.push({ status, ms: performance.now() - sentAt })),
        )
        await new Promise((resolve) => setTimeout(resolve, genuineEveryMs))
      }
      await Promise.all(waiting)
    }
    await Promise.all([sendGenuine(), ...Array.from({ length: connections }, forge)])
    const elapsed = (performance.now() - startedAt) / 1000
    agent.destroy()
    child.send('report')
    const [{ peak, counts }] = (await once(child, 'message')) as [
      { peak: number; counts: Record<string, number> },
    ]
    const times = genuine.map(({ ms }) => ms).sort((a, b) => a - b)
    return {
      forged: {
        sent: tally.forged,
        perSecond: Math.round(tally.forged / elapsed),
        accepted: tally.forgedAccepted,
      },
      genuine: {
        sent: genuine.length,
        accepted: genuine.filter(({ status }) => status === 204).length,
        p50Ms: Math.round(times[times.length >> 1] ?? 0),
        maxMs: Math.round(times.at(-1) ?? 0),
      },
      other: tally.other,
      peakRssMb: Math.round(peak / 2 ** 20),
      counts,
    }
  } finally {
    child.disconnect()
  }
}

const seconds1970 = () => Math.floor(Date.now() / 1000)

/** The headers of one message and the body of another. */
function forged(): Message {
  const other = signed(envelope(undefined, { id: 'EV-forged' }), seconds1970())
  return { headers: signed(envelope(), seconds1970()).headers, body: other.body }
}

/** Resolves with the status, or with 0 if there was no response. */
function post(port: number, agent: Agent, { headers, body }: Message): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(
      { port, agent, host: '127.0.0.1', method: 'POST', headers },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0))
      },
    )
    sent.on('error', () => resolve(0))
    sent.end(body)
  })
}
