import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { createMock, faultNames } from '../index.ts'
import { ask, send } from '../testing/by-hand.ts'

const certificates = '/v3/certificates'

let server: MockServer
beforeEach(async () => {
  server = await startMockServer()
})
afterEach(() => server.close())

test('a fault with `times` ends after that many requests, and the first matching fault applies', async () => {
  const mock = createMock()
  mock.faults.add({ operation: 'getCertificates', name: '503', times: 2 })
  mock.faults.add({ operation: 'getContractByCode', name: '500' })
  mock.faults.add({ operation: '*', name: '429', times: 1 })
  const statuses = []
  for (let count = 0; count < 4; count += 1)
    statuses.push((await ask(mock, { target: certificates })).status)
  expect(statuses).toEqual([503, 503, 429, 200])
  expect(mock.faults.list()).toEqual([{ operation: 'getContractByCode', name: '500' }])
  expect(mock.requests().map(({ fault }) => fault)).toEqual(['503', '503', '429', null])
  mock.reset()
  expect(mock.faults.list()).toEqual([])
})

test('a request with a wrong signature gets no fault and counts for none', async () => {
  const mock = createMock()
  mock.faults.add({ operation: '*', name: '503', times: 1 })
  expect((await ask(mock, { target: certificates, mchid: '1' })).status).toBe(401)
  expect((await ask(mock, { target: certificates })).status).toBe(503)
})

test('the same seed hits the same requests, about as often as the probability', async () => {
  const hits = async (seed: number) => {
    const mock = createMock()
    mock.faults.add({ operation: '*', name: '503', probability: 0.3, seed })
    const statuses: number[] = []
    for (let count = 0; count < 60; count += 1)
      statuses.push((await ask(mock, { target: certificates })).status)
    return statuses
  }
  const first = await hits(7)
  expect(await hits(7)).toEqual(first)
  expect(await hits(8)).not.toEqual(first)
  expect(first.filter((status) => status === 503).length / 60).toBeCloseTo(0.3, 0)
})

