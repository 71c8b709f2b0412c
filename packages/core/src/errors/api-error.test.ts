import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import type { ClientFetch } from '../call/transport.ts'
import { preSignBody, rejection, responding, unverified, verified } from '../testing/handler.ts'
import type { ApiError } from './api-error.ts'

const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
const example = (name: string) =>
  readFileSync(new URL(`../../../../spec/examples/${name}`, import.meta.url), 'utf8')
const preSign = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).qsMiniProgramPreEntrustSign({ json: preSignBody }),
  ) as Promise<ApiError>
const query = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).getContractByCode({ path: code }),
  ) as Promise<ApiError>
const terminate = (fetch: ClientFetch) =>
  rejection(
    createClient({ fetch, maxAttempts: 1 }).terminateContractByCode({
      path: code,
      json: { contract_termination_remark: '用户解约' },
    }),
  ) as Promise<ApiError>
const failing = (body: BodyInit | null, status: number, headers: Record<string, string> = {}) =>
  responding(() =>
    unverified(body, {
      status,
      headers: { 'content-type': 'application/json', 'request-id': '08F8-0', ...headers },
    }),
  ).fetch

test('a documented error has its code, its operation, and the remedy in both languages', async () => {
  const error = await preSign(failing(example('error.NO_AUTH.403.json'), 403))
  expect(error).toMatchObject({
    name: 'ApiError',
    code: 'NO_AUTH',
    status: 403,
    operation: 'qsMiniProgramPreEntrustSign',
    requestId: '08F8-0',
    verified: false,
    retryable: false,
    outcome: 'unknown',
  })
  expect(error.message).toMatch(/^qsMiniProgramPreEntrustSign: HTTP 403 NO_AUTH: /)
  expect(error.message).toContain('Have the permission opened')
  expect(error.remedy?.zh).toMatch(/^请开通商户号权限。请联系产品申请。/)
  expect(error.message).toContain('Request-ID 08F8-0. The response is not verified.')
})

test('a verified error response has verified: true', async () => {
  const { fetch } = responding(() =>
    Object.assign(new Response(example('error.NO_AUTH.403.json'), { status: 403 }), {
      verified: true,
    }),
  )
  const error = await preSign(fetch)
  expect(error).toMatchObject({ code: 'NO_AUTH', verified: true })
  expect(error.message).not.toContain('not verified')
})

test('SIGN_ERROR contains the request as WeChat Pay verified it', async () => {
  const error = await query(failing(example('error.SIGN_ERROR.401.json'), 401))
  expect(error).toMatchObject({
    code: 'SIGN_ERROR',
    status: 401,
    retryable: false,
    outcome: 'failed',
  })
  expect(error.detail).toMatchObject({
    sign_information: { method: expect.any(String), sign_message_length: expect.any(Number) },
  })
})

test('a SIGN_ERROR contains the diagnosis of the signing fetch, in the text before the remedy', async () => {
  const signError = { cause: 'clock', message: 'The clock is 400 s behind.\nRun NTP' } as const
  const { fetch } = responding(() =>
    Object.assign(unverified(example('error.SIGN_ERROR.401.json'), { status: 401 }), { signError }),
  )
  const error = await query(fetch)
  expect(error.signError).toEqual({ cause: 'clock', message: 'The clock is 400 s behind. Run NTP' })
  expect(error.message).toMatch(
    /The clock is 400 s behind\. Run NTP\..* Compare detail\.sign_information/,
  )
  expect(error.remedy?.zh).toMatch(/^本机时钟与微信支付相差过大/)
  expect(JSON.parse(JSON.stringify(error)).signError.cause).toBe('clock')
  expect(await query(failing(example('error.SIGN_ERROR.401.json'), 401))).not.toHaveProperty(
    'signError',
  )
})

test('T-26 a diagnosis shows no personal value of the request', async () => {
  const signError = { cause: 'body', message: `sent {"openid":"${preSignBody.openid}"` } as const
  const { fetch } = responding(() =>
    Object.assign(unverified('{}', { status: 401 }), { signError }),
  )
  const error = await preSign(fetch)
  expect(`${error.message}${JSON.stringify(error)}${inspect(error)}`).not.toContain(
    preSignBody.openid,
  )
})

test('PARAM_ERROR names the field; an unknown code is passed on', async () => {
  expect((await preSign(failing(example('error.PARAM_ERROR.400.json'), 400))).message).toContain(
    '(/',
  )
  expect(await preSign(failing('{"code":"RULE_LIMIT","message":"x"}', 403))).toMatchObject({
    code: 'RULE_LIMIT',
    status: 403,
  })
})

