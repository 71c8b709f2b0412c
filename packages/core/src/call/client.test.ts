import { expect, test } from 'vitest'
import {
  preSignBody,
  preSignResponse,
  rejection,
  repeating,
  responding,
  unverified,
  verified,
} from '../testing/handler.ts'
import { createClient } from './client.ts'

const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }

test('pre-sign: the body is serialised and sent once, and the verified response has its type', async () => {
  const { fetch, seen } = responding(() => verified(preSignResponse))
  const { data, response, requestId } = await createClient({ fetch }).qsMiniProgramPreEntrustSign({
    json: preSignBody,
  })

  expect(data).toEqual(preSignResponse)
  expect(data.sign_mp_appid).toBe('wxbd687630cd02ce1d')
  expect(response.status).toBe(200)
  expect(requestId).toBe('08F8A9C0-268435715')
  expect(seen).toHaveLength(1)
  expect(seen[0]?.method).toBe('POST')
  expect(seen[0]?.url).toBe(
    'https://api.mch.weixin.qq.com/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program',
  )
  expect(seen[0]?.body).toEqual(new TextEncoder().encode(JSON.stringify(preSignBody)))
  expect(Object.fromEntries(seen[0]?.headers ?? [])).toEqual({
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'wechatpay-entrust/0.0.0',
  })
})

test('query: path parameters fill their segments; no body and no Content-Type are sent', async () => {
  const { fetch, seen } = responding((request) => repeating(request, { contract_state: 'SIGNED' }))
  const { data } = await createClient({ fetch }).getContractByCode({ path: code })

  expect(data.contract_state).toBe('SIGNED')
  expect(new URL(seen[0]?.url ?? '').pathname).toBe(
    '/v3/password-exempt-contract/contracts/service-id/12535/out-contract-code/wxwtdk20200910100000',
  )
  expect(seen[0]?.body).toHaveLength(0)
  expect(seen[0]?.headers.has('content-type')).toBe(false)
})

test('terminate has path and body; certificates need no arguments and accept a query', async () => {
  const { fetch, seen } = responding((request) => repeating(request, { data: [] }))
  const client = createClient({ fetch, baseUrl: 'http://127.0.0.1:8080' })
  await client.terminateContractByCode({
    path: code,
    json: { contract_termination_remark: '用户解约' },
  })
  await client.getCertificates()
  await client.getCertificates({ query: { algorithm_type: 'RSA' } })

  expect(seen.map(({ method, url }) => `${method} ${url.replace(/.*:8080/, '')}`)).toEqual([
    'POST /v3/password-exempt-contract/contracts/service-id/12535/out-contract-code/wxwtdk20200910100000/terminate',
    'GET /v3/certificates',
    'GET /v3/certificates?algorithm_type=RSA',
  ])
})

test('T-17 bytes on the wire: emoji, line separators, and fields that are undefined', async () => {
  const { fetch, seen } = responding(() => verified({}))
  const json = { a: '😀\u2028', b: undefined, c: -0, d: { e: '键' } }
  await createClient({ fetch }).request('POST', '/v3/security/echo', { json })
  expect(new TextDecoder().decode(seen[0]?.body)).toBe('{"a":"😀\u2028","c":0,"d":{"e":"键"}}')
})

test('request: any /v3/ path, untyped, with query and without', async () => {
  const { fetch, seen } = responding(() => verified([1, 2]))
  const client = createClient({ fetch })
  expect(
    (
      await client.request('get', '/v3/bill/tradebill', {
        query: { bill_date: '2026-11-23', x: 'a b/ä&', y: undefined },
      })
    ).data,
  ).toEqual([1, 2])
  await client.request('GET', '/v3/a?b=1', { query: { c: true } })
  expect(seen.map(({ url }) => url.slice('https://api.mch.weixin.qq.com'.length))).toEqual([
    '/v3/bill/tradebill?bill_date=2026-11-23&x=a%20b%2F%C3%A4%26',
    '/v3/a?b=1&c=true',
  ])
})

test('request: data is undefined for a 204', async () => {
  const { fetch } = responding(() =>
    Object.assign(new Response(null, { status: 204 }), { verified: true }),
  )
  const { data, requestId } = await createClient({ fetch }).request('POST', '/v3/x/close', {
    json: {},
  })
  expect(data).toBeUndefined()
  expect(requestId).toBeUndefined()
})

