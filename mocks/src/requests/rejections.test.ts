import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createMock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import {
  ask,
  authorize,
  type HandRequest,
  isSignedBy,
  preSignBody,
  preSignPath,
} from '../testing/by-hand.ts'

const vectors = new URL('../../../spec/vectors/testing-keys.json', import.meta.url)
const otherKey: string = JSON.parse(readFileSync(vectors, 'utf8')).other.privateKey
const now = 1_800_000_000
const create = () => createMock({ clock: () => now * 1000 })
const preSign = (body: object | string = preSignBody): HandRequest => ({
  method: 'POST',
  target: preSignPath,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  timestamp: now,
})

const unsigned: [string, HandRequest, string, RegExp][] = [
  ['an unknown mchid', { ...preSign(), mchid: '1900000999' }, 'mchid', /unknown/],
  ['an unknown serial_no', { ...preSign(), serialNumber: 'ABCDEF01' }, 'serial_no', /unknown/],
  ['a timestamp 301 s behind', { ...preSign(), timestamp: now - 301 }, 'timestamp', /300 seconds/],
  ['a timestamp 301 s ahead', { ...preSign(), timestamp: now + 301 }, 'timestamp', /300 seconds/],
  ['another key', { ...preSign(), privateKey: otherKey }, 'signature', /sign not match/],
  [
    'another body than the signed one',
    { ...preSign(), signedBody: '{}' },
    'signature',
    /sign not match/,
  ],
]

test.each<[string, Partial<HandRequest>, RegExp]>([
  ['no Authorization', { headers: { Authorization: undefined } }, /missing/],
  ['another scheme', { scheme: 'WECHATPAY2-SM2-WITH-SM3' }, /malformed/],
  ['no items', { headers: { Authorization: 'WECHATPAY2-SHA256-RSA2048' } }, /malformed/],
])('T-01 %s gets the same 125 bytes that the real service sent', async (_case, change, reason) => {
  const mock = create()
  const { status, body, headers } = await ask(mock, { ...preSign(), ...change })
  expect([status, body.length]).toEqual([401, 125])
  expect(JSON.parse(body.toString())).toEqual({
    code: 'SIGN_ERROR',
    message: 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
  })
  expect(headers.has('wechatpay-signature')).toBe(false)
  expect(mock.requests()).toMatchObject([
    { status: 401, verified: false, reason: expect.stringMatching(reason) },
  ])
})

test.each(unsigned)(
  'T-01 %s gets an unsigned 401 SIGN_ERROR with a Request-ID',
  async (_case, request, field, issue) => {
    const mock = create()
    const { status, headers, json } = await ask(mock, request)
    expect([status, json.code]).toEqual([401, 'SIGN_ERROR'])
    expect(json.detail).toMatchObject({
      field,
      location: 'authorization',
      detail: { issue: expect.stringMatching(issue) },
    })
    expect([...headers.keys()].filter((name) => name.startsWith('wechatpay-'))).toEqual([])
    expect(headers.get('request-id')).toMatch(/^[0-9A-F]+-\d+$/)
    expect(mock.requests()).toMatchObject([
      {
        method: 'POST',
        path: preSignPath,
        status: 401,
        verified: false,
        reason: expect.stringContaining(field),
      },
    ])
  },
)

test('a timestamp 300 s away in either direction is accepted', async () => {
  const mock = create()
  for (const timestamp of [now - 300, now + 300])
    expect((await ask(mock, { ...preSign(), timestamp })).status).toBe(200)
})

test('sign_information counts bytes and cuts the signed text after eight characters of the body', async () => {
  const body = JSON.stringify({ 用户: '微信代扣用户A', ...preSignBody })
  const { json } = await ask(create(), { ...preSign(body), signedBody: '{}', nonce: 'NONCE1' })
  const head = `POST\n${preSignPath}\n${now}\nNONCE1\n`
  expect(json.detail.sign_information).toEqual({
    method: 'POST',
    url: preSignPath,
    sign_message_length: Buffer.byteLength(`${head}${body}\n`),
    truncated_sign_message: `${head}{"用户":"微`,
  })
})

test('sign_information of a GET has the whole signed text with the query', async () => {
  const target = '/v3/certificates?algorithm_type=RSA'
  const { json } = await ask(create(), { target, timestamp: now, nonce: 'N', privateKey: otherKey })
  const text = `GET\n${target}\n${now}\nN\n\n`
  expect(json.detail.sign_information).toEqual({
    method: 'GET',
    url: target,
    sign_message_length: text.length,
    truncated_sign_message: text,
  })
})

test('a nonce is accepted once while its timestamp is fresh, and reset deletes the nonces', async () => {
  const mock = create()
  const request = { ...preSign(), nonce: 'ONCE' }
  expect((await ask(mock, request)).status).toBe(200)
  const replayed = await ask(mock, {
    ...request,
    target: '/v3/certificates',
    method: 'GET',
    body: undefined as never,
  })
  expect([replayed.status, replayed.json.code, replayed.json.detail.field]).toEqual([
    401,
    'SIGN_ERROR',
    'nonce_str',
  ])
  mock.reset()
  expect((await ask(mock, request)).status).toBe(200)
})

test('a request with an invalid signature does not use up its nonce', async () => {
  const mock = create()
  expect((await ask(mock, { ...preSign(), nonce: 'N', privateKey: otherKey })).status).toBe(401)
  expect((await ask(mock, { ...preSign(), nonce: 'N' })).status).toBe(200)
})

