import { connect } from 'node:net'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { createMock, type Fault, type FaultName, type Mock } from '../index.ts'
import {
  ask,
  authorize,
  contractPath,
  isSignedBy,
  preSignBody,
  preSignPath,
} from '../testing/by-hand.ts'

const certificates = '/v3/certificates'

let server: MockServer
beforeEach(async () => {
  server = await startMockServer()
})
afterEach(() => server.close())

/** The same request in three ways: plain fetch, MSW's interception, and a port. */
const ways: readonly [string, (mock: Mock, init: RequestInit) => Promise<Response>][] = [
  ['fetch', (mock, init) => mock.fetch(`https://api.mch.weixin.qq.com${certificates}`, init)],
  [
    'MSW',
    async (mock, init) => {
      const network = setupServer(...mock.handlers)
      network.listen()
      try {
        const response = await fetch(`https://api.mch.weixin.qq.com${certificates}`, init)
        // Read the body while MSW still intercepts.
        const bytes = await response.arrayBuffer()
        return new Response(bytes, { status: response.status, headers: response.headers })
      } finally {
        network.close()
      }
    },
  ],
  [
    'port',
    async (mock, init) => {
      server.mock.faults.clear()
      for (const fault of mock.faults.list()) server.mock.faults.add(fault)
      return fetch(`${server.baseUrl}${certificates}`, init)
    },
  ],
]

/** The result: status and length, or the error and its cause. */
async function arrives(way: (typeof ways)[number][1], fault: Omit<Fault, 'operation'>) {
  const mock = createMock()
  mock.faults.add({ operation: '*', ...fault })
  const init: RequestInit = {
    redirect: 'manual',
    headers: { Authorization: authorize({ target: certificates }) },
  }
  try {
    const response = await way(mock, init)
    return {
      status: response.status,
      headers: response.headers,
      body: Buffer.from(await response.arrayBuffer()),
    }
  } catch (error) {
    return { failed: (error as Error).name }
  }
}

test.each(ways)(
  'connection-reset and truncated-body fail like a broken connection (%s)',
  async (_name, way) => {
    expect(await arrives(way, { name: 'connection-reset' })).toEqual({ failed: 'TypeError' })
    expect(await arrives(way, { name: 'truncated-body' })).toEqual({ failed: 'TypeError' })
  },
)

test.each(ways)(
  'slow-drip delivers every byte, and the bomb decompresses to the requested size (%s)',
  async (_, way) => {
    const dripped = await arrives(way, { name: 'slow-drip', delay_ms: 0 })
    const { serial_no } = JSON.parse(String(dripped.body)).data[0]
    expect(dripped.status).toBe(200)
    const pem = server.mock.merchant.platformCertificates[0] ?? ''
    expect(isSignedBy(pem, serial_no, new Map(dripped.headers), dripped.body ?? Buffer.of())).toBe(
      true,
    )
    const bomb = await arrives(way, { name: 'compressed-bomb', size_bytes: 1_000_003 })
    expect([bomb.status, bomb.body?.length]).toEqual([200, 1_000_003])
  },
)

test.each(ways)(
  'statuses have the documented bodies, and gateways do not sign (%s)',
  async (_, way) => {
    const responses: [FaultName, number, string, boolean, string | null][] = [
      ['500', 500, 'SYSTEM_ERROR', true, null],
      ['502', 502, 'SERVICE_UNAVAILABLE', false, null],
      ['503', 503, 'SERVICE_UNAVAILABLE', false, null],
      ['504', 504, 'SERVICE_UNAVAILABLE', false, null],
      ['429', 429, 'RATELIMIT_EXCEEDED', true, '1'],
      ['202', 202, '', true, null],
      ['html', 200, '<!DOCTYPE html>', false, null],
      ['redirect', 307, '', false, null],
    ]
    for (const [name, status, text, isSigned, retryAfter] of responses) {
      const { headers, body, ...response } = await arrives(way, { name })
      expect([name, response.status, headers?.has('wechatpay-signature')]).toEqual([
        name,
        status,
        isSigned,
      ])
      expect([name, String(body)]).toEqual([name, expect.stringContaining(text)])
      expect([name, headers?.get('retry-after')]).toEqual([name, retryAfter])
      expect(headers?.get('location') ?? null).toBe(
        name === 'redirect' ? 'https://redirect.invalid/' : null,
      )
    }
    expect(
      (await arrives(way, { name: '503', retry_after_seconds: 7 })).headers?.get('retry-after'),
    ).toBe('7')
    expect((await arrives(way, { name: 'html', status: 502 })).status).toBe(502)
  },
)