test('T-02 a 2xx that was not verified is rejected with UNVERIFIED_RESPONSE', async () => {
  const claims: [string, () => Response][] = [
    ['no mark', () => new Response('{}')],
    ['a mark of false', () => unverified('{}')],
    [
      'a mark that is text',
      () => Object.assign(new Response('{}'), { verified: 'true' }) as unknown as Response,
    ],
  ]
  for (const [name, respond] of claims) {
    const { fetch } = responding(respond)
    const error = await rejection(
      createClient({ fetch }).qsMiniProgramPreEntrustSign({ json: preSignBody }),
    )
    expect(error, name).toMatchObject({
      name: 'ApiError',
      code: 'UNVERIFIED_RESPONSE',
      status: 200,
      verified: false,
      retryable: false,
      outcome: 'unknown',
    })
  }
})

test('T-01 the body of a 2xx that was not verified is not read', async () => {
  let pulls = 0
  const pull = () => {
    pulls += 1
  }
  const body = new ReadableStream({ pull }, { highWaterMark: 0 })
  const { fetch } = responding(() => unverified(body))
  expect(await rejection(createClient({ fetch }).getCertificates())).toMatchObject({
    code: 'UNVERIFIED_RESPONSE',
  })
  expect(pulls).toBe(0)
})

test('a verified 2xx that cannot be read is rejected with MALFORMED_RESPONSE', async () => {
  const json = { 'content-type': 'application/json' }
  const responses: [string, () => Response][] = [
    ['T-18 a byte order mark', () => verified('\ufeff{}')],
    [
      'T-18 another charset',
      () => verified('{}', { headers: { 'content-type': 'application/json; charset=gbk' } }),
    ],
    ['another type', () => verified('{}', { headers: { 'content-type': 'text/html' } })],
    ['T-27 a prototype', () => verified('{"__proto__":{}}')],
    ['T-28 a rounded integer', () => verified('{"service_id":9007199254740993}')],
    ['an array', () => verified('[]')],
    ['nothing', () => verified('')],
    [
      'T-18 bad UTF-8',
      () =>
        Object.assign(new Response(new Uint8Array([0x22, 0xff, 0x22]), { headers: json }), {
          verified: true,
        }),
    ],
  ]
  for (const [name, respond] of responses) {
    const { fetch } = responding(respond)
    const error = await rejection(createClient({ fetch }).getContractByCode({ path: code }))
    expect(error, name).toMatchObject({
      name: 'ApiError',
      code: 'MALFORMED_RESPONSE',
      status: 200,
      verified: true,
      retryable: false,
    })
  }
})

test('a Content-Type with charset utf-8 is accepted, and so is a response without one', async () => {
  for (const headers of [{ 'content-type': 'Application/JSON; charset="UTF-8"' }, undefined]) {
    const bytes = new TextEncoder().encode(JSON.stringify(code))
    const { fetch } = responding(() =>
      Object.assign(new Response(bytes, headers ? { headers } : {}), { verified: true }),
    )
    await expect(createClient({ fetch }).getContractByCode({ path: code })).resolves.toMatchObject({
      data: code,
    })
  }
})

test('202 is not a result: ACCEPTED, to be repeated with the same parameters', async () => {
  const { fetch } = responding(() => verified('', { status: 202 }))
  const error = await rejection(
    createClient({ fetch }).qsMiniProgramPreEntrustSign({ json: preSignBody }),
  )
  expect(error).toMatchObject({
    code: 'ACCEPTED',
    status: 202,
    retryable: true,
    outcome: 'unknown',
    verified: true,
  })
})

test('the errors of a signing fetch reach the caller as the same object', async () => {
  for (const name of ['SignatureError', 'ConfigurationError', 'RequestError', 'ApiError']) {
    const thrown = Object.assign(new Error('The signature does not match'), {
      name,
      code: 'mismatch',
    })
    const { fetch } = responding(() => Promise.reject(thrown))
    expect(await rejection(createClient({ fetch }).getContractByCode({ path: code }))).toBe(thrown)
  }
})

test('an invalid option of createClient is a TypeError that names it', () => {
  const { fetch } = responding(() => verified({}))
  expect(() => createClient({} as never)).toThrow('`fetch` is required')
  for (const baseUrl of [
    '',
    'api.mch.weixin.qq.com',
    'https://host.test/v3',
    'https://host.test?a',
    'https://u:p@host.test',
    'ftp://host.test',
  ]) {
    expect(() => createClient({ fetch, baseUrl }), baseUrl).toThrow('`baseUrl`')
  }
  expect(() => createClient({ fetch, baseUrl: 'https://host.test/' })).not.toThrow()
  for (const timeout of [0, -1, Number.NaN, 2 ** 31])
    expect(() => createClient({ fetch, timeout }), String(timeout)).toThrow('`timeout`')
})

test('the global fetch is never used', async () => {
  const { fetch, seen } = responding(() => verified({}))
  await createClient({ fetch, baseUrl: 'http://127.0.0.1:1' }).getCertificates()
  expect(seen).toHaveLength(1)
})
