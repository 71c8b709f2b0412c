import { createPublicKey, verify } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import type { Sign } from '../keys/credentials.ts'
import { credentials, platformKeys, responding, url } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createSigningFetch, type SigningRequestInit } from './signing-fetch.ts'
import { createUnverifiedFetch } from './unverified-fetch.ts'

const { merchant, platform } = testingKeys

afterEach(() => vi.unstubAllGlobals())

/** A second implementation: node:crypto, with the text written out. */
function fits(request: Request, body: string): boolean {
  const { pathname, search } = new URL(request.url)
  const item = (name: string) =>
    new RegExp(`${name}="([^"]*)"`).exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  const head = [request.method, pathname + search, item('timestamp'), item('nonce_str')]
  return verify(
    'sha256',
    Buffer.from(`${[...head, body].join('\n')}\n`),
    createPublicKey(merchant.publicKey),
    Buffer.from(item('signature'), 'base64'),
  )
}

/** An unverified fetch, the requests that it sent, and the response that it got. */
function bench(response = new Response('a,b\n1,2\n', { headers: { 'Request-ID': 'R-1' } })) {
  const sent: Request[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    sent.push(new Request(input, init))
    return response
  }
  const options = { credentials, platformKeys, fetch }
  return { sent, response, options, unverifiedFetch: createUnverifiedFetch(options) }
}

test('a request is signed as createSigningFetch signs it, verified by node:crypto', async () => {
  const { sent, unverifiedFetch } = bench()
  await unverifiedFetch(url)
  await unverifiedFetch(url, { method: 'POST', body: '{"a":"微信"}' })
  expect(sent.map((request, index) => fits(request, ['', '{"a":"微信"}'][index] ?? ''))).toEqual([
    true,
    true,
  ])
  for (const { headers, redirect } of sent) {
    expect(headers.get('accept-encoding')).toBe('identity')
    expect(headers.get('wechatpay-serial')).toBe(platform.serialNumber)
    expect(headers.get('authorization')).toContain(`mchid="${merchant.mchid}"`)
    expect(redirect).toBe('manual')
  }
})

test('the response is the one that fetch returned, its body unread and nothing verified', async () => {
  const { response, unverifiedFetch } = bench()
  const returned = await unverifiedFetch(url)
  expect(returned).toBe(response)
  expect(returned.bodyUsed).toBe(false)
  expect(returned).not.toHaveProperty('verified')
})

test('an endless body is returned without a byte of it being asked for', async () => {
  let pulled = 0
  const pull = () => {
    pulled += 1
    return new Promise<void>(() => {})
  }
  const body = new ReadableStream({ pull }, { highWaterMark: 0 })
  const { unverifiedFetch } = bench(new Response(body))
  expect((await unverifiedFetch(url)).body).toBeInstanceOf(ReadableStream)
  expect(pulled).toBe(0)
})

test.each([302, 401, 500])('a %i is returned', async (status) => {
  const { unverifiedFetch } = bench(new Response('{}', { status }))
  expect((await unverifiedFetch(url)).status).toBe(status)
})

test('the keys are ready before anything is signed, and their error rejects the call', async () => {
  const { sent, options } = bench()
  const failure = new Error('not ready')
  const unready = { ...platformKeys, ready: () => Promise.reject(failure) }
  const error = await thrownBy(() =>
    createUnverifiedFetch({ ...options, platformKeys: unready })(url),
  )
  expect(error).toBe(failure)
  expect(sent).toEqual([])
})

test('the thread pool signs only while other requests are in flight', async () => {
  const asked: (boolean | undefined)[] = []
  const sign: Sign = (message, how) => {
    asked.push(how?.concurrent)
    return credentials.sign(message, how)
  }
  const unverifiedFetch = createUnverifiedFetch({
    ...bench().options,
    credentials: { ...credentials, sign },
  })
  await unverifiedFetch(url)
  await Promise.all([unverifiedFetch(url), unverifiedFetch(url)])
  expect(asked).toEqual([false, true, true])
})

