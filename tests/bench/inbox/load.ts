/**
 * The load, in its own process: signs all notifications in advance, then sends each at its time,
 * without waiting for earlier responses. The times are random with a fixed seed and have the given
 * average rate.
 */
import { connect, type Socket } from 'node:net'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { buildNotification } from '@wechatpay-entrust/notification/platform'
import { createDice } from '../../../mocks/src/platform/random.ts'
import { apiV3Key, contract, platformKeyId, platformPrivateKey } from '../support/material.ts'

export interface Load {
  readonly port: number
  readonly perSecond: number
  readonly count: number
  /** A part of the ids, so that two loads of one store have different ids. */
  readonly name: string
}

export interface Outcome {
  /** Milliseconds from sending to the response, for each. */
  readonly ms: readonly number[]
  /** Milliseconds that each was sent too late: more than a few mean that the sender is too slow. */
  readonly lateMs: readonly number[]
  /** The number of responses other than 204. */
  readonly failed: number
  readonly connections: number
  readonly seconds: number
  /** Processor time of the sender, in milliseconds. */
  readonly senderCpuMs: number
}

const key = importRsaPrivateKey(String(platformPrivateKey.export({ type: 'pkcs8', format: 'pem' })))

async function prepare({ port, count, name }: Load): Promise<Buffer[]> {
  const requests: Buffer[] = []
  for (let at = 0; at < count; at++) {
    const { headers, body } = await buildNotification({
      id: `EV-20261123120000${name}${String(at).padStart(8, '0')}`,
      event_type: 'ENTRUST.SIGN',
      summary: '签约成功',
      original_type: 'entrust',
      associated_data: 'entrust',
      resource: contract,
      apiV3Key,
      key,
      serialNumber: platformKeyId,
    })
    const lines = Object.entries({
      ...headers,
      Host: `127.0.0.1:${port}`,
      'Content-Length': String(body.length),
    })
    const head = `POST /notify HTTP/1.1\r\n${lines.map(([field, value]) => `${field}: ${value}`).join('\r\n')}\r\n\r\n`
    requests.push(Buffer.concat([Buffer.from(head), body]))
  }
  return requests
}

async function send(
  { port, perSecond, count }: Load,
  requests: readonly Buffer[],
): Promise<Outcome> {
  const random = createDice(1)
  let time = 0
  const due = Array.from(
    { length: count },
    () => (time += (-Math.log(1 - random()) * 1000) / perSecond),
  )
  const idle: ((request: Buffer, since?: number) => void)[] = []
  const ms: number[] = []
  const lateMs: number[] = []
  let [failed, connections, next] = [0, 0, 0]
  const used = process.cpuUsage()
  const start = performance.now()
  await new Promise<void>((resolve) => {
    type Use = (request: Buffer, since?: number) => void
    // One request at a time on each connection, and as many connections as needed, so no request
    // waits for an earlier response.
    const open = (): Use => {
      connections++
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
      let pending: { readonly request: Buffer; readonly since: number } | undefined
      const use: Use = (request, since = performance.now()) => {
        pending = { request, since }
        socket.write(request)
      }
      socket.on('data', (part) => {
        if (pending === undefined) return
        ms.push(performance.now() - pending.since)
        pending = undefined
        if (part.toString('latin1', 9, 12) !== '204') failed++
        idle.push(use)
        if (ms.length === count) resolve()
      })
      socket.on('error', () => {}) // the close event follows
      socket.on('close', () => {
        const at = idle.indexOf(use)
        if (at >= 0) idle.splice(at, 1)
        // The server closed an idle connection just as it was used again: like other clients,
        // repeat on another one.
        if (pending !== undefined) (idle.pop() ?? open())(pending.request, pending.since)
      })
      return use
    }
    const tick = () => {
      const now = performance.now() - start
      for (; next < count && (due[next] as number) <= now; next++) {
        lateMs.push(now - (due[next] as number))
        ;(idle.pop() ?? open())(requests[next] as Buffer)
      }
      if (next < count) setTimeout(tick, 1)
    }
    tick()
  })
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(used)
  return { ms, lateMs, failed, connections, seconds, senderCpuMs: (user + system) / 1000 }
}

process.once('message', async (load: Load) => {
  const requests = await prepare(load)
  process.once('message', async () => process.send?.(await send(load, requests)))
  process.send?.('ready')
})
process.on('disconnect', () => process.exit())
