import { operationExamples } from '@wechatpay-entrust/core/spec'
import type { FaultName } from '@wechatpay-entrust/mock'
import { type MockServer, startMockServer } from '@wechatpay-entrust/mock/node'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createWeChatPay, type WeChatPay } from './index.ts'

const { json } = operationExamples.qsMiniProgramPreEntrustSign.args
const path = { service_id: json.service_id, out_contract_code: json.out_contract_code }

let server: MockServer
let wechatpay: WeChatPay
/** The sent requests: one entry per attempt. */
let sent: { body: string; authorization: string }[]

beforeAll(async () => {
  server = await startMockServer()
})
afterAll(async () => {
  await server.close()
})
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  server.mock.reset()
  sent = []
  wechatpay = createWeChatPay({
    ...server.mock.merchant,
    baseUrl: server.baseUrl,
    fetch: (input, init) => {
      const authorization = new Headers(init?.headers).get('authorization') ?? ''
      sent.push({ body: Buffer.from((init?.body ?? '') as Uint8Array).toString(), authorization })
      return globalThis.fetch(input, init)
    },
  })
  return () => {
    vi.restoreAllMocks()
    wechatpay.close()
  }
})

const preSign = (timeout?: number) => wechatpay.qsMiniProgramPreEntrustSign({ json }, { timeout })
const failure = <T>(call: Promise<T>) =>
  call.then(
    () => undefined,
    (error) => error,
  )
const terminate = async () => {
  const { data } = await preSign()
  await server.mock.user.signs(data)
  sent = []
  return (fault: FaultName) => {
    server.mock.faults.add({ operation: 'terminateContractByCode', name: fault })
    return wechatpay.terminateContractByCode({
      path,
      json: { contract_termination_remark: '用户解约' },
    })
  }
}

// 429 with its Retry-After of a second has a test of its own below.
const temporary: FaultName[] = [
  'connection-reset',
  'truncated-body',
  '500',
  '502',
  '503',
  '504',
  '202',
  'signtest',
]
const untrusted: [FaultName, string][] = [
  ['unsigned', 'missing-header'],
  ['wrong-signature', 'mismatch'],
  ['wrong-serial', 'unknown-serial'],
  ['stale-timestamp', 'stale-timestamp'],
  ['tampered-body', 'mismatch'],
  ['html', 'missing-header'],
  ['compressed-bomb', 'encoded-body'],
]

test.each(temporary)(
  'T-30 fault %s: pre-sign succeeds on the retry, with the same bytes and a fresh signature',
  async (name) => {
    server.mock.faults.add({ operation: 'qsMiniProgramPreEntrustSign', name, times: 1 })
    const { data, response } = await preSign()
    expect(data.out_contract_code).toBe(json.out_contract_code)
    expect(response.status).toBe(200)
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map(({ body }) => body))).toEqual(new Set([JSON.stringify(json)]))
    expect(
      new Set(sent.map(({ authorization }) => /nonce_str="(\w+)"/.exec(authorization)?.[1])),
    ).toHaveProperty('size', 2)
    expect(
      new Set(sent.map(({ authorization }) => /signature="([^"]+)"/.exec(authorization)?.[1])).size,
    ).toBe(2)
    expect(server.mock.requests().every(({ verified }) => verified)).toBe(true)
  },
)

test('T-30 fault 429: the client waits as Retry-After asks, and then succeeds', async () => {
  server.mock.faults.add({ operation: '*', name: '429', times: 1 })
  const events: unknown[] = []
  const { merchant } = server.mock
  const listening = createWeChatPay({
    ...merchant,
    baseUrl: server.baseUrl,
    onEvent: (event) => events.push(event),
  })
  await listening.qsMiniProgramPreEntrustSign({ json })
  expect(events).toMatchObject([
    {
      type: 'attempt',
      attempt: 1,
      status: 429,
      code: 'RATELIMIT_EXCEEDED',
      willRetry: true,
      delayMs: 1000,
    },
    { type: 'attempt', attempt: 2, status: 200, willRetry: false },
  ])
})

test.each(temporary)('T-30 fault %s: a terminate that was sent is not sent again', async (name) => {
  const error = await failure((await terminate())(name))
  expect(sent).toHaveLength(1)
  if (name === 'signtest') expect(error).toMatchObject({ name: 'SignatureError', probe: true })
  else expect(error).toMatchObject({ name: 'ApiError', retryable: false, outcome: 'unknown' })
})

test.each(untrusted)(
  'fault %s: a 2xx that does not verify is rejected with %s and not retried',
  async (name, code) => {
    server.mock.faults.add({ operation: '*', name })
    expect(await failure(preSign())).toMatchObject({ name: 'SignatureError', code, probe: false })
    expect(sent).toHaveLength(1)
  },
)

test('fault html with an error status: the error has the status of the gateway’s page, and the call is retried', async () => {
  server.mock.faults.add({ operation: '*', name: 'html', status: 502 })
  expect(await failure(preSign())).toMatchObject({
    name: 'ApiError',
    code: 'HTTP_502',
    verified: false,
  })
  expect(sent).toHaveLength(3)
})

test('T-31 fault redirect: not followed, not retried', async () => {
  for (const status of [301, 302, 307, 308]) {
    server.mock.faults.clear()
    server.mock.faults.add({
      operation: '*',
      name: 'redirect',
      status,
      location: `${server.baseUrl}/v3/certificates`,
    })
    const before = server.mock.requests().length
    expect(await failure(preSign()), String(status)).toMatchObject({
      name: 'ApiError',
      status,
      retryable: false,
    })
    expect(server.mock.requests()).toHaveLength(before + 1)
  }
})

test.each(['latency', 'slow-drip'] as const)(
  'T-21 fault %s: the deadline ends the call, and so does an abort',
  async (name) => {
    server.mock.faults.add({ operation: '*', name, delay_ms: 60_000 })
    expect(await failure(preSign(150))).toMatchObject({
      name: 'ApiError',
      code: 'TIMEOUT',
      outcome: 'unknown',
    })
    const reason = new Error('the user went away')
    const controller = new AbortController()
    const call = failure(
      wechatpay.qsMiniProgramPreEntrustSign({ json }, { signal: controller.signal }),
    )
    await vi.waitUntil(() => sent.length === 2)
    controller.abort(reason)
    expect(await call).toBe(reason)
    expect(sent).toHaveLength(2)
  },
)

test('T-30 a retry returns the session that the server opened before the connection broke', async () => {
  server.mock.faults.add({ operation: '*', name: 'connection-reset', times: 2 })
  const { data } = await preSign()
  server.mock.faults.clear()
  expect((await preSign()).data.pre_entrustweb_id).toBe(data.pre_entrustweb_id)
  expect(sent).toHaveLength(4)
})

test('after three failures the error reports the unknown outcome and what to do', async () => {
  server.mock.faults.add({ operation: '*', name: 'connection-reset' })
  const error = await failure(preSign())
  expect(error).toMatchObject({ code: 'NETWORK_ERROR', outcome: 'unknown', retryable: true })
  expect(error.message).toContain('This was attempt 3.')
  expect(error.message).toContain('Repeat it with the same parameters')
})
