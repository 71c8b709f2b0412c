// The client of the soak, in its own process: makes calls and counts the results. See soak.ts.
import { createVerify, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createWeChatPay, type WeChatPay } from 'wechatpay-entrust'
import request from '../../../spec/examples/qs-mini-program-pre-entrust-sign.request.json' with {
  type: 'json',
}

export interface CallerConfig {
  readonly merchant: Parameters<typeof createWeChatPay>[0]
  readonly baseUrl: string
  readonly calls: number
  readonly inFlight: number
  /** Deadline of a call. */
  readonly timeout: number
}

/** The result of one run of calls. */
export interface CallFigures {
  readonly calls: number
  readonly attempts: number
  readonly answered: number
  /** Results whose signature a second implementation rejects, or that belong to another call. */
  readonly unverified: number
  /** The longest time that a call ended after its deadline, in milliseconds. */
  readonly latestMs: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly grownBytes: number
  readonly unhandled: readonly string[]
}

const { merchant, baseUrl, calls, inFlight, timeout } = JSON.parse(
  process.env.CALLER ?? '',
) as CallerConfig
const unhandled: string[] = []
process.on('unhandledRejection', (error) => unhandled.push(String(error)))

/**
 * Verifies with node:crypto only. Serialising the parsed body gives the signed bytes, because the
 * mock serialised it the same way.
 */
function isSigned(headers: Headers, data: unknown): boolean {
  const get = (name: string) => headers.get(`wechatpay-${name}`) ?? ''
  const text = `${get('timestamp')}\n${get('nonce')}\n${JSON.stringify(data)}\n`
  const { publicKey, platformCertificates = [] } = merchant
  const certificate = [...platformCertificates]
    .map((pem) => new X509Certificate(pem))
    .find(({ serialNumber }) => serialNumber === get('serial'))
  const key = get('serial') === publicKey?.id ? publicKey.pem : certificate?.publicKey
  const isFresh = Math.abs(Date.now() / 1000 - Number(get('timestamp'))) <= 301
  return (
    key !== undefined &&
    isFresh &&
    createVerify('RSA-SHA256').update(text).verify(key, get('signature'), 'base64')
  )
}

const { service_id, out_contract_code } = request

/** Three calls in four query the contract, the others pre-sign a new one. */
function call(wechatpay: WeChatPay, number: number) {
  if (number % 4 > 0)
    return wechatpay.getContractByCode({ path: { service_id, out_contract_code } })
  return wechatpay.qsMiniProgramPreEntrustSign({
    json: { ...request, out_contract_code: `soak${number}` },
  })
}

async function run(count: number): Promise<CallFigures> {
  let attempts = 0
  let [answered, unverified, latestMs, next] = [0, 0, 0, 0]
  const outcomes: Record<string, number> = {}
  const onEvent = ({ type }: { readonly type: string }) => {
    if (type === 'attempt') attempts += 1
  }
  const wechatpay = createWeChatPay({ ...merchant, baseUrl, timeout, onEvent })
  const lane = async (end: number) => {
    for (let number = next++; number < end; number = next++) {
      const startedAt = performance.now()
      const code = number % 4 > 0 ? out_contract_code : `soak${number}`
      const outcome = await call(wechatpay, number).then(
        ({ data, response }) => {
          answered += 1
          if (!isSigned(response.headers, data) || data.out_contract_code !== code) unverified += 1
          return 'answered'
        },
        (error: { code?: string }) => error.code ?? String(error),
      )
      latestMs = Math.max(latestMs, performance.now() - startedAt - timeout)
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    }
  }
  const lanes = (end: number) => Promise.all(Array.from({ length: inFlight }, () => lane(end)))
  await lanes(count / 2)
  next = count / 2
  const before = heap()
  await lanes(count)
  wechatpay.close()
  const grownBytes = heap() - before
  return { calls: count, attempts, answered, unverified, latestMs, outcomes, grownBytes, unhandled }
}

function heap(): number {
  for (let round = 0; round < 4; round += 1) globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/**
 * Starts each run when the parent asks for it, and finally reports the number of open sockets. Then
 * the process must exit by itself.
 */
for (const count of [calls, calls / 10, calls / 10]) {
  await once(process, 'message')
  process.send?.(await run(count))
}
await once(process, 'message')
process.send?.(process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length)
process.disconnect()
