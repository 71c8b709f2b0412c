import { afterEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { createMock, type Mock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { ask, contractPath, type HandRequest, isSignedBy, preSignPath } from '../testing/by-hand.ts'
import type { CustomRequest, RespondMethod } from './response-rule.ts'

let server: MockServer | undefined
afterEach(() => server?.close())

const { certificate, serialNumber } = mockKeys.platform
const path = '/v3/pay/transactions/id/{transaction_id}'
const target = '/v3/pay/transactions/id/42'
const statusOf = async (mock: Mock, request: HandRequest) => (await ask(mock, request)).status

test('a path that the mock does not know gets a response of its own, verified and signed', async () => {
  const mock = createMock()
  expect(await statusOf(mock, { target })).toBe(404)
  const remove = mock.respond('GET', path, { status: 200, body: { trade_state: 'SUCCESS' } })
  const { status, headers, body, json } = await ask(mock, { target })
  expect([status, json]).toEqual([200, { trade_state: 'SUCCESS' }])
  expect(isSignedBy(certificate, serialNumber, headers, body)).toBe(true)
  expect(await statusOf(mock, { target, serialNumber: 'AB' })).toBe(401)
  expect(await statusOf(mock, { target, method: 'POST' })).toBe(404)
  expect(mock.requests()[1]).toMatchObject({ operation: null, status: 200, verified: true })
  remove()
  expect(await statusOf(mock, { target })).toBe(404)
})

test('a response without a body is signed too: 204, and 200', async () => {
  for (const code of [204, 200]) {
    const mock = createMock()
    mock.respond('POST', '/v3/orders/{out_trade_no}/close', { status: code })
    const request = { method: 'POST', target: '/v3/orders/A1/close', body: '{}' }
    const { status, headers, body } = await ask(mock, request)
    expect([status, body.length]).toEqual([code, 0])
    expect(isSignedBy(certificate, serialNumber, headers, body)).toBe(true)
  }
})

test('a function gets the request, and makes the response', async () => {
  const mock = createMock()
  const requests: CustomRequest[] = []
  mock.respond('POST', '/v3/a/{b}/c/{d}', async (request) => {
    requests.push(request)
    return { status: 429, body: [request.times], headers: { 'Retry-After': '3' } }
  })
  const request = { method: 'POST', target: '/v3/a/x%2Fy/c/%E5%8D%95?q=1&q=2', body: '{"z":1}' }
  await ask(mock, request)
  const { status, json, headers } = await ask(mock, request)
  expect([status, json, headers.get('retry-after')]).toEqual([429, [2], '3'])
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: '/v3/a/x%2Fy/c/%E5%8D%95',
    params: { b: 'x/y', d: '单' },
    json: { z: 1 },
    times: 1,
  })
  expect(requests[0]?.query.getAll('q')).toEqual(['1', '2'])
  expect(requests[0]?.headers.get('content-type')).toBe('application/json')
  const other = { method: 'POST', target: '/v3/a/b/c/d' }
  expect((await ask(mock, { ...other, body: '{' })).json.code).toBe('PARAM_ERROR')
  await ask(mock, other)
  expect(requests.at(-1)?.json).toBeUndefined()
})

test('an operation of ours can be given another response, without a check of the arguments', async () => {
  const mock = createMock()
  const code = 'RESOURCE_NOT_EXISTS'
  mock.respond('GET', contractPath, { status: 404, body: { code, message: '' } })
  mock.respond('POST', preSignPath, { status: 200, body: { pre_entrustweb_id: 'mine' } })
  expect((await ask(mock, { target: contractPath })).json.code).toBe(code)
  const { json } = await ask(mock, { method: 'POST', target: preSignPath, body: '{}' })
  expect(json).toEqual({ pre_entrustweb_id: 'mine' })
  expect(mock.requests().map(({ operation }) => operation)).toEqual([
    'getContractByCode',
    'qsMiniProgramPreEntrustSign',
  ])
  expect(mock.sessions()).toEqual([])
})