/** The result of our own client for each fault. */
const outcomes: readonly [Fault['name'], object][] = [
  ['connection-reset', { name: 'ApiError', code: 'NETWORK_ERROR', outcome: 'unknown' }],
  ['truncated-body', { name: 'ApiError', outcome: 'unknown' }],
  [
    '500',
    { name: 'ApiError', code: 'SYSTEM_ERROR', status: 500, verified: true, outcome: 'unknown' },
  ],
  ['502', { name: 'ApiError', status: 502, verified: false }],
  ['503', { name: 'ApiError', status: 503, code: 'SERVICE_UNAVAILABLE' }],
  ['504', { name: 'ApiError', status: 504 }],
  ['429', { name: 'ApiError', status: 429, code: 'RATELIMIT_EXCEEDED', outcome: 'failed' }],
  ['202', { name: 'ApiError', status: 202, code: 'ACCEPTED' }],
  ['html', { name: 'SignatureError', code: 'missing-header' }],
  ['unsigned', { name: 'SignatureError', code: 'missing-header' }],
  ['wrong-signature', { name: 'SignatureError', code: 'mismatch', probe: false }],
  ['wrong-serial', { name: 'SignatureError', code: 'unknown-serial' }],
  ['stale-timestamp', { name: 'SignatureError', code: 'stale-timestamp' }],
  ['tampered-body', { name: 'SignatureError', code: 'mismatch' }],
  ['signtest', { name: 'SignatureError', code: 'mismatch', probe: true }],
  ['redirect', {}],
  ['compressed-bomb', {}],
]

test.each(outcomes)(
  'the client never returns a response with the fault %s, in process or over a port (T-21)',
  async (name, expected) => {
    const mock = createMock()
    for (const { faults, options } of [
      { faults: mock.faults, options: { fetch: mock.fetch } },
      { faults: server.mock.faults, options: { baseUrl: server.baseUrl } },
    ]) {
      faults.add({ operation: '*', name })
      const client = createWeChatPay({ ...mock.merchant, ...options })
      const body = { ...preSignBody, out_contract_code: name.replace('-', '') } as never
      const error = await client
        .qsMiniProgramPreEntrustSign({ json: body })
        .catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(Error)
      expect(error).toMatchObject(expected)
    }
  },
)

test('a client that meets latency or a slow drip stops at its deadline', async () => {
  for (const name of ['latency', 'slow-drip'] as const) {
    server.mock.faults.add({ operation: '*', name, delay_ms: 60_000, times: 1 })
    const client = createWeChatPay({
      ...server.mock.merchant,
      baseUrl: server.baseUrl,
      timeout: 300,
    })
    const error = await client.getCertificates().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'TIMEOUT' })
  }
})

test('on the port a reset is a real reset, and a truncated body is shorter than declared', async () => {
  const talk = async (name: FaultName) => {
    server.mock.faults.add({ operation: '*', name, times: 1 })
    const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
    let received = ''
    let code: string | undefined
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code
    })
    // A second request after the first: a closed connection sends no response.
    for (let count = 0; count < 2; count += 1) {
      const headers = `Accept: */*\r\nUser-Agent: b\r\nAuthorization: ${authorize({ target: certificates })}`
      socket.write(`GET ${certificates} HTTP/1.1\r\nHost: a\r\n${headers}\r\n\r\n`)
    }
    await new Promise((closed) => socket.once('close', closed))
    return { received, code }
  }
  expect(await talk('connection-reset')).toEqual({ received: '', code: 'ECONNRESET' })
  const { received } = await talk('truncated-body')
  const [head = '', body = ''] = received.split('\r\n\r\n')
  const declared = Number(/^Content-Length: (\d+)$/m.exec(head)?.[1])
  expect([body.length > 0, declared > body.length, received.split('HTTP/1.1 ').length - 1]).toEqual(
    [true, true, 1],
  )
})

test('5xx, 429 and 202 happen before the operation takes effect, all others after, unless `when` is set (T-30)', async () => {
  for (const { name, when, signed } of [
    { name: '503', when: undefined, signed: 404 },
    { name: '503', when: 'after', signed: 200 },
    { name: 'connection-reset', when: undefined, signed: 200 },
    { name: 'connection-reset', when: 'before', signed: 404 },
    { name: 'unsigned', when: undefined, signed: 200 },
  ] as const) {
    const mock = createMock({ deliver: async () => 204 })
    const body = JSON.stringify(preSignBody)
    await ask(mock, { method: 'POST', target: preSignPath, body })
    const [id] = await signedSessions(mock, body)
    expect(id).toBe('signed')
    mock.faults.add({ operation: 'terminateContractByCode', name, times: 1, ...(when && { when }) })
    const remark = '{"contract_termination_remark":"r"}'
    await ask(mock, { method: 'POST', target: `${contractPath}/terminate`, body: remark }).catch(
      () => undefined,
    )
    const state = mock.contracts()[0]?.contract_state
    expect([name, when, state]).toEqual([name, when, signed === 200 ? 'TERMINATED' : 'SIGNED'])
  }
})

async function signedSessions(mock: Mock, body: string): Promise<string[]> {
  const { json } = await ask(mock, { method: 'POST', target: preSignPath, body })
  return [(await mock.user.signs(json)).state]
}