test('T-42 notFound is a verified 404, or a verified 403 with the code CONTRACT_NOT_EXIST', async () => {
  const cases: [string, number, boolean][] = [
    ['RESOURCE_NOT_EXISTS', 404, true],
    ['ANY_CODE', 404, true],
    ['PARAM_ERROR', 404, false],
    ['CONTRACT_NOT_EXIST', 403, true],
    ['NO_AUTH', 403, false],
    ['CONTRACT_NOT_EXIST', 400, false],
    ['SYSTEM_ERROR', 500, false],
  ]
  for (const [code, status, notFound] of cases) {
    const { fetch } = responding(() => verified({ code }, { status }))
    expect((await query(fetch)).notFound, code).toBe(notFound)
    // A gateway can write the same: it says nothing about the contract.
    expect((await query(failing(JSON.stringify({ code }), status))).notFound, code).toBe(false)
  }
})

test('T-42 an unsafe call has failed only if that is proven: never sent, a verified rejection, or a 401', async () => {
  const cases = [301, 307, 400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 503]
  for (const status of cases) {
    const [calls, error] = await terminateOnce(() => unverified('{"code":"X"}', { status }))
    const outcome = status === 401 ? 'failed' : 'unknown'
    expect(error, String(status)).toMatchObject({ status, outcome, verified: false })
    expect(calls).toBe(1)
    const [, proven] = await terminateOnce(() => verified({ code: 'X' }, { status }))
    expect(proven.outcome, String(status)).toBe(status < 500 ? 'failed' : 'unknown')
  }
})

test('T-42 the signature does not cover the status: a genuine body with another status proves nothing', async () => {
  const contract = { ...code, contract_state: 'SIGNED' }
  const cases: [body: object, status: number][] = [
    [contract, 404],
    [contract, 400],
    [{ code: 'SYSTEM_ERROR', message: 'm' }, 400],
    [{ code: 'NO_AUTH', message: 'm' }, 404],
  ]
  for (const [body, status] of cases) {
    const [, error] = await terminateOnce(() => verified(body, { status }))
    expect(error).toMatchObject({ status, verified: true, outcome: 'unknown', notFound: false })
  }
})

async function terminateOnce(response: () => Response): Promise<[number, ApiError]> {
  const { fetch, seen } = responding(response)
  const error = await rejection(
    createClient({ fetch }).terminateContractByCode({
      path: code,
      json: { contract_termination_remark: '用户解约' },
    }),
  )
  return [seen.length, error as ApiError]
}

test('retryable depends on status and operation, never on the code', async () => {
  const cases: [typeof preSign, number, boolean, 'failed' | 'unknown'][] = [
    [preSign, 400, false, 'failed'],
    [preSign, 404, false, 'failed'],
    [preSign, 429, true, 'failed'],
    [preSign, 401, false, 'failed'],
    [preSign, 500, true, 'unknown'],
    [preSign, 502, true, 'unknown'],
    [preSign, 503, true, 'unknown'],
    [preSign, 504, true, 'unknown'],
    [preSign, 501, false, 'unknown'],
    [query, 500, true, 'failed'],
    [terminate, 500, false, 'unknown'],
    [terminate, 429, false, 'failed'],
  ]
  for (const [call, status, retryable, outcome] of cases) {
    const body = { code: 'ANY_ERROR', message: 'x' }
    expect(
      await call(responding(() => verified(body, { status })).fetch),
      String(status),
    ).toMatchObject({
      status,
      retryable,
      outcome,
    })
  }
  expect((await preSign(failing('{}', 500))).message).toContain(
    'Repeat it with the same parameters.',
  )
})

test('T-03 every error body results in a valid ApiError', async () => {
  const html = { 'content-type': 'text/html' }
  const cases: [string, BodyInit | null, number, string, Record<string, string>?][] = [
    ['a code that pretends success', '{"code":"SUCCESS","message":"ok"}', 503, 'SUCCESS'],
    ['HTML', '<html>Bad Gateway</html>', 502, 'HTTP_502', html],
    ['10 MB', 'x'.repeat(10_000_000), 500, 'HTTP_500'],
    ['invalid JSON', '{"code":', 500, 'HTTP_500'],
    ['nothing', null, 504, 'HTTP_504'],
    ['an array', '["PARAM_ERROR"]', 400, 'HTTP_400'],
    ['a code that is no code', '{"code":{"a":1},"message":"m"}', 400, 'HTTP_400'],
    ['a code with a line break', '{"code":"A\\nB"}', 400, 'HTTP_400'],
    ['T-27 a prototype', '{"code":"PARAM_ERROR","detail":{"__proto__":{}}}', 400, 'HTTP_400'],
    ['T-31 a redirect', null, 307, 'HTTP_307', { location: 'https://evil.test/' }],
  ]
  for (const [name, body, status, expected, headers] of cases) {
    const error = await preSign(failing(body, status, headers))
    expect(error, name).toMatchObject({ name: 'ApiError', code: expected, status, verified: false })
    expect(error.message.length, name).toBeLessThan(1000)
  }
})