test('the latest response that fits is used; with times it is removed, and the one before is used again', async () => {
  const mock = createMock()
  mock.respond('GET', path, { status: 200 })
  mock.respond('GET', target, { status: 500 }, { times: 2 })
  const statuses: number[] = []
  for (let count = 0; count < 3; count += 1) statuses.push(await statusOf(mock, { target }))
  expect(statuses).toEqual([500, 500, 200])
  mock.reset()
  expect(await statusOf(mock, { target })).toBe(404)
})

test('with times: 1, one of two requests at the same time gets it', async () => {
  const mock = createMock()
  mock.respond('GET', target, { status: 201 }, { times: 1 })
  const statuses = await Promise.all([statusOf(mock, { target }), statusOf(mock, { target })])
  expect(statuses.sort()).toEqual([201, 404])
})

test('a request with a wrong signature does not use it up', async () => {
  const mock = createMock()
  mock.respond('GET', target, { status: 201 }, { times: 1 })
  expect(await statusOf(mock, { target, signedBody: 'x' })).toBe(401)
  expect(await statusOf(mock, { target })).toBe(201)
})

test('permissions, rate limit and faults come first', async () => {
  const mock = createMock()
  mock.respond('GET', path, { status: 200 })
  mock.faults.add({ operation: '*', name: '500', times: 1 })
  expect(await statusOf(mock, { target })).toBe(500)
  mock.platform.limitRate({ requests: 1, seconds: 60 })
  expect(await statusOf(mock, { target })).toBe(200)
  expect(await statusOf(mock, { target: '/v3/pay/transactions/id/43' })).toBe(429)
  mock.platform.forbid('*')
  expect(await statusOf(mock, { target })).toBe(403)
})

test('what the test changes later does not change the response', async () => {
  const mock = createMock()
  const body = { list: [1] }
  mock.respond('GET', target, { status: 200, body })
  body.list.push(2)
  expect((await ask(mock, { target })).json).toEqual({ list: [1] })
})

test('a function that throws, or returns what cannot be sent, is reported, and the client gets a 500', async () => {
  const lines: string[] = []
  const mock = createMock({ log: (line) => lines.push(line) })
  mock.respond('GET', target, () => ({ status: 204, body: {} }))
  expect((await ask(mock, { target })).json.code).toBe('SYSTEM_ERROR')
  mock.respond('GET', target, () => {
    throw new Error('my own')
  })
  expect(await statusOf(mock, { target })).toBe(500)
  mock.respond('GET', target, (() => undefined) as never)
  expect(await statusOf(mock, { target })).toBe(500)
  expect(lines).toEqual([
    'a function given to mock.respond failed: response.body: found a body with the status 204; expected no body, because HTTP allows none with 204. Correct the value, or leave it out if it is optional.',
    'a function given to mock.respond failed: my own',
    'a function given to mock.respond failed: response: found nothing; expected an object with status. Correct the value, or leave it out if it is optional.',
  ])
  expect(mock.requests()[1]?.reason).toBe('the function given to mock.respond failed: my own')
})

