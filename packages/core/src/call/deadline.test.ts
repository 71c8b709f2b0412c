import { getEventListeners } from 'node:events'
import { startDeadline } from '@wechatpay-entrust/base'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { loadKy, rejection, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientFetch } from './transport.ts'

beforeAll(loadKy)
afterEach(() => {
  vi.useRealTimers()
})

const never = new Promise<never>(() => undefined)
const abortable: ClientFetch = (_request, { signal }) =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
const dripping: ClientFetch = async () => {
  const body = new ReadableStream({
    pull: async (controller) => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      controller.enqueue(new Uint8Array([0x20]))
    },
  })
  return Object.assign(new Response(body), { verified: true })
}
const kinds: [string, ClientFetch][] = [
  ['a fetch that obeys its signal', abortable],
  ['a fetch that ignores it', () => never],
  ['a body that never ends', dripping],
]

/** The error of a call, as soon as there is one. */
function watch(call: Promise<unknown>) {
  const ended: { error?: unknown } = {}
  rejection(call).then((error) => {
    ended.error = error
  })
  return ended
}

test('T-21 one deadline covers connecting, headers and body: TIMEOUT', async () => {
  vi.useFakeTimers()
  for (const [name, fetch] of kinds) {
    const client = createClient({ fetch, timeout: 60 })
    const ended = watch(client.request('POST', '/v3/x', { json: {} }))
    await vi.advanceTimersByTimeAsync(59)
    expect(ended, name).toEqual({})
    await vi.advanceTimersByTimeAsync(1)
    expect(ended.error, name).toMatchObject({
      name: 'ApiError',
      code: 'TIMEOUT',
      status: undefined,
      outcome: 'unknown',
      retryable: false,
    })
  }
})

test('T-21 without an option the deadline is 30 seconds, and its end aborts the one fetch that was made', async () => {
  const signals: AbortSignal[] = []
  const fetch: ClientFetch = (_request, { signal }) => {
    signals.push(signal)
    return never
  }
  vi.useFakeTimers()
  const ended = watch(createClient({ fetch }).getCertificates())
  await vi.advanceTimersByTimeAsync(29_999)
  expect([ended, signals[0]?.aborted]).toEqual([{}, false])
  await vi.advanceTimersByTimeAsync(1)
  expect(ended.error).toMatchObject({ code: 'TIMEOUT' })
  expect(signals.map(({ aborted }) => aborted)).toEqual([true])
})

test('a wait beyond the deadline rejects with its own error, also when nothing awaits the deadline', async () => {
  vi.useFakeTimers()
  const deadline = startDeadline(50, undefined)
  const late = new Error('the failure before the wait')
  const ended = rejection(deadline.wait(1_000, late))
  await vi.advanceTimersByTimeAsync(50)
  expect(await ended).toBe(late)
  expect(deadline.signal.aborted).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('T-21 the deadline also ends an error response whose body never ends', async () => {
  vi.useFakeTimers()
  const fetch: ClientFetch = async (...args) =>
    new Response((await dripping(...args)).body, { status: 500 })
  const ended = watch(createClient({ fetch }).getCertificates({}, { timeout: 60 }))
  await vi.advanceTimersByTimeAsync(60)
  expect(ended.error).toMatchObject({ code: 'TIMEOUT', retryable: true, outcome: 'failed' })
})

test('the timeout of a call overrides that of the client; an invalid one is rejected with invalid-timeout', async () => {
  const client = createClient({ fetch: () => never, timeout: 60_000 })
  expect(await rejection(client.getCertificates({}, { timeout: 20 }))).toMatchObject({
    code: 'TIMEOUT',
  })
  expect(await rejection(client.getCertificates({}, { timeout: Number.NaN }))).toMatchObject({
    name: 'RequestError',
    code: 'invalid-timeout',
  })
})

test('an abort by the caller rejects with its reason, at any time', async () => {
  for (const [name, fetch] of kinds) {
    const reason = { stop: name }
    const controller = new AbortController()
    const promise = rejection(
      createClient({ fetch }).getCertificates({}, { signal: controller.signal }),
    )
    setTimeout(() => controller.abort(reason), 15)
    expect(await promise, name).toBe(reason)
  }
})

test('with a signal that is already aborted nothing is sent', async () => {
  let calls = 0
  const fetch: ClientFetch = async () => {
    calls += 1
    return verified({})
  }
  const reason = new Error('too late')
  expect(
    await rejection(
      createClient({ fetch }).getCertificates({}, { signal: AbortSignal.abort(reason) }),
    ),
  ).toBe(reason)
  expect(calls).toBe(0)
})

test('T-38 a call leaves no listener on the signal and no timer behind', async () => {
  vi.useFakeTimers()
  const { signal } = new AbortController()
  const during: number[] = []
  const fetch: ClientFetch = async () => {
    during.push(getEventListeners(signal, 'abort').length, vi.getTimerCount())
    return verified({ data: [] })
  }
  await createClient({ fetch }).getCertificates({}, { signal })
  expect(during).toEqual([1, 1])
  expect([getEventListeners(signal, 'abort').length, vi.getTimerCount()]).toEqual([0, 0])
})

test('T-36 no late failure is an unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const note = (error: unknown) => unhandled.push(error)
  process.on('unhandledRejection', note)
  startDeadline(10, undefined)
  const late: ClientFetch = () =>
    new Promise((_, reject) => setTimeout(() => reject(new TypeError('terminated')), 40))
  await rejection(createClient({ fetch: late, timeout: 10 }).getCertificates())
  await rejection(
    createClient({ fetch: late }).getCertificates({}, { signal: AbortSignal.timeout(10) }),
  )
  await new Promise((resolve) => setTimeout(resolve, 80))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})