test('rejectReplays: false accepts a nonce twice', async () => {
  const mock = createMock({ clock: () => now * 1000, rejectReplays: false })
  for (const _attempt of [1, 2])
    expect((await ask(mock, { ...preSign(), nonce: 'N' })).status).toBe(200)
})

test('the items of Authorization are accepted in any order', async () => {
  const [scheme = '', items = ''] = authorize(preSign()).split(/ (.*)/)
  const Authorization = `${scheme} ${items.split(',').reverse().join(',')}`
  expect((await ask(create(), { ...preSign(), headers: { Authorization } })).status).toBe(200)
})

const invalid: [string, HandRequest][] = [
  ['an Accept without JSON', { ...preSign(), headers: { Accept: 'text/html' } }],
  ['a POST without Content-Type', { ...preSign(), headers: { 'Content-Type': undefined } }],
  [
    'a POST with the Content-Type of a form',
    { ...preSign(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
  ],
  [
    'an unknown Wechatpay-Serial',
    { ...preSign(), headers: { 'Wechatpay-Serial': 'PUB_KEY_ID_1' } },
  ],
]

test.each(invalid)('%s gets a signed 400 INVALID_REQUEST', async (_case, request) => {
  const { status, headers, body, json } = await ask(create(), request)
  expect([status, json.code]).toEqual([400, 'INVALID_REQUEST'])
  expect(
    isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
  ).toBe(true)
})

const wrong: [string, object | string, string, unknown][] = [
  ['a body that is not JSON', '{"appid":', '', null],
  ['a body with a prototype key', '{"__proto__":{}}', '', null],
  ['a body that is an array', '[]', '', []],
  ['a missing field', { ...preSignBody, appid: undefined }, '/appid', null],
  ['an empty field', { ...preSignBody, sub_mchid: '' }, '/sub_mchid', ''],
  ['a service_id in quotes', { ...preSignBody, service_id: '12535' }, '/service_id', '12535'],
  [
    'a hyphen in the code',
    { ...preSignBody, out_contract_code: 'a-b' },
    '/out_contract_code',
    'a-b',
  ],
  [
    'a code of 33 characters',
    { ...preSignBody, out_contract_code: 'a'.repeat(33) },
    '/out_contract_code',
    'a'.repeat(33),
  ],
  [
    'an http notify_url',
    { ...preSignBody, notify_url: 'http://yourapp.com/n' },
    '/notify_url',
    'http://yourapp.com/n',
  ],
  [
    'a notify_url with a query',
    { ...preSignBody, notify_url: 'https://yourapp.com/n?a=1' },
    '/notify_url',
    'https://yourapp.com/n?a=1',
  ],
  [
    'a loopback notify_url with a query',
    { ...preSignBody, notify_url: 'http://127.0.0.1:1/?a' },
    '/notify_url',
    'http://127.0.0.1:1/?a',
  ],
  [
    'an emoji',
    { ...preSignBody, contract_display_account: '用户😀' },
    '/contract_display_account',
    '用户😀',
  ],
  ['neither openid', { ...preSignBody, openid: undefined }, '/openid', null],
  ['null for a value', { ...preSignBody, openid: null }, '/openid', null],
]

test.each(wrong)(
  '%s gets a signed 400 PARAM_ERROR with a detail',
  async (_case, given, field, value) => {
    const { status, headers, body, json } = await ask(create(), preSign(given))
    expect([status, json.code]).toEqual([400, 'PARAM_ERROR'])
    expect(json.detail).toEqual({ field, value, issue: expect.any(String), location: 'body' })
    expect(
      isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
    ).toBe(true)
  },
)

test.each(['http://127.0.0.1:8080/n', 'http://[::1]:8080/n', 'http://localhost/n'])(
  'the loopback notify_url %s is accepted',
  async (notify_url) => {
    expect((await ask(create(), preSign({ ...preSignBody, notify_url }))).status).toBe(200)
  },
)

test('a service_id in the path that is not an integer gets 400 PARAM_ERROR for the url', async () => {
  const target = '/v3/password-exempt-contract/contracts/service-id/abc/out-contract-code/x'
  const { status, json } = await ask(create(), { target, timestamp: now })
  expect(status).toBe(400)
  expect(json).toMatchObject({
    code: 'PARAM_ERROR',
    detail: { field: 'service_id', value: 'abc', location: 'url' },
  })
})

test('a negative service_id is an integer too', async () => {
  const target = '/v3/password-exempt-contract/contracts/service-id/-12535/out-contract-code/x'
  expect((await ask(create(), { target, timestamp: now })).json).toMatchObject({
    code: 'RESOURCE_NOT_EXISTS',
  })
})

test('an unknown path under /v3 gets 404, signed only if the request was signed', async () => {
  const mock = create()
  const { status, headers, body } = await ask(mock, {
    target: '/v3/pay/transactions/jsapi',
    timestamp: now,
  })
  expect(status).toBe(404)
  expect(
    isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
  ).toBe(true)
  const stranger = await mock.fetch('https://api.example.com/v3/users')
  expect([stranger.status, stranger.headers.get('wechatpay-signature')]).toEqual([404, null])
  expect(mock.requests()).toMatchObject([{ verified: true }, { status: 404, verified: false }])
})
