import { Readable } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { createCredentials } from '../keys/credentials.ts'
import { credentials, platformKeys, responding, signed, url } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createSigningFetch } from './signing-fetch.ts'

afterEach(() => vi.unstubAllGlobals())

const stream = { status: 200, headers: new Headers(), body: Readable.from(['{}']) }
const read = new Response('{}')
await read.text()
const locked = new Response('{}')
locked.body?.getReader()
const readLater = { status: 200, headers: new Headers(), body: new Response('{}').body }

test.each([
  ['nothing', undefined],
  ['null', null],
  ['a value of type string', '{}'],
  ['an array', []],
  ['an object without a `status`', { data: {} }],
  ['a response with status 0', Response.error()],
  ['an object whose `headers` is not a Headers', { status: 200, headers: { a: '1' }, data: {} }],
  ['an object whose `headers` is not a Headers', { status: 200 }],
  ['an object whose `headers` is not a Headers', { status: 200, headers: { get: () => null } }],
  ['an object whose `headers` is not a Headers', { status: 200, headers: new Set() }],
  ['a response whose `body` is a Node.js stream', stream],
  ['a response whose `body` is a value of type string', { ...stream, body: '{}' }],
  ['a response whose `body` is a value of type object', { ...stream, body: {} }],
  ['a Response whose body was already read', read],
  ['a Response whose body was already read', locked],
  ['a Response whose body was already read', { ...readLater, bodyUsed: true }],
])('a fetch that returns %s: not-a-response, after one attempt', async (found, returned) => {
  const fetch = vi.fn(async () => returned as Response)
  const signingFetch = createSigningFetch({ credentials, platformKeys, fetch })
  const error = await thrownBy(() => signingFetch(url))
  expect(error).toMatchObject({ name: 'ConfigurationError', code: 'not-a-response', slot: 'fetch' })
  expect(error.message).toContain(`fetch: found a function that returned ${found}`)
  expect(error).toMatchObject({ remedy: { zh: expect.stringContaining('请原样返回') } })
  expect(fetch).toHaveBeenCalledOnce()
})

test('an unsigned 2xx of a GET that is no JSON may be a file: the remedy names download', async () => {
  const unsigned = (type: string | undefined, init?: RequestInit) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type }
    const { signingFetch } = responding('a,b', { sign: false, headers })
    return thrownBy(() => signingFetch(url, init))
  }
  for (const type of ['text/csv', 'image/png', undefined]) {
    const error = (await unsigned(type)) as Error & { remedy?: { en: string; zh: string } }
    expect(error).toMatchObject({ name: 'SignatureError', code: 'missing-header' })
    expect(error.message).toMatch(/WeChat Pay does not sign it, so call `download`/)
    expect(error.message.endsWith(error.remedy?.en ?? '-')).toBe(true)
    expect(error.remedy?.zh).toContain('请改用 download')
  }
  for (const error of [
    await unsigned('application/json; charset=utf-8'),
    await unsigned('text/csv', { method: 'POST', body: '{}' }),
  ])
    expect(error.message).not.toContain('download')
})

test('a rejected response names the operation, which is not sent; remedy in both languages', async () => {
  const { sent, signingFetch } = responding('{}', { sign: false })
  const error = await thrownBy(() => signingFetch(url, { method: 'POST', operation: 'closeOrder' }))
  expect(error).toMatchObject({
    name: 'SignatureError',
    code: 'missing-header',
    operation: 'closeOrder',
    requestId: 'R-1',
    outcome: 'unknown',
    remedy: { zh: '请检查是否有代理删除了 HTTP 头；否则该消息不是微信支付发出的。' },
  })
  expect(error.message).toMatchInlineSnapshot(
    `"closeOrder: Wechatpay-Timestamp: found nothing; every signed message of WeChat Pay has it. Look for a proxy that removes headers. Otherwise the message does not come from WeChat Pay."`,
  )
  expect(JSON.stringify([...(sent[0] as Request).headers])).not.toContain('closeOrder')
  expect((await thrownBy(() => signingFetch(url))).message).toMatch(/^Wechatpay-Timestamp: /)
})

test.each([
  [{ jsn: {} }, 'init.jsn', 'one of operation'],
  [{ data: {} }, 'init.data', 'one of operation'],
  [{ methd: 'POST' }, 'init.methd', 'expected method.'],
])(
  'an unknown member of init is rejected and nothing is sent: %j',
  async (init, slot, expected) => {
    const { sent, signingFetch } = responding('{}')
    const error = await thrownBy(() => signingFetch(url, init as RequestInit))
    expect(error).toMatchObject({ code: 'unknown-option', slot })
    expect(error.message).toContain(expected)
    expect(sent).toEqual([])
  },
)