test('the clock dates the request, and a credentials function signs', async () => {
  const { sent, options } = bench()
  await createUnverifiedFetch({
    ...options,
    credentials: async () => credentials,
    clock: () => 1_554_208_460_000,
  })(url)
  expect(sent[0]?.headers.get('authorization')).toContain('timestamp="1554208460"')
})

test('a signal ends the call, also while a fetch ignores it (T-21)', async () => {
  const { options } = bench()
  const deaf = createUnverifiedFetch({ ...options, fetch: () => new Promise(() => {}) })
  const controller = new AbortController()
  const pending = thrownBy(() => deaf(url, { signal: controller.signal }))
  controller.abort(new Error('enough'))
  expect((await pending).message).toBe('enough')
  const { sent, unverifiedFetch } = bench()
  const aborted = AbortSignal.abort(new Error('before'))
  expect((await thrownBy(() => unverifiedFetch(url, { signal: aborted }))).message).toBe('before')
  expect(sent).toEqual([])
})

test('globalThis.fetch is looked up at each call; the mock’s keys are named when it fails', async () => {
  const mock = { ...credentials, serialNumber: '4D4F434B01' }
  const unverifiedFetch = createUnverifiedFetch({ credentials: mock, platformKeys })
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
  expect(await thrownBy(() => unverifiedFetch(url))).toMatchObject({
    message: 'fetch failed',
    remedy: { en: expect.stringContaining('fetch: mock.fetch') },
  })
})

test('what fetch returns is checked: not-a-response', async () => {
  const { options } = bench()
  const unverifiedFetch = createUnverifiedFetch({ ...options, fetch: async () => ({}) as Response })
  expect(await thrownBy(() => unverifiedFetch(url))).toMatchObject({
    code: 'not-a-response',
    slot: 'fetch',
  })
})

test.each([
  ['no options', undefined, 'malformed-option', 'options'],
  ['maxResponseBytes, which has no effect here', { maxResponseBytes: 1 }, 'unknown-option', ''],
  ['a fetch that is no function', { fetch: {} }, 'malformed-option', 'fetch'],
  ['a clock that is no function', { clock: 1 }, 'malformed-option', 'clock'],
])('%s: rejected before anything is created', async (_, given, code, slot) => {
  const { options } = bench()
  const create = () => createUnverifiedFetch((given && { ...options, ...given }) as never)
  expect(await thrownBy(create)).toMatchObject({
    name: 'ConfigurationError',
    code,
    slot: slot || 'maxResponseBytes',
  })
})

test('unknown members of init are rejected by name', async () => {
  const { sent, unverifiedFetch } = bench()
  const error = await thrownBy(() => unverifiedFetch(url, { json: {} } as SigningRequestInit))
  expect(error).toMatchObject({ code: 'unknown-option', slot: 'init.json' })
  expect(sent).toEqual([])
})

test('signedBody: the signature covers this text, and the body is sent whole (T-46)', async () => {
  const { sent, fetch } = responding('{"media_id":"1"}')
  const signingFetch = createSigningFetch({ credentials, platformKeys, fetch })
  const meta = '{"filename":"门店.png","sha256":"00"}'
  const body = `--b\r\n\r\n${meta}\r\n--b--\r\n`
  const response = await signingFetch(url, { method: 'POST', body, signedBody: meta })
  expect(response.verified).toBe(true)
  const [request] = sent as [Request]
  expect([fits(request, meta), fits(request, body)]).toEqual([true, false])
  expect(await request.text()).toBe(body)
})

test.each([
  ['an empty text', { body: 'x', signedBody: '' }],
  ['a value of type object', { body: 'x', signedBody: {} }],
  ['no body beside it', { signedBody: '{}' }],
])('signedBody: %s is rejected, nothing is sent', async (found, init) => {
  const { sent, signingFetch } = responding('{}')
  const error = await thrownBy(() =>
    signingFetch(url, { method: 'POST', ...init } as SigningRequestInit),
  )
  expect(error).toMatchObject({ code: 'unsupported-body', slot: 'init.signedBody' })
  expect(error.message).toContain(
    `init.signedBody: found ${found}; expected the text of the \`meta\` part`,
  )
  expect(sent).toEqual([])
})
