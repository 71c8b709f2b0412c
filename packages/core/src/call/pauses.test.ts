import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { ApiError } from '../errors/api-error.ts'
import { connectionRefused, operations, responseFor, run } from '../testing/attempts.ts'
import { loadKy, rejection, responding, unverified } from '../testing/handler.ts'
import { createClient } from './client.ts'
import type { ClientEvent } from './events.ts'

beforeAll(loadKy)
// No jitter: the only pauses are those of Retry-After.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const useFakeClock = () => vi.useFakeTimers({ now: Date.parse('2026-11-23T08:00:00Z') })
const limited = (retryAfter: string) =>
  unverified('{}', { status: 429, headers: { 'retry-after': retryAfter } })

test('Retry-After sets the pause, in seconds or as a date by the client’s clock', async () => {
  useFakeClock()
  for (const [retryAfter, wait] of [
    ['3', 3000],
    ['Mon, 23 Nov 2026 09:00:04 GMT', 4000],
  ] as const) {
    const clock = () => Date.parse('2026-11-23T09:00:00Z')
    const call = run('query', [limited(retryAfter), 200], { clock })
    let result: unknown
    call.then((ended) => {
      result = ended.result
    })
    await vi.advanceTimersByTimeAsync(wait - 1)
    expect(result).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(result).toBe(200)
  }
})

test('T-21 one deadline for all attempts and the pauses between them: TIMEOUT', async () => {
  useFakeClock()
  const sent: number[] = []
  const slow = () =>
    new Promise<Response>((resolve) => {
      sent.push(performance.now())
      setTimeout(() => resolve(responseFor(500)), 4_000)
    })
  const ended = rejection(operations.query(createClient({ fetch: slow, timeout: 10_000 })))
  const start = performance.now()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await ended).toMatchObject({
    code: 'TIMEOUT',
    message: expect.stringContaining('This was attempt 3.'),
  })
  expect(sent.map((at) => at - start)).toEqual([0, 4_001, 8_002])
  expect(vi.getTimerCount()).toBe(1)
})

test('a pause beyond the deadline is not started: the call fails at once with the error itself', async () => {
  useFakeClock()
  const { result, attempts } = await run('query', [limited('60'), 200], { timeout: 30_000 })
  expect(result).toMatchObject({ status: 429, retryable: true })
  expect(attempts).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('T-38 an abort during a pause ends the call with its reason, sends nothing more and leaves no timer', async () => {
  useFakeClock()
  const { fetch, seen } = responding(() => limited('4'))
  const controller = new AbortController()
  const reason = new Error('the user went away')
  const ended = rejection(
    createClient({ fetch }).getCertificates({}, { signal: controller.signal }),
  )
  await vi.advanceTimersByTimeAsync(1_000)
  expect(vi.getTimerCount()).toBe(2)
  controller.abort(reason)
  expect(await ended).toBe(reason)
  expect(vi.getTimerCount()).toBe(0)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(seen).toHaveLength(1)
})

test('a signal.reason that is a retryable error causes no retry', async () => {
  const reason = (await run('query', [503], { maxAttempts: 1 })).result as ApiError
  expect(reason.retryable).toBe(true)
  const controller = new AbortController()
  const events: ClientEvent[] = []
  const client = createClient({
    fetch: () => new Promise(() => undefined),
    onEvent: (event) => events.push(event),
  })
  const ended = rejection(client.getCertificates({}, { signal: controller.signal }))
  controller.abort(reason)
  expect(await ended).toBe(reason)
  expect(events).toMatchObject([{ attempt: 1, willRetry: false }])
})

test('an abort is never retried', async () => {
  const controller = new AbortController()
  let calls = 0
  const fetch = async () => {
    calls += 1
    controller.abort('enough')
    throw connectionRefused
  }
  expect(
    await rejection(createClient({ fetch }).getCertificates({}, { signal: controller.signal })),
  ).toBe('enough')
  expect(calls).toBe(1)
})