test('unknown and wrong options of createSigningFetch are rejected', async () => {
  const create = (options: object) =>
    thrownBy(() => createSigningFetch({ credentials, platformKeys, ...options }))
  expect(await create({ fecth: fetch })).toMatchObject({ code: 'unknown-option', slot: 'fecth' })
  expect(await create({ fetch: 1 })).toMatchObject({ code: 'malformed-option', slot: 'fetch' })
  expect(await create({ fetch: null })).toMatchObject({ message: expect.stringContaining('null') })
  expect(await thrownBy(() => createSigningFetch(undefined as never))).toMatchObject({
    code: 'malformed-option',
    slot: 'options',
  })
})

const { mchid, privateKey } = testingKeys.merchant
const mockCredentials = createCredentials({ mchid, serialNumber: '4D4F434B01', privateKey })
const withMockKeys = createSigningFetch({ credentials: mockCredentials, platformKeys })
const hint = /These are the keys of the mock, and api\.mch\.weixin\.qq\.com is not on this machine/

test("the mock's keys and the real host: a failed fetch has the remedy, and its cause", async () => {
  const failure = new TypeError('fetch failed')
  vi.stubGlobal('fetch', () => Promise.reject(failure))
  expect(await thrownBy(() => withMockKeys(url))).toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: failure,
    remedy: { en: expect.stringMatching(hint), zh: expect.stringContaining('模拟服务的密钥') },
  })
  expect(await thrownBy(() => withMockKeys('http://127.0.0.1:1/v3/x'))).toBe(failure)
  const aborted = AbortSignal.abort(new Error('enough'))
  expect((await thrownBy(() => withMockKeys(url, { signal: aborted }))).message).toBe('enough')
  const own = createSigningFetch({ credentials, platformKeys })
  expect(await thrownBy(() => own(url))).toBe(failure)
  // A given fetch may be the mock itself.
  const given = createSigningFetch({ credentials: mockCredentials, platformKeys, fetch })
  expect(await thrownBy(() => given(url))).toBe(failure)
})

test("the mock's keys and the real host: a 401 names the cause", async () => {
  vi.stubGlobal('fetch', async () => new Response('{"code":"SIGN_ERROR"}', { status: 401 }))
  const { signError } = await withMockKeys(url)
  expect(signError).toMatchObject({ cause: 'private-key', message: expect.stringMatching(hint) })
  const detail = { field: 'serial_no', detail: { issue: 'unknown serial_no' } }
  vi.stubGlobal('fetch', async () => Response.json({ detail }, { status: 401 }))
  const { signError: both } = await withMockKeys(url)
  expect(both?.message).toMatch(hint)
  expect(both?.message).toContain('If the mock responded: WeChat Pay does not know certificate')
})

test('a 401 whose explanation cannot be loaded is returned without one', async () => {
  vi.doMock('../signatures/sign-error.ts', () => Promise.reject(new Error('no such file')))
  try {
    const response = await responding('{}', { status: 401, sign: false }).signingFetch(url)
    expect(response).toMatchObject({ status: 401, verified: false })
    expect(response.signError).toBeUndefined()
  } finally {
    vi.doUnmock('../signatures/sign-error.ts')
  }
})

test('a polyfill without `ok`: an unsigned 2xx is still rejected (T-02)', async () => {
  const { body, headers } = new Response('{}')
  const fetch = async () => ({ status: 200, headers, body }) as Response
  const signingFetch = createSigningFetch({ credentials, platformKeys, fetch })
  expect(await thrownBy(() => signingFetch(url))).toMatchObject({ code: 'missing-header' })
})

test('a polyfill whose response has no body, undefined or null: the signature of nothing is verified', async () => {
  const headers = new Headers(await signed(new Uint8Array()))
  for (const body of [undefined, null]) {
    const fetch = async () => ({ status: 204, headers, body }) as unknown as Response
    const signingFetch = createSigningFetch({ credentials, platformKeys, fetch })
    expect((await signingFetch(url)).verified).toBe(true)
  }
})

test.each(['identity', ' Identity ', 'identity, identity', ''])(
  'Content-Encoding: "%s" is no encoding',
  async (encoding) => {
    const { signingFetch } = responding('{}', { headers: { 'Content-Encoding': encoding } })
    expect((await signingFetch(url)).verified).toBe(true)
  },
)

test('without a listener a wrong clock goes to the console', async () => {
  const lines = vi.spyOn(console, 'error').mockImplementation(() => {})
  const body = new TextEncoder().encode('{}')
  const headers = await signed(body, () => Date.now() - 120_000)
  const fetch = async () => new Response(body, { headers })
  await createSigningFetch({ credentials, platformKeys, fetch, onEvent: () => {} })(url)
  expect(lines).not.toHaveBeenCalled()
  await createSigningFetch({ credentials, platformKeys, fetch })(url)
  expect(lines.mock.calls[0]?.[0]).toContain('clock:skew')
  lines.mockRestore()
})
