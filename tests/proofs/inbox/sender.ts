import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { buildNotification } from '@wechatpay-entrust/notification/platform'
import { keys } from '../keys.ts'

const own = importRsaPrivateKey(keys.publicKey.privateKey)
const foreign = importRsaPrivateKey(keys.other.privateKey)

/**
 * `genuine`, or what a receiver must reject: signed with another key, a signature probe, or 400 s
 * old.
 */
export type Kind = 'genuine' | 'forged' | 'probe' | 'stale'

/** Signs with the current time, repeats too. The content is the same for the same id. */
export function build(id: string, kind: Kind = 'genuine') {
  const clock = kind === 'stale' ? () => Date.now() - 400_000 : Date.now
  return buildNotification({
    id,
    event_type: 'ENTRUST.SIGN',
    summary: '签约成功',
    original_type: 'entrust',
    associated_data: 'entrust',
    resource: {
      mchid: keys.merchant.mchid,
      service_id: 12535,
      out_contract_code: `code-${id}`,
      openid: 'oTestOpenid00000000000000001',
      contract_id: id,
      contract_state: 'SIGNED',
    },
    apiV3Key: keys.apiV3Key,
    key: kind === 'forged' ? foreign : own,
    serialNumber: keys.publicKey.id,
    clock,
    probe: kind === 'probe',
  })
}

/** The response, and after how many milliseconds; undefined when the connection broke. */
export interface Responded {
  readonly status: number
  readonly ms: number
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

export async function post(
  port: number,
  id: string,
  kind: Kind = 'genuine',
): Promise<Responded | undefined> {
  return send(port, await build(id, kind))
}

export function send(
  port: number,
  {
    headers,
    body,
  }: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array },
): Promise<Responded | undefined> {
  const start = performance.now()
  return new Promise((resolve) => {
    const sending = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/notify',
        agent,
        headers: { ...headers, 'Content-Length': body.length },
      },
      (response) => {
        response.resume()
        response.on('error', () => resolve(undefined))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, ms: performance.now() - start }),
        )
      },
    )
    // WeChat Pay would not wait that long, so the response is counted as late.
    sending.setTimeout(10_000, () => sending.destroy())
    sending.on('error', () => {
      const ms = performance.now() - start
      resolve(ms > 5_000 ? { status: 0, ms } : undefined)
    })
    sending.end(body)
  })
}

/** An incomplete request: headers and a part of the body. Stays open for `openMs`, then closes. */
export async function postHalf(port: number, openMs: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
  socket.write('POST /notify HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"id":"')
  await pause(openMs)
  socket.destroy()
}

export interface Figures {
  sent: number
  /** Ids that got a 204 at least once. */
  acknowledged: Set<string>
  duplicates: number
  rejectedGenuine: number
  acceptedForged: number
  /** Times of all responses, in milliseconds. */
  readonly times: number[]
}

export const newFigures = (): Figures => ({
  sent: 0,
  acknowledged: new Set(),
  duplicates: 0,
  rejectedGenuine: 0,
  acceptedForged: 0,
  times: [],
})

/**
 * Plays WeChat Pay: sends a notification until it is acknowledged, and one in five of them twice.
 */
export async function deliver(
  id: string,
  ports: readonly number[],
  figures: Figures,
  random: () => number,
): Promise<void> {
  const anyPort = () => ports[Math.floor(random() * ports.length)] as number
  figures.sent++
  const twice = random() < 0.2
  const repeat = async () => {
    for (;;) {
      const answered = await post(anyPort(), id)
      if (answered !== undefined) {
        figures.times.push(answered.ms)
        if (answered.status === 401) figures.rejectedGenuine++
        if (answered.status === 204) {
          figures.acknowledged.add(id)
          return
        }
      }
      await pause(50)
    }
  }
  if (twice) figures.duplicates++
  await Promise.all(twice ? [repeat(), repeat()] : [repeat()])
}

/** Sends something that must be rejected, once. */
export async function attack(
  id: string,
  kind: Kind,
  port: number,
  figures: Figures,
): Promise<void> {
  const answered = await post(port, id, kind)
  if (answered === undefined) return
  figures.times.push(answered.ms)
  if (answered.status !== 401) figures.acceptedForged++
}
