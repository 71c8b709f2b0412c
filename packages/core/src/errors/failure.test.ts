import { unsent } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import type { ClientFetch } from '../call/transport.ts'
import { preSignBody, rejection, responding, unverified, verified } from '../testing/handler.ts'
import type { ApiError } from './api-error.ts'

const preSign = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).qsMiniProgramPreEntrustSign({ json: preSignBody }),
  ) as Promise<ApiError>
const terminate = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).terminateContractByCode({
      path: { service_id: 12535, out_contract_code: preSignBody.out_contract_code },
      json: { contract_termination_remark: '用户解约' },
    }),
  ) as Promise<ApiError>
const failingWith = (body: string, status: number, headers: Record<string, string> = {}) =>
  preSign(responding(() => unverified(body, { status, headers })).fetch)
const failing = (fields: object) =>
  preSign(() =>
    Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: systemError(fields) })),
  )
const systemError = (fields: object) => Object.assign(new Error('system'), fields)

test('only after a failure to connect the request was certainly not sent', async () => {
  for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED'])
    expect(await failing({ code }), code).toMatchObject({
      code: 'NETWORK_ERROR',
      outcome: 'failed',
    })
  for (const code of ['ETIMEDOUT', 'ECONNRESET', 'EADDRNOTAVAIL'])
    expect(await failing({ code, syscall: 'connect' }), code).toMatchObject({
      code: 'NETWORK_ERROR',
      outcome: 'failed',
    })
  for (const code of [
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'UND_ERR_SOCKET',
    'NO_CERT_X',
    'ENOTFOUND_LATER',
    5,
    'a b',
  ])
    expect(await failing({ code }), String(code)).toMatchObject({
      code: 'NETWORK_ERROR',
      outcome: 'unknown',
    })
})

test('if the host becomes unreachable after sending, the outcome is unknown', async () => {
  const connecting = { code: 'EHOSTUNREACH', syscall: 'connect' }
  expect(await failing(connecting)).toMatchObject({
    outcome: 'failed',
    retryable: true,
    verified: false,
  })
  for (const syscall of ['read', 'write'])
    expect(await failing({ ...connecting, syscall }), syscall).toMatchObject({ outcome: 'unknown' })
})

test('T-26 only a well-formed code of a network failure is shown, and circular causes end', async () => {
  expect((await failing({ code: 'a\nFAKE LOG' })).message).not.toContain('FAKE')
  const circle = systemError({})
  circle.cause = circle
  expect(await preSign(() => Promise.reject(circle))).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
  })
})

test('the remedy belongs to the status; below 429 only a documented code has one', async () => {
  const remedyAfter = async (code: string, status: number) =>
    (await preSign(responding(() => verified({ code, message: 'm' }, { status })).fetch)).remedy
  expect((await remedyAfter('NO_AUTH', 403))?.zh).toBe('请开通商户号权限。请联系产品申请。')
  expect((await remedyAfter('NO_AUTH', 500))?.zh).toMatch(/^请稍后重试。/)
  expect(await remedyAfter('RULE_LIMIT', 403)).toBeUndefined()
})

test('a code that is already signed has a remedy of its own (C4)', async () => {
  const message = '商户签约协议号已签约，无法重复使用'
  const error = await failingWith(JSON.stringify({ code: 'INVALID_REQUEST', message }), 400)
  expect(error.message).toContain(message)
  expect(error.message).toContain('take a new one, or query its contract')
  expect(error.message).not.toContain('User-Agent')
  expect(error.remedy?.zh).toContain('请更换新的商户签约协议号')
  const other = await failingWith('{"code":"INVALID_REQUEST","message":"m"}', 400)
  expect(other.message).toContain('User-Agent')
})

test.each([
  ['undici', { message: 'Proxy response (407) !== 200 when HTTP Tunneling' }],
  ['Node', { code: 'ERR_PROXY_TUNNEL', message: 'Failed to establish tunnel' }],
])(
  'a proxy that rejects CONNECT (%s): nothing was sent, and the text says so (C3)',
  async (_, fields) => {
    const error = await failing(fields)
    expect(error).toMatchObject({ code: 'NETWORK_ERROR', outcome: 'failed', retryable: true })
    expect(error.message).toContain('the outgoing proxy rejected the connection to')
    expect(error.remedy?.zh).toContain('NODE_USE_ENV_PROXY=1')
  },
)

test('a failure to connect names host and port; an untrusted certificate names the variable (C7)', async () => {
  const refused = systemError({ code: 'ECONNREFUSED' })
  const client = createClient({
    fetch: () => Promise.reject(refused),
    baseUrl: 'http://127.0.0.1:9',
    maxAttempts: 1,
  })
  expect(String(await rejection(client.getCertificates()))).toContain('127.0.0.1:9 could')
  expect((await failing({ code: 'SELF_SIGNED_CERT_IN_CHAIN' })).message).toContain(
    'NODE_EXTRA_CA_CERTS',
  )
})

test('a remedy on the error of fetch becomes part of the remedy (C13)', async () => {
  const remedy = { en: 'These are the keys of the mock.', zh: '这是模拟服务的密钥。' }
  const error = await preSign(() => Promise.reject(Object.assign(new Error('x'), { remedy })))
  expect(error.message).toContain(remedy.en)
  expect(error.remedy?.zh).toContain(remedy.zh)
})