test('an incomplete error body results in a code with the status', async () => {
  const body = new ReadableStream({
    start: (controller) => controller.error(new TypeError('terminated')),
  })
  expect(await preSign(failing(body, 502))).toMatchObject({ code: 'HTTP_502', status: 502 })
})

test("T-26 the server's text is one short line: no control or direction characters, no forged log line", async () => {
  const message = `a\r\nFAKE LOG \u001b[31m \u202e \u2028 ${'x'.repeat(5000)}`
  const error = await preSign(
    failing(JSON.stringify({ code: 'PARAM_ERROR', message }), 400, {
      'request-id': 'r'.repeat(5000),
    }),
  )
  expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
  expect(error.message.length).toBeLessThan(1500)
})

test('T-26 no personal value of the request is shown, even if the server repeats it', async () => {
  const json = {
    ...preSignBody,
    openid: 'canary-openid',
    sub_openid: 'canary-sub',
    contract_display_account: '金丝雀',
  }
  const body = JSON.stringify({
    code: 'PARAM_ERROR',
    message: '用户金丝雀 canary-openid 无效',
    detail: { field: '/openid', value: 'canary-openid', issue: 'canary-sub is not known' },
  })
  const { fetch } = responding(() => unverified(body, { status: 400 }))
  const error = (await rejection(
    createClient({ fetch, maxAttempts: 1 }).qsMiniProgramPreEntrustSign({ json }),
  )) as ApiError
  const printed = [
    String(error),
    error.stack,
    JSON.stringify(error),
    inspect(error, { depth: null, showHidden: true }),
    inspect({ ...error }),
  ]
  for (const text of printed) expect(text).not.toMatch(/canary|金丝雀|yourapp/)
  expect(error.message).toContain('用户[…] […] 无效 (/openid: […] is not known)')
  expect(error.detail).toMatchObject({ value: 'canary-openid' })
})

test('T-26 personal values are masked at any depth of an untyped body, and an empty one masks nothing', async () => {
  const { fetch } = responding(() =>
    unverified('{"code":"A","message":"canary is bad"}', { status: 400 }),
  )
  const { request } = createClient({ fetch, maxAttempts: 1 })
  const messageOf = async (json: object) =>
    String(await rejection(request('POST', '/v3/x', { json })))
  expect(await messageOf({ payer: [{ openid: 'canary' }] })).toContain('[…] is bad')
  expect(await messageOf({ payer: { openid: '' } })).toContain('canary is bad')
})

test('NETWORK_ERROR: after a failure before sending every operation can be repeated', async () => {
  const networkError = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
  })
  for (const call of [preSign, query, terminate]) {
    const error = await call(() => Promise.reject(networkError))
    expect(error).toMatchObject({
      code: 'NETWORK_ERROR',
      status: undefined,
      outcome: 'failed',
      retryable: true,
      verified: false,
    })
    expect(error.cause).toBe(networkError)
    expect(error.message).toContain(
      'no connection to api.mch.weixin.qq.com could be made (ECONNREFUSED). Check DNS',
    )
    expect(error.remedy?.zh).toContain('请检查 DNS')
  }
})

test('NETWORK_ERROR: after a broken connection the outcome is unknown, and only a safe operation can be repeated', async () => {
  const reset = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  })
  const fetch: ClientFetch = () => Promise.reject(reset)
  expect(await preSign(fetch)).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
    retryable: true,
  })
  expect(await terminate(fetch)).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
    retryable: false,
  })
  expect(await query(fetch)).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'failed',
    retryable: true,
  })
})

test('T-21 a verified response with an incomplete body is a NETWORK_ERROR', async () => {
  const body = new ReadableStream({
    start: (controller) => controller.error(new TypeError('terminated')),
  })
  const { fetch } = responding(() => Object.assign(new Response(body), { verified: true }))
  expect(await preSign(fetch)).toMatchObject({ code: 'NETWORK_ERROR', outcome: 'unknown' })
})

test('T-26 a network failure contains nothing of the request', async () => {
  const cause = new TypeError('fetch failed')
  const error = await preSign(() => Promise.reject(cause))
  expect(error.cause).toBe(cause)
  const printed = `${inspect(error, { depth: null, showHidden: true })}${JSON.stringify(error)}${inspect(error.cause, { depth: null })}`
  expect(printed).not.toMatch(/oUpF8u|yourapp|微信代扣/)
})

test('the method of an untyped request decides whether it can be repeated', async () => {
  const fetch = failing('{}', 500)
  expect(
    await rejection(createClient({ fetch, maxAttempts: 1 }).request('GET', '/v3/x')),
  ).toMatchObject({
    retryable: true,
    operation: 'GET /v3/x',
  })
  expect(
    await rejection(createClient({ fetch, maxAttempts: 1 }).request('POST', '/v3/x')),
  ).toMatchObject({
    retryable: false,
    outcome: 'unknown',
  })
})
