import { expect, test, vi } from 'vitest'
import { rejection, responding, unverified, verified } from '../testing/handler.ts'
import { client, code, contract, notFound, start, useFakeWait } from '../testing/waiting.ts'
import { createClient } from './client.ts'

useFakeWait()

test('a contract that is already signed is found at once', async () => {
  const { client: wechatpay, seen } = client(() => contract('SIGNED'))
  const found = await wechatpay.waitForContract(code)
  expect(found?.data.contract_state).toBe('SIGNED')
  expect(seen.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
    'GET /v3/password-exempt-contract/contracts/service-id/12535/out-contract-code/wxwtdk20200910100000',
  ])
  expect(vi.getTimerCount()).toBe(0)
})

test('"not found" is not yet signed: the query is repeated with growing pauses', async () => {
  const { client: wechatpay, at } = client(notFound, notFound, notFound, notFound, () =>
    contract('SIGNED'),
  )
  const wait = wechatpay.waitForContract(code)
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await wait)?.data.contract_state).toBe('SIGNED')
  expect(at).toEqual([0, 2, 5, 10, 16])
})

test('the pause is one minute at most, with jitter in both directions', async () => {
  const { client: wechatpay, at } = client(notFound)
  const wait = wechatpay.waitForContract(code)
  await vi.advanceTimersByTimeAsync(7_200_000)
  expect(await wait).toBeUndefined()
  const gaps = at.slice(1).map((second, index) => second - (at[index] ?? 0))
  expect(Math.max(...gaps)).toBe(60)
  expect(at.length).toBeLessThan(140)
  for (const [random, second] of [
    [0, 1.5],
    [1, 2.5],
  ] as const) {
    vi.mocked(Math.random).mockReturnValue(random)
    const jittered = client(notFound)
    const controller = new AbortController()
    const ended = rejection(jittered.client.waitForContract({ ...code, signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(second * 1000 - 1)
    expect(jittered.seen, String(random)).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(jittered.seen, String(random)).toHaveLength(2)
    controller.abort()
    await ended
  }
})

test('at the end of the session there is one more query, then the result is undefined', async () => {
  for (const expiresAt of [new Date(start + 9_000), start + 9_000]) {
    vi.setSystemTime(start)
    const { client: wechatpay, at } = client(notFound)
    const wait = wechatpay.waitForContract({ ...code, expiresAt })
    await vi.advanceTimersByTimeAsync(9_000)
    expect(await wait).toBeUndefined()
    expect(at).toEqual([0, 2, 5, 9])
  }
})

test('a session that has already ended is queried once', async () => {
  const over = client(notFound)
  expect(await over.client.waitForContract({ ...code, expiresAt: start - 1 })).toBeUndefined()
  const signed = client(() => contract('SIGNED'))
  expect(await signed.client.waitForContract({ ...code, timeout: 0 })).toBeDefined()
  expect([over.seen.length, signed.seen.length]).toEqual([1, 1])
})

test('the end of the session is measured by the client’s clock', async () => {
  const { fetch, seen } = responding(notFound)
  const wechatpay = createClient({ fetch, clock: () => Date.parse('2030-01-01T00:00:00Z') })
  const wait = wechatpay.waitForContract({ ...code, expiresAt: new Date('2030-01-01T00:00:03Z') })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await wait).toBeUndefined()
  expect(seen).toHaveLength(3)
})

test('a timeout ends it too, and no option makes the wait longer than a session', async () => {
  const short = client(notFound)
  const wait = short.client.waitForContract({ ...code, timeout: 3_000, expiresAt: start + 60_000 })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(await wait).toBeUndefined()
  vi.setSystemTime(start)
  const long = client(notFound)
  const endless = long.client.waitForContract({
    ...code,
    timeout: Number.POSITIVE_INFINITY,
    expiresAt: start * 2,
  })
  await vi.advanceTimersByTimeAsync(7_200_000)
  expect(await endless).toBeUndefined()
  expect(long.at.at(-1)).toBe(7_200)
})

test('TERMINATED ends it, any other state does not', async () => {
  const { client: wechatpay, at } = client(
    () => contract('SIGNING'),
    () => contract('TERMINATED'),
  )
  const wait = wechatpay.waitForContract(code)
  await vi.advanceTimersByTimeAsync(2_000)
  expect((await wait)?.data.contract_state).toBe('TERMINATED')
  expect(at).toEqual([0, 2])
})

test('temporary failures are retried, a signature probe too', async () => {
  const failing = (status: number) => () => unverified('{}', { status })
  const probe = () => {
    throw Object.assign(new Error('probe'), {
      name: 'SignatureError',
      code: 'mismatch',
      probe: true,
    })
  }
  const { client: wechatpay } = client(failing(503), failing(429), probe, () => contract('SIGNED'))
  const wait = wechatpay.waitForContract(code)
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await wait)?.data.contract_state).toBe('SIGNED')
})

