import { startDeadline } from '@wechatpay-entrust/base'
import { expect, test, vi } from 'vitest'
import { rejection, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientFetch } from './transport.ts'

const never = new Promise<never>(() => undefined)
const heeding: ClientFetch = (_request, { signal }) =>
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
  ['a fetch that heeds its signal', heeding],
  ['a fetch that ignores it', () => never],
  ['a body that drips for ever', dripping],
]

test('T-21 one deadline covers connecting, headers and body: TIMEOUT', async () => {
  for (const [name, fetch] of kinds) {
    const start = performance.now()
    const error = await rejection(
      createClient({ fetch, timeout: 60 }).request('POST', '/v3/x', { json: {} }),
    )
    expect(error, name).toMatchObject({
      name: 'ApiError',
      code: 'TIMEOUT',
      status: undefined,
      outcome: 'unknown',
      retryable: false,
    })
    expect(performance.now() - start, name).toBeLessThan(310)
  }
})

test('T-21 without an option the deadline is 30 seconds, and its end aborts the one fetch that was made', async () => {
  const signals: AbortSignal[] = []
  const fetch: ClientFetch = (_request, { signal }) => {
    signals.push(signal)
    return never
  }
  vi.useFakeTimers()
  try {
    let ended: unknown
    const call = rejection(createClient({ fetch }).getCertificates()).then((error) => {
      ended = error
    })
    await vi.advanceTimersByTimeAsync(29_999)
    expect([ended, signals[0]?.aborted]).toEqual([undefined, false])
    await vi.advanceTimersByTimeAsync(1)
    await call
    expect(ended).toMatchObject({ code: 'TIMEOUT' })
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  } finally {
    vi.useRealTimers()
  }
})

test('a wait that outlasts the deadline ends with what the waiter gave for it, and nobody need be there when it ends', async () => {
  vi.useFakeTimers()
  try {
    const deadline = startDeadline(50, undefined)
    const late = new Error('the failure before the wait')
    const ended = rejection(deadline.wait(1_000, late))
    await vi.advanceTimersByTimeAsync(50)
    expect(await ended).toBe(late)
    expect(deadline.signal.aborted).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('T-21 an error answer that drips for ever ends too', async () => {
  const fetch: ClientFetch = async (...args) =>
    new Response((await dripping(...args)).body, { status: 500 })
  const error = await rejection(createClient({ fetch }).getCertificates({}, { timeout: 60 }))
  expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true, outcome: 'failed' })
})

test('the deadline of one call goes before the one of the client, and a bad one is refused with invalid-timeout', async () => {
  const client = createClient({ fetch: () => never, timeout: 60_000 })
  expect(await rejection(client.getCertificates({}, { timeout: 20 }))).toMatchObject({
    code: 'TIMEOUT',
  })
  expect(await rejection(client.getCertificates({}, { timeout: Number.NaN }))).toMatchObject({
    name: 'RequestError',
    code: 'invalid-timeout',
  })
})

test('an abort by the caller rejects with the very reason given, at every moment', async () => {
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

test('a signal that is aborted already sends nothing', async () => {
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
  const controller = new AbortController()
  let listeners = 0
  const { signal } = controller
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners += 1
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners -= 1
    remove(...args)
  }
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  await createClient({ fetch: async () => verified({}) }).getCertificates({}, { signal })
  expect(listeners).toBe(0)
  expect(timers()).toBe(before)
})

test('T-36 whatever fails late, no rejection is left unhandled', async () => {
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
