import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { envelope, type Message, signed } from './fixtures.ts'

export interface FloodOptions {
  /** Forged posts offered a second. */
  readonly rate: number
  readonly seconds: number
  /** Connections that the forger holds open. Default 64. */
  readonly connections?: number
  /** Milliseconds between genuine ones, each on a connection of its own. Default 100. */
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
  /** Answers that were neither 204 nor 401, and requests that got none. */
  readonly other: number
  /** Most memory that the receiver's process held. */
  readonly peakRssMb: number
  /** The receiver's own count of its events. */
  readonly counts: Readonly<Record<string, number>>
}

/**
 * Forged notifications against a receiver on node:http in another process, each of which costs it a
 * whole RSA verification (fresh timestamp, known serial, a signature of the right length), and
 * genuine ones among them.
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
    const end = startedAt + seconds * 1000

    const forge = async () => {
      let message = forged()
      for (let turn = 1; performance.now() < end; turn++) {
        // Behind the rate: wait for the clock. Ahead of what the receiver can do: it is the
        // receiver that sets the pace.
        const wait = startedAt + (tally.forged * 1000) / rate - performance.now()
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
        if (turn % 1000 === 0) message = forged()
        tally.forged++
        const status = await post(port, agent, message)
        if (status === 204) tally.forgedAccepted++
        else if (status !== 401) tally.other++
      }
    }
    const tell = async () => {
      const waiting: Promise<unknown>[] = []
      for (let count = 0; performance.now() < end; count++) {
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
    await Promise.all([tell(), ...Array.from({ length: connections }, forge)])
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

/** The headers of one, the body of another. */
function forged(): Message {
  const other = signed(envelope(undefined, { id: 'EV-forged' }), seconds1970())
  return { headers: signed(envelope(), seconds1970()).headers, body: other.body }
}

/** Resolves to the status, or 0 when no answer came. */
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