test('a query that WeChat Pay rejects ends it with that error', async () => {
  for (const status of [400, 401, 403]) {
    const { client: wechatpay, seen } = client(() =>
      status === 401
        ? unverified('{"code":"SIGN_ERROR","message":"m"}', { status })
        : verified({ code: 'NO_AUTH', message: 'm' }, { status }),
    )
    expect(await rejection(wechatpay.waitForContract(code))).toMatchObject({
      name: 'ApiError',
      status,
    })
    expect(seen).toHaveLength(1)
  }
})

test('an option that does not exist is rejected: unknown-member', async () => {
  const { client: wechatpay, seen } = client(notFound)
  const wanted = { ...code, timeOut: 1 }
  expect(await rejection(wechatpay.waitForContract(wanted))).toMatchObject({
    code: 'unknown-member',
    field: 'timeOut',
  })
  expect(seen).toHaveLength(0)
})

test('403 CONTRACT_NOT_EXIST, the code of a similar product, means not yet signed too', async () => {
  const missing = verified({ code: 'CONTRACT_NOT_EXIST', message: 'm' }, { status: 403 })
  const { client: wechatpay } = client(
    () => missing,
    () => contract('SIGNED'),
  )
  const wait = wechatpay.waitForContract(code)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(await wait).toBeDefined()
})

test('when the last query fails, the state is unknown: it rejects instead of returning undefined', async () => {
  const { client: wechatpay } = client(notFound, () => unverified('{}', { status: 503 }))
  const ended = rejection(wechatpay.waitForContract({ ...code, timeout: 4_000 }))
  await vi.advanceTimersByTimeAsync(4_000)
  expect(await ended).toMatchObject({ name: 'ApiError', status: 503 })
})

test('an abort ends it at any time with its reason, and leaves no timer', async () => {
  const reason = new Error('the order was cancelled')
  const waiting = client(notFound)
  const controller = new AbortController()
  const ended = rejection(waiting.client.waitForContract({ ...code, signal: controller.signal }))
  await vi.advanceTimersByTimeAsync(1_000)
  controller.abort(reason)
  expect(await ended).toBe(reason)
  const asking = new AbortController()
  const never = createClient({ fetch: () => new Promise(() => undefined) })
  const cut = rejection(never.waitForContract({ ...code, signal: asking.signal }))
  await vi.advanceTimersByTimeAsync(10)
  asking.abort(reason)
  expect(await cut).toBe(reason)
  const before = client(notFound)
  expect(
    await rejection(before.client.waitForContract({ ...code, signal: AbortSignal.abort(reason) })),
  ).toBe(reason)
  expect(before.seen).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('a query that is still running at the end of the time counts', async () => {
  let respond: (response: Response) => void = () => undefined
  const fetch = () =>
    new Promise<Response>((resolve) => {
      respond = resolve
    })
  const wait = createClient({ fetch }).waitForContract({ ...code, timeout: 1_000 })
  await vi.advanceTimersByTimeAsync(5_000)
  respond(contract('SIGNED'))
  expect((await wait)?.data.contract_state).toBe('SIGNED')
})

test('an invalid expiry is rejected with invalid-expiry, before anything is sent', async () => {
  const { client: wechatpay, seen } = client(notFound)
  for (const wrong of [{ expiresAt: new Date('tomorrow') }, { timeout: Number.NaN }])
    expect(await rejection(wechatpay.waitForContract({ ...code, ...wrong }))).toMatchObject({
      name: 'RequestError',
      code: 'invalid-expiry',
    })
  expect(seen).toEqual([])
})