test('POST /__mock/faults adds one, a list replaces all, [] clears, and GET shows them', async () => {
  const post = async (body: unknown) => {
    const response = await fetch(`${server.controlUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return [response.status, await response.json()]
  }
  const one = { operation: 'getCertificates', name: '503', times: 1 }
  const other = { operation: '*', name: 'latency', delay_ms: 5, probability: 0.5, seed: 3 }
  expect(await post(one)).toEqual([200, [one]])
  expect(await post(other)).toEqual([200, [one, other]])
  expect(await (await fetch(`${server.controlUrl}/faults`)).json()).toEqual([one, other])
  expect(await post([other])).toEqual([200, [other]])
  for (const wrong of [
    {},
    { operation: '*' },
    { ...one, operation: 'nope' },
    { ...one, name: '418' },
    { ...one, times: 0 },
    { ...one, probability: 2 },
    { ...one, seed: 0.5 },
    { ...one, more: 1 },
    { operation: '*', name: 'unsigned', when: 'before' },
    { operation: '*', name: 'redirect', status: 200 },
    [one, { operation: '*' }],
    'unsigned',
  ])
    expect([wrong, (await post(wrong))[0]]).toEqual([wrong, 400])
  expect(await post([])).toEqual([200, []])
  expect((await send(server.baseUrl, { target: certificates })).status).toBe(200)
})

/** Faults that cannot be played as they are written, and how each is rejected. */
const unplayable: readonly [fault: object, message: RegExp][] = [
  [{ name: 'html', status: 204 }, /^status: found the number 204; expected .*has a body/],
  [{ name: 'html', status: 205 }, /^status: found the number 205; expected .*has a body/],
  [{ name: 'html', status: 304 }, /^status: found the number 304; expected .*has a body/],
  [{ name: 'html', status: 199 }, /^status: found the number 199; expected .*from 200 to 599/],
  [{ name: 'html', status: 600 }, /^status: found the number 600; expected .*from 200 to 599/],
  [{ name: 'html', status: 200.5 }, /^status: found the number 200.5; expected/],
  [{ name: 'html', status: '502' }, /^status: found "502"; expected/],
  [{ name: 'redirect', status: 304 }, /^status: found the number 304; expected one of 301,/],
  [{ name: 'redirect', location: 'a b' }, /^location: found "a b"; expected/],
  [{ name: 'unsinged' }, /^name: found "unsinged"; expected one of latency, /],
  [{ name: undefined }, /^name: found nothing; expected/],
  [{ operation: 'nope' }, /^operation: found "nope"; expected the id of an operation/],
  [
    { operation: 'getCertificate' },
    /^operation: found "getCertificate"; .*the nearest is getCertificates\./,
  ],
  [{ times: 0 }, /^times: found the number 0; expected a whole number from 1/],
  [{ times: -1 }, /^times: found the number -1; expected/],
  [{ times: 1.5 }, /^times: found the number 1.5; expected/],
  [{ times: null }, /^times: found null; expected/],
  [{ probability: 1.01 }, /^probability: found the number 1.01; expected a number from 0 to 1/],
  [{ probability: -0.1 }, /^probability: found the number -0.1; expected/],
  [{ probability: Number.NaN }, /^probability: found the number NaN; expected/],
  [{ seed: Number.NaN }, /^seed: found the number NaN; expected a whole number/],
  [{ seed: 0.5 }, /^seed: found the number 0.5; expected/],
  [{ when: 'during' }, /^when: found "during"; expected one of before, after/],
  [{ when: 'before' }, /^when: found before with the fault unsigned; expected after/],
  [{ name: 'latency', delay_ms: -1 }, /^delay_ms: found the number -1; expected/],
  [{ name: '429', retry_after_seconds: 0.5 }, /^retry_after_seconds: found the number 0.5; /],
  [
    { name: 'stale-timestamp', age_seconds: 1e15 },
    /^age_seconds: found the number 1000000000000000; /,
  ],
  [{ name: 'compressed-bomb', size_bytes: 0 }, /^size_bytes: found the number 0; expected/],
  [{ status: 502 }, /^status: found the number 502 with the fault unsigned; expected no status/],
  [{ delay_ms: 5 }, /^delay_ms: .* because only latency and slow-drip can be played with it/],
  [{ name: 'html', location: '/' }, /^location: .* because only redirect can be played with it/],
  [{ probabilty: 0.5 }, /^probabilty: .* expected probability\. Write probability, /],
  [{ unrelated: 1 }, /^unrelated: .* expected one of operation, name, times, /],
]

test.each(unplayable)(
  'a fault that cannot be played is rejected when it is added: %o',
  async (part, message) => {
    const { faults } = createMock()
    const fault = { operation: '*', name: 'unsigned', ...part }
    const add = () => faults.add(fault as never)
    expect(add).toThrow(expect.objectContaining({ name: 'ConfigurationError' }))
    expect(add).toThrow(message)
    expect(faults.list()).toEqual([])
    // JSON has no NaN and no undefined.
    if (Object.values(part).some((value) => value === undefined || Number.isNaN(value))) return
    const response = await fetch(`${server.controlUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
    })
    expect([response.status, await response.json()]).toEqual([
      400,
      { code: 'INVALID_REQUEST', message: expect.stringMatching(message) },
    ])
    expect(server.mock.faults.list()).toEqual([])
  },
)

test('the place in a list is named, and no fault of the list is added', async () => {
  const post = async (body: unknown) => {
    const response = await fetch(`${server.controlUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
    return (await response.json()).message
  }
  const good = { operation: '*', name: '503' }
  expect(await post([good, { ...good, times: 0 }])).toMatch(/^\[1\]\.times: found the number 0; /)
  expect(await post([good, null])).toMatch(/^\[1\]: found null; expected an object with operation/)
  expect(server.mock.faults.list()).toEqual([])
})

test('every name can be played with its defaults, and every setting with a fault that has it', () => {
  const { faults } = createMock()
  for (const name of faultNames) faults.add({ operation: '*', name })
  faults.add({ operation: '*', name: 'html', status: 502, when: 'before' })
  faults.add({ operation: '*', name: 'redirect', status: 308, location: 'https://a.test/' })
  faults.add({ operation: '*', name: '503', retry_after_seconds: 0, probability: 0, seed: -1 })
  expect(faults.list()).toHaveLength(22)
})
