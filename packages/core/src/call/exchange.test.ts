import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { ApiError } from '../errors/api-error.ts'
import {
  loadKy,
  preSignBody,
  preSignResponse,
  rejection,
  responding,
  unverified,
  verified,
} from '../testing/handler.ts'
import { type Client, type ClientOptions, createClient } from './client.ts'
import type { ClientEvent } from './events.ts'

beforeAll(loadKy)
// No jitter, so no pause. The pauses are tested in retry.test.ts, and below with fake timers.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

const path = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }
const operations = {
  preSign: (client: Client) => client.qsMiniProgramPreEntrustSign({ json: preSignBody }),
  query: (client: Client) => client.getContractByCode({ path }),
  terminate: (client: Client) =>
    client.terminateContractByCode({ path, json: { contract_termination_remark: '用户解约' } }),
  get: (client: Client) => client.request('GET', '/v3/x'),
  post: (client: Client) => client.request('POST', '/v3/x', { json: {} }),
  safePost: (client: Client) => client.request('POST', '/v3/x', { json: {}, retry: 'safe' }),
  unsafeGet: (client: Client) => client.request('GET', '/v3/x', { retry: 'unsafe' }),
}
type Operation = keyof typeof operations
const all = Object.keys(operations) as Operation[]
const safe: readonly Operation[] = ['preSign', 'query', 'get', 'safePost']

/** A step: a status, or what the fetch rejects with. */
type Step = number | Error | Response
const network = (fields: object) =>
  Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('system'), fields),
  })
const refused = network({ code: 'ECONNREFUSED', syscall: 'connect' })
const reset = network({ code: 'ECONNRESET', syscall: 'read' })
const probe = Object.assign(new Error('probe'), {
  name: 'SignatureError',
  code: 'mismatch',
  probe: true,
  status: 200,
})
const forged = Object.assign(new Error('forged'), {
  name: 'SignatureError',
  code: 'mismatch',
  probe: false,
})
const responseFor = (status: number) =>
  status === 200 || status === 202
    ? verified(preSignResponse, { status })
    : unverified('{"code":"SYSTEM_ERROR","message":"m"}', {
        status,
        headers: { 'request-id': `id-${status}` },
      })

/** Makes one call. Each attempt gets the next step as its response; the last step is repeated. */
async function run(
  operation: Operation,
  steps: readonly Step[],
  options: Partial<ClientOptions> = {},
) {
  let at = 0
  const { fetch, seen } = responding(async () => {
    const step = steps[Math.min(at, steps.length - 1)] ?? 200
    at += 1
    if (step instanceof Error) throw step
    return typeof step === 'number' ? responseFor(step) : step
  })
  const client = createClient({ fetch, ...options })
  const result = await operations[operation](client).then(
    ({ response }) => response.status,
    (error) => error as ApiError,
  )
  return {
    result,
    seen,
    attempts: seen.length,
    hosts: seen.map(({ url }) => new URL(url).hostname),
    client,
  }
}
const attemptsOf = async (
  operation: Operation,
  steps: readonly Step[],
  options?: Partial<ClientOptions>,
) => (await run(operation, steps, options)).attempts

test('T-30 after a temporary status a safe operation makes three attempts, an unsafe one makes one', async () => {
  for (const status of [429, 500, 502, 503, 504]) {
    for (const operation of all)
      expect(await attemptsOf(operation, [status]), `${operation} ${status}`).toBe(
        safe.includes(operation) ? 3 : 1,
      )
  }
  expect(await run('preSign', [503, 200])).toMatchObject({ result: 200, attempts: 2 })
  expect(await run('preSign', [500, 502, 200])).toMatchObject({ result: 200, attempts: 3 })
})

test('202 is repeated with the same parameters; for an untyped request it is the result', async () => {
  expect(await run('preSign', [202, 202, 200])).toMatchObject({ result: 200, attempts: 3 })
  expect(await run('preSign', [202])).toMatchObject({ result: { code: 'ACCEPTED' }, attempts: 3 })
  expect(await run('terminate', [202])).toMatchObject({
    result: { code: 'ACCEPTED', outcome: 'unknown' },
    attempts: 1,
  })
  expect(await run('safePost', [202])).toMatchObject({ result: 202, attempts: 1 })
})

test('any other status is final', async () => {
  for (const status of [301, 302, 307, 308, 400, 401, 403, 404, 408, 409, 413, 425, 501, 505])
    expect(await attemptsOf('query', [status]), String(status)).toBe(1)
})

test('T-03 the status decides, never an unsigned code', async () => {
  const unsigned = (code: string, status: number) =>
    unverified(JSON.stringify({ code, message: 'm' }), { status })
  expect(await attemptsOf('query', [unsigned('SYSTEM_ERROR', 400), 200])).toBe(1)
  expect(await attemptsOf('query', [unsigned('RATELIMIT_EXCEEDED', 403), 200])).toBe(1)
  expect(await attemptsOf('query', [unsigned('NETWORK_ERROR', 404), 200])).toBe(1)
  expect(await attemptsOf('query', [unsigned('NO_AUTH', 503), 200])).toBe(2)
  expect(await attemptsOf('query', [unsigned('SUCCESS', 500), 200])).toBe(2)
})

