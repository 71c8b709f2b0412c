import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { code, example, failing, preSign, query, terminate } from '../testing/failing.ts'
import { preSignBody, rejection, responding, unverified, verified } from '../testing/handler.ts'
import type { ApiError } from './api-error.ts'

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
