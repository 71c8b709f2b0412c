import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { rejection, responding, unverified, verified } from '../testing/handler.ts'
import type { RequestError } from './request-error.ts'
import { fillPath } from './request-path.ts'

const template = '/v3/a/{service_id}/b/{out_contract_code}'

test('a value cannot leave its segment', () => {
  const hostile = [
    'a/b',
    '../x',
    '%2e%2e',
    '..%2f',
    'a?b=1',
    'a#b',
    'a b',
    'ä',
    '\\',
    ';',
    '@',
    ':',
    "'",
    '\u0000',
    '...',
    '. .',
    'ABCdef',
  ]
  for (const value of hostile) {
    const path = fillPath(template, { service_id: 1, out_contract_code: value }, 'x')
    const { pathname, search, hash } = new URL(path, 'https://host.test')
    expect(pathname.split('/').slice(0, 5), value).toEqual(['', 'v3', 'a', '1', 'b'])
    expect(pathname.split('/'), value).toHaveLength(6)
    expect(search + hash, value).toBe('')
    expect(decodeURIComponent(pathname.split('/')[5] ?? ''), value).toBe(value)
  }
})

test('a value that would mean another path is rejected with unsafe-path-parameter', async () => {
  for (const value of [
    '.',
    '..',
    '',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    {},
    [],
    true,
    'a\ud83d',
  ]) {
    const error = await rejection(
      (async () => fillPath(template, { service_id: 1, out_contract_code: value }, 'x'))(),
    )
    expect(error, String(value)).toMatchObject({
      name: 'RequestError',
      code: 'unsafe-path-parameter',
      location: 'path',
      field: 'out_contract_code',
    })
  }
})

test('a missing parameter is rejected with missing-field, an unknown one with unknown-path-parameter', async () => {
  const error = (parameters: object) =>
    rejection((async () => fillPath(template, { ...parameters }, 'x'))())
  expect(await error({ service_id: 1 })).toMatchObject({
    code: 'missing-field',
    field: 'out_contract_code',
  })
  expect(await error({ service_id: 1, out_contract_code: null })).toMatchObject({
    code: 'missing-field',
  })
  expect(await error({ service_id: 1, out_contract_code: 'a', contract_id: 'b' })).toMatchObject({
    code: 'unknown-path-parameter',
    field: 'contract_id',
  })
})

test('a parameter of the prototype does not count: missing-field', async () => {
  const inherited = Object.create({ service_id: 1, out_contract_code: 'a' })
  expect(await rejection((async () => fillPath(template, inherited, 'x'))())).toMatchObject({
    code: 'missing-field',
  })
})

test('no option lets a parameter leave its segment', async () => {
  const { fetch, seen } = responding((request) =>
    verified({ service_id: 1, out_contract_code: '../../certificates', url: request.url }),
  )
  const client = createClient({ fetch, checkRequests: false })
  expect(
    await rejection(client.getContractByCode({ path: { service_id: 1, out_contract_code: '..' } })),
  ).toMatchObject({ code: 'unsafe-path-parameter' })
  await client.getContractByCode({
    path: { service_id: 1, out_contract_code: '../../certificates' },
  })
  expect(seen).toHaveLength(1)
  expect(seen[0]?.url).toMatch(/\/out-contract-code\/\.\.%2F\.\.%2Fcertificates$/)
})

test('an untyped request accepts a path only in the form that is sent: invalid-path', async () => {
  const { fetch, seen } = responding(() => verified({}))
  const client = createClient({ fetch })
  for (const path of [
    'v3/x',
    '/v2/x',
    '/x/v3/y',
    '//evil.test/v3/x',
    'https://evil.test/v3/x',
    '/v3/../x',
    '/v3/%2e%2e/x',
    '/v3/a\\b',
    '/v3/a b',
    '/v3/ä',
    '/v3/a#b',
    '/v3/\n',
    '/v3/a?b c',
  ]) {
    expect(await rejection(client.request('GET', path)), path).toMatchObject({
      name: 'RequestError',
      code: 'invalid-path',
    })
  }
  expect(seen).toHaveLength(0)
})

test('an untyped request with an unknown method, or a GET with a body, is rejected: invalid-method, unexpected-body', async () => {
  const { fetch } = responding(() => verified({}))
  const client = createClient({ fetch })
  expect(await rejection(client.request('TRACE', '/v3/x'))).toMatchObject({
    code: 'invalid-method',
  })
  expect(await rejection(client.request('GET\r\nX: y', '/v3/x'))).toMatchObject({
    code: 'invalid-method',
  })
  expect(await rejection(client.request('GET', '/v3/x', { json: {} }))).toMatchObject({
    code: 'unexpected-body',
  })
})

test('names and values of a query are percent-encoded, apostrophes too', async () => {
  const { fetch, seen } = responding(() => verified({}))
  await createClient({ fetch }).request('GET', '/v3/x', { query: { "a b&c'": "it's=#1" } })
  expect(seen[0]?.url).toMatch(/\/v3\/x\?a%20b%26c%27=it%27s%3D%231$/)
})

test('T-26 no error shows the query of an untyped request', async () => {
  const client = createClient({ fetch: responding(() => unverified('{}', { status: 500 })).fetch })
  for (const path of ['/v3/x?token=canary', '/v3/x?token=canary b', '/v3/x#canary']) {
    const error = (await rejection(client.request('GET', path))) as RequestError
    expect(error.operation, path).toBe('GET /v3/x')
    expect(error.message, path).not.toContain('canary')
  }
})

test('an invalid query value is rejected: wrong-type, lone-surrogate', async () => {
  const { fetch } = responding(() => verified({}))
  const client = createClient({ fetch })
  expect(
    await rejection(client.request('GET', '/v3/x', { query: { a: {} as never } })),
  ).toMatchObject({
    code: 'wrong-type',
    location: 'query',
    field: 'a',
  })
  expect(
    await rejection(client.request('GET', '/v3/x', { query: { a: Number.NaN } })),
  ).toMatchObject({
    code: 'wrong-type',
  })
  expect(
    await rejection(client.request('GET', '/v3/x', { query: { a: 'b\udc00' } })),
  ).toMatchObject({
    code: 'lone-surrogate',
  })
})