test('T-30 a request that was never sent is sent again whatever it does', async () => {
  for (const operation of all) {
    expect(await run(operation, [refused, refused, 200]), operation).toMatchObject({
      result: 200,
      attempts: 3,
    })
    expect(await run(operation, [refused]), operation).toMatchObject({
      result: { outcome: 'failed' },
      attempts: 3,
    })
  }
})

test('T-30 terminate is not repeated once it was sent', async () => {
  for (const step of [reset, 500, 503, 429, 202, probe])
    expect(await attemptsOf('terminate', [step, 200]), String(step)).toBe(1)
  expect(await attemptsOf('terminate', [refused, reset, 200])).toBe(2)
})

test('a connection that broke is repeated only where that is safe', async () => {
  for (const operation of all)
    expect(await attemptsOf(operation, [reset, 200]), operation).toBe(
      safe.includes(operation) ? 2 : 1,
    )
})

test('T-30 each attempt has the same bytes, method, path and headers', async () => {
  const { seen } = await run('preSign', [reset, 503, 200], { backupBaseUrl: false })
  const sent = seen.map(({ method, url, headers, body }) => [
    method,
    url,
    [...headers],
    new TextDecoder().decode(body),
  ])
  expect(sent).toHaveLength(3)
  expect(sent[1]).toEqual(sent[0])
  expect(sent[2]).toEqual(sent[0])
  expect(sent[0]?.[3]).toBe(JSON.stringify(preSignBody))
})

test('T-30 the body is serialised once, before the first attempt', async () => {
  const json = { a: 1 }
  const bodies: unknown[] = []
  const { fetch } = responding((seen) => {
    bodies.push(new TextDecoder().decode(seen.body))
    json.a += 1
    return responseFor(500)
  })
  await rejection(createClient({ fetch }).request('POST', '/v3/x', { json, retry: 'safe' }))
  expect(bodies).toEqual(['{"a":1}', '{"a":1}', '{"a":1}'])
})

test('T-09 a signature probe is repeated once if that is safe; any other invalid signature is final', async () => {
  expect(await run('preSign', [probe, 200])).toMatchObject({ result: 200, attempts: 2 })
  expect(await run('preSign', [probe, probe, 200])).toMatchObject({ result: probe, attempts: 2 })
  expect(await run('preSign', [probe, 503, probe, 200])).toMatchObject({
    result: probe,
    attempts: 3,
  })
  expect(await run('preSign', [forged, 200])).toMatchObject({ result: forged, attempts: 1 })
  expect(await attemptsOf('post', [probe, 200])).toBe(1)
})

test('an unusable 2xx is final', async () => {
  expect(await attemptsOf('query', [verified('[]'), 200])).toBe(1)
  expect(await attemptsOf('query', [unverified('{}'), 200])).toBe(1)
})

const main = 'api.mch.weixin.qq.com'
const backup = 'api2.mch.weixin.qq.com'

test('after a failed connection, 502, 503 or 504 the call goes on at the backup host', async () => {
  for (const step of [refused, reset, 502, 503, 504]) {
    expect((await run('preSign', [step, 200])).hosts, String(step)).toEqual([main, backup])
    expect((await run('preSign', [step])).hosts, String(step)).toEqual([main, backup, backup])
  }
  for (const step of [500, 429, 202, probe])
    expect((await run('preSign', [step, 200])).hosts, String(step)).toEqual([main, main])
  expect((await run('preSign', [500, 503, 200])).hosts).toEqual([main, main, backup])
  expect((await run('preSign', [503, 500, 200])).hosts).toEqual([main, backup, backup])
})

test('the next call begins at the main host again', async () => {
  const { client, seen } = await run('query', [503, 200])
  await operations.query(client)
  expect(seen.map(({ url }) => new URL(url).hostname)).toEqual([main, backup, main])
})

test('no backup host with `false`, or with a custom base URL unless it is set', async () => {
  const hosts = async (options: Partial<ClientOptions>) =>
    (await run('preSign', [503], options)).hosts
  expect(await hosts({ backupBaseUrl: false })).toEqual([main, main, main])
  expect(await hosts({ baseUrl: 'https://gateway.test' })).toEqual([
    'gateway.test',
    'gateway.test',
    'gateway.test',
  ])
  const named = { baseUrl: 'https://a.test', backupBaseUrl: 'https://b.test/' }
  expect(await hosts(named)).toEqual(['a.test', 'b.test', 'b.test'])
  expect(await hosts({ baseUrl: `https://${main}/` })).toEqual([main, backup, backup])
})