const ok = { status: 200 }
const wrong: [string, unknown[], string][] = [
  [
    'a path outside /v3/',
    ['GET', '/v2/x', ok],
    'path: found "/v2/x"; expected a path that starts with /v3/',
  ],
  ['a whole address', ['GET', 'https://api.mch.weixin.qq.com/v3/x', ok], 'path: found'],
  ['a query', ['GET', '/v3/x?a=1', ok], 'path: found'],
  ['half a parameter', ['GET', '/v3/{x', ok], 'path: found'],
  ['no path', ['GET', undefined, ok], 'path: found nothing'],
  ['another method', ['get', '/v3/x', ok], 'method: found "get"; expected one of GET, POST'],
  [
    'no response',
    ['GET', '/v3/x'],
    'response: found nothing; expected a function, or { status, body }',
  ],
  ['a number', ['GET', '/v3/x', 200], 'response: found the number 200'],
  ['no status', ['GET', '/v3/x', {}], 'status: found nothing'],
  [
    'a status below 200',
    ['GET', '/v3/x', { status: 199 }],
    'status: found the number 199; expected an HTTP status from 200 to 599',
  ],
  ['a status above 599', ['GET', '/v3/x', { status: 600 }], 'status: found the number 600'],
  [
    'a mistyped member',
    ['GET', '/v3/x', { ...ok, boddy: {} }],
    'boddy: found a name that does not exist; expected body',
  ],
  [
    'a body where HTTP has none',
    ['GET', '/v3/x', { status: 204, body: {} }],
    'body: found a body with the status 204',
  ],
  [
    'a body that is no JSON',
    ['GET', '/v3/x', { ...ok, body: { a: [1n] } }],
    'body/a/0: found a bigint',
  ],
  ['headers in a list', ['GET', '/v3/x', { ...ok, headers: [] }], 'headers: found an array'],
  [
    'a header of the mock',
    ['GET', '/v3/x', { ...ok, headers: { 'wechatpay-Nonce': 'x' } }],
    'headers.wechatpay-Nonce: found a header that the mock writes itself',
  ],
  [
    'a wrong header',
    ['GET', '/v3/x', { ...ok, headers: { 'X-A': '单' } }],
    'headers.X-A: found a name or a text that HTTP does not allow',
  ],
  ['times of zero', ['GET', '/v3/x', ok, { times: 0 }], 'times: found the number 0'],
  [
    'an unknown option',
    ['GET', '/v3/x', ok, { time: 1 }],
    'time: found a name that does not exist; expected times',
  ],
  ['a number for options', ['GET', '/v3/x', ok, 1], 'options: found the number 1'],
]

test.each(wrong)('%s is rejected when it is given', (_case, given, message) => {
  const mock = createMock()
  const respond = () => mock.respond(...(given as [RespondMethod, string, never]))
  expect(respond).toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      message: expect.stringContaining(message),
      remedy: { en: expect.any(String), zh: expect.any(String) },
    }),
  )
})

async function control(body: unknown, method = 'POST') {
  const init = { method, ...(method === 'POST' && { body: JSON.stringify(body) }) }
  const response = await fetch(`${server?.controlUrl}/respond`, init)
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any member of it
  return [response.status, (await response.json()) as any] as const
}

test('POST /__mock/respond adds one, a list replaces all, and [] clears', async () => {
  server = await startMockServer()
  const { mock } = server
  const one = { method: 'GET', path, status: 200, body: { a: 1 }, times: 2 }
  const other = { method: 'DELETE', path: '/v3/x', status: 204 }
  expect(await control(one)).toEqual([200, [one]])
  expect(await control(other)).toEqual([200, [one, other]])
  expect((await ask(mock, { target })).json).toEqual({ a: 1 })
  mock.respond('PUT', '/v3/y', () => ok)
  expect(await control(undefined, 'GET')).toEqual([
    200,
    [{ ...one, times: 1 }, other, { method: 'PUT', path: '/v3/y', status: null }],
  ])
  expect(await control([other])).toEqual([200, [other]])
  expect(await control([])).toEqual([200, []])
  await control(one)
  await fetch(`${server.controlUrl}/reset`, { method: 'POST' })
  expect(await control(undefined, 'GET')).toEqual([200, []])
})

test.each([
  ['an unknown member', { method: 'GET', path, status: 200, headers: {} }, /headers/],
  ['a status outside 200 to 599', { method: 'GET', path, status: 600 }, /^status/],
  ['a path outside /v3/', { method: 'GET', path: '/x', status: 200 }, /^path/],
  ['a wrong one in a list', [{ method: 'GET', path, status: 200 }, {}], /^\[1\]\.method/],
  ['a text', 'GET', /an object with method, path and status/],
  ['null', null, /found null/],
])('POST /__mock/respond with %s gets 400, and adds nothing', async (_case, body, message) => {
  server = await startMockServer()
  expect(await control(body)).toEqual([
    400,
    { code: 'INVALID_REQUEST', message: expect.stringMatching(message) },
  ])
  expect(await control(undefined, 'GET')).toEqual([200, []])
})

test('an unsigned request to a path with a response gets 401', async () => {
  server = await startMockServer()
  server.mock.respond('GET', '/v3/x', { status: 200 })
  expect((await fetch(`${server.baseUrl}/v3/x`)).status).toBe(401)
})
