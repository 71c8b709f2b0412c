import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import type { ClientFetch } from '../call/transport.ts'
import { failing, preSign, query, terminate } from '../testing/failing.ts'
import { rejection, responding } from '../testing/handler.ts'

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
