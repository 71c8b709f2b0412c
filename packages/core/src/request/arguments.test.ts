import { expect, test } from 'vitest'
import { createClient } from '../call/client.ts'
import { preSignBody, rejection, responding, verified } from '../testing/handler.ts'

const code = { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' }

function setUp() {
  const { fetch, seen } = responding(() => verified({}))
  const client = createClient({ fetch, checkRequests: false })
  /** As a caller without types. */
  const call = (name: 'request' | 'getContractByCode' | 'preSign', ...args: unknown[]) => {
    const method = name === 'preSign' ? client.qsMiniProgramPreEntrustSign : client[name]
    return rejection((method as (...given: unknown[]) => Promise<unknown>)(...args))
  }
  return { seen, call }
}

test.each([
  ['data for json', { data: {} }, 'data', '`json`'],
  ['body for json', { body: {} }, 'body', '`json`'],
  ['params for query', { params: {} }, 'params', '`query`'],
  ['a mistyped name', { timeOut: 1 }, 'timeOut', '`timeout`'],
  ['headers', { headers: {} }, 'headers', 'json, query, signal'],
])('request: %s is rejected, and nothing is sent: unknown-member', async (_, init, field, hint) => {
  const { call, seen } = setUp()
  const error = await call('request', 'POST', '/v3/x', init)
  expect(error).toMatchObject({ name: 'RequestError', code: 'unknown-member', field })
  expect(String(error)).toContain(hint)
  expect(seen).toHaveLength(0)
})

test.each([
  ['a text', 'text'],
  ['null', null],
  ['a list', [{ json: 1 }]],
  ['FormData', new FormData()],
  ['a Map', new Map([['json', {}]])],
])('request: %s in place of its options is rejected: wrong-type', async (_, init) => {
  const { call, seen } = setUp()
  expect(await call('request', 'POST', '/v3/x', init)).toMatchObject({ code: 'wrong-type' })
  expect(seen).toHaveLength(0)
})

test.each([
  ['an argument that does not exist', { path: code, body: {} }, {}, 'unknown-member', 'body'],
  ['a body for a GET', { path: code, json: {} }, {}, 'unknown-member', 'json'],
  ['the signal among the arguments', { path: code, signal: 1 }, {}, 'unknown-member', 'signal'],
  ['an option that does not exist', { path: code }, { retries: 1 }, 'unknown-member', 'retries'],
  ['options that are no object', { path: code }, 5, 'wrong-type', ''],
  ['parameters in a Map', { path: new Map(Object.entries(code)) }, {}, 'wrong-type', ''],
  [
    'a query in URLSearchParams',
    { path: code, query: new URLSearchParams('a=1') },
    {},
    'wrong-type',
    '',
  ],
])(
  'an operation with %s is rejected, and nothing is sent',
  async (_, args, options, code, field) => {
    const { call, seen } = setUp()
    expect(await call('getContractByCode', args, options)).toMatchObject({
      name: 'RequestError',
      code,
      field,
    })
    expect(seen).toHaveLength(0)
  },
)

test('a query parameter that the operation does not have is rejected: unknown-field', async () => {
  const { fetch, seen } = responding(() => verified({ data: [] }))
  const { getCertificates } = createClient({ fetch })
  const args = { query: { algorithm: 'RSA' } } as never
  expect(await rejection(getCertificates(args))).toMatchObject({
    code: 'unknown-field',
    location: 'query',
    field: 'algorithm',
  })
  await getCertificates(args, { checkRequest: false })
  expect(seen).toHaveLength(1)
})

test('values that JSON would drop are rejected at any depth: not-serialisable', async () => {
  const { call, seen } = setUp()
  for (const [json, field] of [
    [new FormData(), ''],
    [{ a: [{ b: new Map() }] }, '/a/0/b'],
    [{ amount: Number.NaN }, '/amount'],
    [{ amount: 1n }, '/amount'],
    [() => {}, ''],
  ] as const) {
    const rejected = { code: 'not-serialisable', location: 'body', field }
    expect(await call('request', 'POST', '/v3/x', { json })).toMatchObject(rejected)
    expect(await call('preSign', { json })).toMatchObject(rejected)
  }
  expect(seen).toHaveLength(0)
})

test('several problems have one line each', async () => {
  const { fetch } = responding(() => verified({}))
  const json = { ...preSignBody, appid: '', service_id: 'x', notify_url: 'ftp://x' } as never
  const error = await rejection(createClient({ fetch }).qsMiniProgramPreEntrustSign({ json }))
  expect((error as Error).message.split('\n')).toEqual([
    'qsMiniProgramPreEntrustSign: nothing was sent. 3 problems:',
    expect.stringMatching(/^- body \/appid: found /),
    expect.stringMatching(/^- body \/service_id: found /),
    expect.stringMatching(/^- body \/notify_url: found /),
  ])
  expect(error).toMatchObject({
    remedy: { zh: expect.stringContaining('/appid（长度不足）；/service_id（类型错误）') },
  })
})

test('a code of 36 characters with hyphens has both hints (C5)', async () => {
  const { fetch } = responding(() => verified({}))
  const out_contract_code = '0f8fad5b-d9cb-469f-a165-70867728950e'
  const error = await rejection(
    createClient({ fetch }).qsMiniProgramPreEntrustSign({
      json: { ...preSignBody, out_contract_code },
    }),
  )
  expect(String(error)).toMatch(/at most 32 character\(s\), and .*hyphen/)
})

test('createClient rejects an option that does not exist', () => {
  const { fetch } = responding(() => verified({}))
  expect(() => createClient({ fetch, timeOut: 1 } as never)).toThrow('Did you mean `timeout`?')
})