test('a fetch that returns no Response is called once, and the text says what it returned (C1)', async () => {
  for (const [returned, found] of [
    [undefined, 'nothing'],
    ['text', 'a value of type string'],
    [{ status: 200 }, 'an object whose `headers` is not a Headers, as an axios response'],
  ]) {
    let calls = 0
    const fetch = async () => {
      calls += 1
      return returned as unknown as Response
    }
    const error = await rejection(
      createClient({ fetch }).qsMiniProgramPreEntrustSign({ json: preSignBody }),
    )
    expect(error).toMatchObject({
      code: 'UNVERIFIED_RESPONSE',
      verified: false,
      outcome: 'unknown',
      retryable: false,
    })
    expect(String(error)).toContain(`the \`fetch\` option returned ${found}`)
    expect(calls).toBe(1)
  }
})

test('the remedy agrees with retryable: after a 429 or a 5xx of terminate it advises to query, not to repeat', async () => {
  for (const [status, code] of [
    [429, 'RATELIMIT_EXCEEDED'],
    [500, 'SYSTEM_ERROR'],
    [503, 'SERVICE_UNAVAILABLE'],
  ] as const) {
    const { fetch } = responding(() => verified(`{"code":"${code}","message":"m"}`, { status }))
    const [unsafe, safe] = [await terminate(fetch), await preSign(fetch)]
    expect({ unsafe: unsafe.retryable, safe: safe.retryable }).toEqual({
      unsafe: false,
      safe: true,
    })
    expect(`${unsafe.message}${unsafe.remedy?.zh}`).not.toMatch(/repeat|重试/i)
    if (status >= 500) {
      expect(unsafe.message).toContain('query the contract first, then decide')
      expect(unsafe.remedy?.zh).toContain('请先查询签约协议')
    }
    expect(safe.message).toMatch(/repeat/i)
    expect(safe.remedy?.zh).toMatch(/重试/)
  }
})

test('without a readable body the message describes the response in one short line', async () => {
  expect((await failingWith('{}', 400)).message).toContain('no readable error body')
  const hostile = await failingWith('', 502, {
    'content-type': `a\u0085FAKE LOG ${'x'.repeat(5000)}`,
  })
  expect(hostile.message.length).toBeLessThan(1000)
  expect(hostile.message).not.toContain('\u0085')
  expect((await failingWith('', 302)).message).toContain('a redirect, which is never followed')
  const accepted = await preSign(responding(() => verified('', { status: 202 })).fetch)
  expect(accepted.message).toContain('HTTP 202 ACCEPTED: received, and not carried out yet. ')
})

test('T-03 an error response is verified only if the mark is exactly true', async () => {
  const response = Object.assign(new Response('{}', { status: 400 }), { verified: 'true' })
  expect(await preSign(async () => response as unknown as Response)).toMatchObject({
    status: 400,
    verified: false,
  })
})

test('the remedy of a response without a readable body', async () => {
  const remedyOf = async (status: number, body = '', response = unverified) =>
    (await preSign(responding(() => response(body, { status })).fetch)).remedy?.en
  expect(await remedyOf(404)).toMatch(/^This is not an error of WeChat Pay/)
  expect(await remedyOf(400)).toMatch(/^This is not an error of WeChat Pay/)
  expect(await remedyOf(299 + 1)).toMatch(/^Check `baseUrl`/)
  expect(await remedyOf(399)).toMatch(/^Check `baseUrl`/)
  expect(await remedyOf(202, '', verified)).toMatch(/^Repeat the call later/)
  const message = async (status: number) => (await failingWith('', status)).message
  expect(await message(300)).toContain('a redirect, which is never followed')
  expect(await message(400)).not.toContain('a redirect')
  expect(await message(502)).toContain('0 bytes')
})

test('a body that is too long or breaks off is said to be so', async () => {
  const body = new ReadableStream({ start: (controller) => controller.error(new Error('x')) })
  const error = await preSign(async () => unverified(body, { status: 502 }))
  expect(error.message).toContain('too long or broken off')
})

test('what fails before sending is NOT_SENT: failed, repeatable, with its cause', async () => {
  const cause = new Error('the HSM is away')
  const error = await preSign(() => Promise.reject(unsent('`sign` threw', cause)))
  expect(error).toMatchObject({
    code: 'NOT_SENT',
    outcome: 'failed',
    retryable: true,
    verified: false,
    cause,
  })
  expect(error.message).toBe(
    'qsMiniProgramPreEntrustSign: NOT_SENT: nothing was sent: `sign` threw. Fix what `cause` names; nothing was sent, so the call can be repeated.',
  )
})

test('a deadline that passes is a TIMEOUT: unknown for a write, and not verified', async () => {
  const client = createClient({ fetch: () => new Promise(() => {}), timeout: 5 })
  const json = { contract_termination_remark: '用户解约' }
  const path = { service_id: 1, out_contract_code: 'a' }
  expect(await rejection(client.terminateContractByCode({ path, json }))).toMatchObject({
    code: 'TIMEOUT',
    verified: false,
    outcome: 'unknown',
    retryable: false,
  })
})

test('fetch that rejects with nothing is a network error', async () => {
  expect(await preSign(() => Promise.reject(undefined))).toMatchObject({ code: 'NETWORK_ERROR' })
})

test('a documented error at each status keeps its remedy, and the count of attempts is in the text', async () => {
  const { fetch } = responding(() => unverified('{"code":"SYSTEM_ERROR"}', { status: 500 }))
  const error = (await rejection(
    createClient({ fetch, maxAttempts: 2 }).getCertificates(),
  )) as ApiError
  expect(error.message).toContain('This was attempt 2.')
})
