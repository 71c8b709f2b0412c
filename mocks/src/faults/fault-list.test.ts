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

test('an invalid fault is rejected in process too', () => {
  const { faults } = createMock()
  expect(() => faults.add({ operation: '*', name: 'nope' as never })).toThrow(TypeError)
  expect(faultNames).toHaveLength(19)
})