test('the rules for the main host also apply to the backup host', async () => {
  const { fetch } = responding(() => responseFor(200))
  for (const backupBaseUrl of [
    '',
    'b.test',
    'http://b.test',
    'https://b.test/v3',
    'https://u:p@b.test',
  ])
    expect(() => createClient({ fetch, backupBaseUrl }), backupBaseUrl).toThrow(
      'createClient: `backupBaseUrl`: found',
    )
  const loopback = { baseUrl: 'http://127.0.0.1:1', backupBaseUrl: 'https://b.test' }
  const json = { ...preSignBody, notify_url: 'http://127.0.0.1:2/notify' }
  const send = (options: Partial<ClientOptions>) =>
    createClient({ fetch, ...options }).qsMiniProgramPreEntrustSign({ json })
  await expect(send({ ...loopback, backupBaseUrl: undefined })).resolves.toBeDefined()
  expect(await rejection(send(loopback))).toMatchObject({
    name: 'RequestError',
    field: '/notify_url',
  })
})

test('maxAttempts is 1 to 5, for the client or one call; anything else is rejected', async () => {
  expect(await attemptsOf('query', [500], { maxAttempts: 1 })).toBe(1)
  expect(await attemptsOf('query', [500], { maxAttempts: 5 })).toBe(5)
  const { fetch, seen } = responding(() => responseFor(500))
  const client = createClient({ fetch })
  await rejection(client.getCertificates({}, { maxAttempts: 2 }))
  await rejection(client.request('GET', '/v3/x', { maxAttempts: 1 }))
  expect(seen).toHaveLength(3)
  for (const maxAttempts of [0, 6, 1.5, Number.NaN, '2' as unknown as number]) {
    expect(() => createClient({ fetch, maxAttempts }), String(maxAttempts)).toThrow(
      '`maxAttempts` is to be a whole',
    )
    const error = await rejection(client.getCertificates({}, { maxAttempts }))
    expect(error).toMatchObject({
      name: 'RequestError',
      code: 'invalid-max-attempts',
      field: 'maxAttempts',
    })
  }
})

test('T-30 while a service is down, one client makes ten retries, whatever the number of calls', async () => {
  const { fetch, seen } = responding(() => responseFor(503))
  const client = createClient({ fetch })
  for (let call = 1; call <= 100; call += 1) await rejection(operations.query(client))
  expect(seen).toHaveLength(110)
  await rejection(operations.query(createClient({ fetch })))
  expect(seen).toHaveLength(113)
})

test('ten first attempts that succeed allow one more retry; a second attempt that succeeds counts for nothing', async () => {
  let isDown = true
  const { fetch, seen } = responding(() => responseFor(isDown ? 500 : 200))
  const client = createClient({ fetch })
  const calls = async (count: number) => {
    for (let call = 1; call <= count; call += 1)
      await operations.query(client).catch(() => undefined)
  }
  const sentBy = async (count: number) => {
    const before = seen.length
    await calls(count)
    return seen.length - before
  }
  expect(await sentBy(10)).toBe(20)
  isDown = false
  await calls(10)
  isDown = true
  expect(await sentBy(10)).toBe(11)
})

test('a response after a retry does not allow another retry', async () => {
  let at = 0
  const { fetch, seen } = responding(() => responseFor(at++ % 2 === 0 ? 500 : 200))
  const client = createClient({ fetch })
  for (let call = 1; call <= 10; call += 1) await operations.query(client)
  expect(seen).toHaveLength(20)
  expect(await rejection(operations.query(client))).toMatchObject({ status: 500 })
  expect(seen).toHaveLength(21)
})

test('the outcome stays unknown if an earlier attempt may have been carried out', async () => {
  expect((await run('preSign', [reset, 400])).result).toMatchObject({
    status: 400,
    outcome: 'unknown',
  })
  expect((await run('preSign', [probe, 403])).result).toMatchObject({
    status: 403,
    outcome: 'unknown',
  })
  expect((await run('preSign', [503, refused])).result).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
  })
  expect((await run('preSign', [refused, 400])).result).toMatchObject({
    status: 400,
    outcome: 'failed',
  })
  expect((await run('preSign', [429, 400])).result).toMatchObject({
    status: 400,
    outcome: 'failed',
  })
  expect((await run('query', [reset, 404])).result).toMatchObject({
    status: 404,
    outcome: 'failed',
  })
})

test('the message of an unknown outcome names the fields to query with', async () => {
  const textOf = async (operation: Operation, steps: Step[]) =>
    String((await run(operation, steps)).result)
  const query = 'query the contract by service_id and out_contract_code'
  expect(await textOf('preSign', [reset])).toContain(
    `unknown: repeat it with exactly the same parameters, or ${query}, before taking a new out_contract_code.`,
  )
  expect(await textOf('terminate', [reset])).toContain(`unknown: ${query} first, then decide.`)
  expect(await textOf('post', [reset])).toContain(
    'unknown: query what it was to change before you decide.',
  )
  expect(await textOf('preSign', [refused])).not.toContain('unknown')
  expect(await textOf('preSign', [500])).toContain('This was attempt 3.')
  expect(await textOf('terminate', [500])).not.toContain('attempt')
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
    throw refused
  }
  expect(
    await rejection(createClient({ fetch }).getCertificates({}, { signal: controller.signal })),
  ).toBe('enough')
  expect(calls).toBe(1)
})
