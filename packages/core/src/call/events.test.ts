import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  loadKy,
  preSignBody,
  rejection,
  responding,
  unverified,
  verified,
} from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientEvent } from './events.ts'
import type { ClientFetch } from './transport.ts'

beforeAll(loadKy)
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const forged = Object.assign(new Error('forged'), {
  name: 'SignatureError',
  code: 'mismatch',
  status: 200,
  requestId: 'id-forged',
})
const failed = () =>
  unverified('{"code":"SYSTEM_ERROR"}', { status: 503, headers: { 'request-id': 'id-503' } })

async function eventsOf(
  fetch: ClientFetch,
  options: { signal?: AbortSignal; timeout?: number } = {},
) {
  const events: ClientEvent[] = []
  const client = createClient({ fetch, onEvent: (event) => events.push(event) })
  await client.getCertificates({}, options).catch(() => undefined)
  return events
}

test('an event for each attempt: number, host, status, request id, duration and the next step', async () => {
  const responses = [failed(), verified({ data: [] })]
  const { fetch } = responding(() => responses.shift() ?? failed())
  const durationMs = expect.any(Number)
  expect(await eventsOf(fetch)).toEqual([
    {
      type: 'attempt',
      operation: 'getCertificates',
      attempt: 1,
      host: 'api.mch.weixin.qq.com',
      status: 503,
      durationMs,
      requestId: 'id-503',
      code: 'SYSTEM_ERROR',
      willRetry: true,
      delayMs: 50,
    },
    {
      type: 'attempt',
      operation: 'getCertificates',
      attempt: 2,
      host: 'api2.mch.weixin.qq.com',
      status: 200,
      durationMs,
      requestId: '08F8A9C0-268435715',
      willRetry: false,
    },
  ])
})

test('the last attempt of a failed call has an event too', async () => {
  const events = await eventsOf(responding(failed).fetch)
  expect(events).toMatchObject([
    { attempt: 1, willRetry: true },
    { attempt: 2, willRetry: true },
    { attempt: 3, willRetry: false },
  ])
})

test('an invalid signature, a deadline and an abort have events too', async () => {
  const first = async (...given: Parameters<typeof eventsOf>) => (await eventsOf(...given))[0]
  const never: ClientFetch = () => new Promise(() => undefined)
  expect(await first(() => Promise.reject(forged))).toMatchObject({
    status: 200,
    requestId: 'id-forged',
    code: 'mismatch',
    willRetry: false,
  })
  const late = await first(never, { timeout: 20 })
  expect(late).toMatchObject({ code: 'TIMEOUT', willRetry: false })
  expect(late).not.toHaveProperty('status')
  expect(await first(never, { signal: AbortSignal.timeout(20) })).toMatchObject({
    code: 'ABORTED',
    willRetry: false,
  })
  expect(await eventsOf(never, { signal: AbortSignal.abort() })).toEqual([])
})

test('the duration covers the body, and a port is part of the host', async () => {
  vi.useFakeTimers()
  try {
    const fetch: ClientFetch = async () => {
      const body = new ReadableStream({
        start: (controller) => {
          setTimeout(() => {
            controller.enqueue(new TextEncoder().encode('{"data":[]}'))
            controller.close()
          }, 250)
        },
      })
      return Object.assign(new Response(body), { verified: true })
    }
    const events: ClientEvent[] = []
    const baseUrl = 'http://127.0.0.1:8080'
    const call = createClient({
      fetch,
      baseUrl,
      onEvent: (event) => events.push(event),
    }).getCertificates()
    await vi.advanceTimersByTimeAsync(250)
    await call
    expect(events).toMatchObject([{ durationMs: 250, host: '127.0.0.1:8080' }])
  } finally {
    vi.useRealTimers()
  }
})

test('a listener that throws or rejects changes no result', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  let called = 0
  const fail = () => {
    called += 1
    throw new Error('the log is full')
  }
  const failingOnce = () => {
    const queue = [failed(), verified({ data: [] })]
    return responding(() => queue.shift() ?? failed()).fetch
  }
  for (const onEvent of [fail, async () => fail()]) {
    const { data } = await createClient({ fetch: failingOnce(), onEvent }).getCertificates()
    expect(data).toEqual({ data: [] })
  }
  await new Promise((resolve) => setTimeout(resolve, 10))
  process.off('unhandledRejection', note)
  expect([called, unhandled]).toEqual([4, []])
})

test('T-26 an event contains only the operation and the host of the request', async () => {
  const events: ClientEvent[] = []
  const client = createClient({
    fetch: responding(failed).fetch,
    onEvent: (event) => events.push(event),
  })
  await rejection(client.qsMiniProgramPreEntrustSign({ json: preSignBody }))
  await rejection(client.request('GET', '/v3/x', { query: { openid: 'canary' } }))
  expect(events.length).toBeGreaterThan(2)
  expect(JSON.stringify(events)).not.toMatch(/oUpF8u|yourapp|wxwtdk|微信|canary/)
})
