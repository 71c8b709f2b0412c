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
  expect(await failing(connecting)).toMatchObject({ outcome: 'failed', retryable: true })
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
  expect((await failingWith('{"code":"NO_AUTH","message":"m"}', 500)).message).not.toContain(
    '请开通商户号权限',
  )
  expect((await failingWith('{"code":"NO_AUTH","message":"m"}', 500)).message).toContain('解决方案')
  expect((await failingWith('{"code":"RULE_LIMIT","message":"m"}', 403)).message).not.toContain(
    '解决方案',
  )
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
    expect(unsafe.message).toContain(
      'query the contract by service_id and out_contract_code first, then decide',
    )
    expect(unsafe.message).toContain('解决方案：请先查询签约结果')
    expect(unsafe.message).not.toMatch(/repeat|重试/i)
    expect(safe.message).toMatch(/repeat.*重试/i)
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
