import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  all,
  attemptsOf,
  connectionRefused,
  forged,
  type Operation,
  operations,
  probe,
  reset,
  responseFor,
  run,
  type Step,
  safe,
} from '../testing/attempts.ts'
import { preSignBody, rejection, responding, unverified, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'

// No jitter, so no pause.
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
})

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
    expect(
      await run(operation, [connectionRefused, connectionRefused, 200]),
      operation,
    ).toMatchObject({
      result: 200,
      attempts: 3,
    })
    expect(await run(operation, [connectionRefused]), operation).toMatchObject({
      result: { outcome: 'failed' },
      attempts: 3,
    })
  }
})

test('T-30 terminate is not repeated once it was sent', async () => {
  for (const step of [reset, 500, 503, 429, 202, probe])
    expect(await attemptsOf('terminate', [step, 200]), String(step)).toBe(1)
  expect(await attemptsOf('terminate', [connectionRefused, reset, 200])).toBe(2)
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
  expect((await run('preSign', [503, connectionRefused])).result).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
  })
  expect((await run('preSign', [connectionRefused, 401])).result).toMatchObject({
    status: 401,
    outcome: 'failed',
  })
  // The 429 is not verified, so it does not prove that nothing was carried out.
  expect((await run('preSign', [429, 401])).result).toMatchObject({
    status: 401,
    outcome: 'unknown',
  })
  expect((await run('query', [reset, 404])).result).toMatchObject({
    status: 404,
    outcome: 'failed',
  })
})

test('the message of an unknown outcome has the advice of the operation (x-retry-says)', async () => {
  const textOf = async (operation: Operation, steps: Step[]) =>
    String((await run(operation, steps)).result)
  expect(await textOf('preSign', [reset])).toMatch(
    /is unknown\..* Repeat it with the same parameters\. Never change parameters under a used out_contract_code\.$/,
  )
  expect(await textOf('terminate', [reset])).toMatch(
    /is unknown\..* After an unknown outcome query the contract first, then decide\.$/,
  )
  expect(await textOf('post', [reset])).toMatch(
    /is unknown\..* Query what it was to change before you decide\.$/,
  )
  expect(await textOf('preSign', [connectionRefused])).not.toContain('unknown')
  expect(await textOf('preSign', [500])).toContain('This was attempt 3.')
  expect(await textOf('terminate', [500])).not.toContain('attempt')
})
