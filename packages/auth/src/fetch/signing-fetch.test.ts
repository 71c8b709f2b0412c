import { utf8 } from '@wechatpay-entrust/base'
import { expect, test, vi } from 'vitest'
import { importCertificate } from '../crypto/index.ts'
import type { Sign } from '../keys/credentials.ts'
import { createPlatformKeys } from '../keys/platform-keys.ts'
import { verifyMessage } from '../signatures/message-signature.ts'
import { verifyRequest } from '../signatures/request-signature.ts'
import { credentials, platformKeys, responding, signed, url } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createSigningFetch } from './signing-fetch.ts'

const { merchant, platform } = testingKeys
const merchantKey = importCertificate(merchant.certificate).publicKey

test('the signature covers the bytes that are sent, path and query included (T-17)', async () => {
  const { sent, signingFetch } = responding('{}')
  const bodies = ['{"a":"微信\u2028😀"}', utf8('{"b":1}')] as BodyInit[]
  for (const body of bodies) await signingFetch(url, { method: 'post', body })
  await signingFetch(new Request(url, { method: 'POST', body: '{"c":"免密"}' }))
  await signingFetch(url)
  for (const request of sent) {
    const { pathname, search } = new URL(request.url)
    const checked = await verifyRequest(
      {
        method: request.method,
        url: pathname + search,
        body: new Uint8Array(await request.clone().arrayBuffer()),
        authorization: request.headers.get('authorization'),
      },
      { findKey: () => merchantKey },
    )
    expect(checked.mchid).toBe(merchant.mchid)
    expect(request.headers.get('wechatpay-serial')).toBe(platform.serialNumber)
    expect(request.headers.get('accept-encoding')).toBe('identity')
    expect(request.redirect).toBe('manual')
  }
  const texts = await Promise.all(sent.map((request) => request.text()))
  expect(texts).toEqual(['{"a":"微信\u2028😀"}', '{"b":1}', '{"c":"免密"}', ''])
})

test('a body that is null or undefined is none, as in fetch', async () => {
  const { sent, signingFetch } = responding('{}')
  for (const body of [null, undefined])
    await signingFetch(url, { method: 'POST', body: body as null })
  await signingFetch(new Request(url, { method: 'POST', body: '{}' }), { body: null })
  expect(await Promise.all(sent.map((request) => request.text()))).toEqual(['', '', '{}'])
})

test('a fragment is neither signed nor sent', async () => {
  const { sent, signingFetch } = responding('{}')
  await signingFetch(`${url}#part`)
  expect(sent[0]?.url).toBe(url)
})

test('each call has its own nonce and signature over the same bytes, alone and 64 at once (T-30, T-37)', async () => {
  const { sent, signingFetch } = responding('{}')
  await Promise.all(
    Array.from({ length: 64 }, () => signingFetch(url, { method: 'POST', body: '{}' })),
  )
  expect(new Set(sent.map(({ headers }) => headers.get('authorization'))).size).toBe(64)
})

test('the thread pool signs only while other calls are in flight', async () => {
  const asked: (boolean | undefined)[] = []
  const sign: Sign = (message, options) => {
    asked.push(options?.concurrent)
    return credentials.sign(message, options)
  }
  const { fetch } = responding('{}')
  const signingFetch = createSigningFetch({
    credentials: { ...credentials, sign },
    platformKeys,
    fetch,
  })
  await signingFetch(url)
  await Promise.all([signingFetch(url), signingFetch(url)])
  await signingFetch(url)
  expect(asked).toEqual([false, true, true, false])
})

test('a Wechatpay-Serial that the caller set is sent unchanged', async () => {
  const { sent, signingFetch } = responding('{}')
  await signingFetch(url, { headers: { 'Wechatpay-Serial': 'PUB_KEY_ID_1' } })
  expect(sent[0]?.headers.get('wechatpay-serial')).toBe('PUB_KEY_ID_1')
})

test('headers are accepted in each form, names in any case, and a repeated header is joined', async () => {
  const { sent, signingFetch } = responding('{}')
  const record = { 'X-One': '1', 'x-one': '2', 'ACCEPT-encoding': 'gzip' }
  for (const headers of [record, new Headers(record), Object.entries(record)])
    await signingFetch(url, { headers })
  for (const { headers } of sent) {
    expect([headers.get('x-one'), headers.get('accept-encoding')]).toEqual(['1, 2', 'identity'])
  }
})

test('a credentials function is called before each signature', async () => {
  const serials = ['AA', 'BB']
  const { sent, fetch } = responding('{}')
  const next = async () => ({ ...credentials, serialNumber: serials.shift() ?? 'none' })
  const signingFetch = createSigningFetch({ credentials: next, platformKeys, fetch })
  await signingFetch(url)
  await signingFetch(url)
  const named = sent.map(
    ({ headers }) => /serial_no="(\w+)"/.exec(headers.get('authorization') ?? '')?.[1],
  )
  expect(named).toEqual(['AA', 'BB'])
})

test('Wechatpay-Serial is left out only while no key is known', async () => {
  const { sent, fetch } = responding('{}')
  const unknowing = { ...platformKeys, requestSerial: undefined }
  await createSigningFetch({ credentials, platformKeys: unknowing, fetch })(url)
  expect(sent[0]?.headers.has('wechatpay-serial')).toBe(false)
})

test('nothing is signed or sent before the keys are ready, and their error rejects the call', async () => {
  const { sent, fetch } = responding('{}')
  const steps: string[] = []
  const ready = async (signal?: AbortSignal) => {
    steps.push(`ready ${signal?.aborted}`)
    await Promise.resolve()
    steps.push('there')
  }
  const slow = { ...platformKeys, ready }
  const next = () => {
    steps.push('sign')
    return credentials
  }
  await createSigningFetch({ credentials: next, platformKeys: slow, fetch })(url, {
    signal: new AbortController().signal,
  })
  expect(steps).toEqual(['ready false', 'there', 'sign'])
  const failing = { ...platformKeys, ready: () => Promise.reject(new Error('no keys')) }
  const error = await thrownBy(() =>
    createSigningFetch({ credentials, platformKeys: failing, fetch })(url),
  )
  expect(error.message).toBe('no keys')
  expect(sent).toHaveLength(1)
})

test('a clock more than 60 s off is reported once, and again only after it was right (T-25)', async () => {
  const events: unknown[] = []
  const now = Date.now()
  let skew = 0
  const fetch = async () => {
    const body = utf8('{}')
    return new Response(body as BodyInit, { headers: await signed(body, () => now + skew * 1000) })
  }
  const onEvent = (event: unknown) => events.push(event)
  const signingFetch = createSigningFetch({
    credentials,
    platformKeys,
    fetch,
    onEvent,
    clock: () => now,
  })
  for (skew of [60, -60, 70, 80, -100, 0, -70]) await signingFetch(url)
  expect(events).toEqual([
    { type: 'clock:skew', skewSeconds: 70 },
    { type: 'clock:skew', skewSeconds: -70 },
  ])
})

test('a verified response has its bytes, status and headers, and verified: true', async () => {
  const response = await responding('{"预签约":"5778"}').signingFetch(url)
  expect(response).toMatchObject({ status: 200, verified: true })
  expect(response.headers.get('request-id')).toBe('R-1')
  expect(await response.json()).toEqual({ 预签约: '5778' })
  expect((await responding('', { status: 204 }).signingFetch(url)).verified).toBe(true)
  expect(() => Object.assign(response, { verified: false })).toThrow(TypeError)
})

test('the `clock` option dates the request and checks the response (T-25)', async () => {
  const clock = () => 1_000_000_000_000
  const body = utf8('{}')
  const headers = await signed(body, clock)
  const { sent, fetch } = responding('{}', { headers })
  const keys = createPlatformKeys({ platformCertificates: [platform.certificate], clock })
  expect(
    await createSigningFetch({ credentials, platformKeys: keys, fetch, clock })(url),
  ).toMatchObject({
    verified: true,
  })
  expect(sent[0]?.headers.get('authorization')).toContain('timestamp="1000000000"')
})

test('a 2xx that is unsigned or tampered with is never returned; the error keeps status and Request-ID (T-01, T-02)', async () => {
  const unsigned = await thrownBy(() => responding('{}', { sign: false }).signingFetch(url))
  expect(unsigned).toMatchObject({ code: 'missing-header', requestId: 'R-1', status: 200 })
  for (const status of [201, 204, 299])
    expect(
      await thrownBy(() => responding('', { status, sign: false }).signingFetch(url)),
    ).toMatchObject({ status })
  const headers = await signed(utf8('{"a":1}'))
  const tampered = await thrownBy(() => responding('{"a":2}', { headers }).signingFetch(url))
  expect(tampered).toMatchObject({ code: 'mismatch', requestId: 'R-1' })
  const probe = { 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${'A'.repeat(325)}` }
  expect(
    await thrownBy(() => responding('{}', { headers: probe }).signingFetch(url)),
  ).toMatchObject({ probe: true })
})

test('a rejected 2xx reports the outcome of the request: unknown, or failed for a GET', async () => {
  const rejected = (method: string) =>
    thrownBy(() => responding('{}', { sign: false }).signingFetch(url, { method }))
  expect(await rejected('POST')).toMatchObject({ outcome: 'unknown' })
  expect(await rejected('GET')).toMatchObject({ outcome: 'failed' })
  const message = { headers: {}, body: utf8('{}') }
  const ofNotification = await thrownBy(() => verifyMessage(message, { platformKeys }))
  expect(ofNotification).toMatchObject({ code: 'missing-header', outcome: undefined })
})

test('an error response is returned, and `verified` shows whether its signature is valid (T-03)', async () => {
  const body = '{"code":"PARAM_ERROR"}'
  expect(await responding(body, { status: 400 }).signingFetch(url)).toMatchObject({
    status: 400,
    verified: true,
  })
  const first = await responding('', { status: 300, sign: false }).signingFetch(url)
  expect(first).toMatchObject({ status: 300, verified: false })
  const unsigned = await responding(body, { status: 401, sign: false }).signingFetch(url)
  expect(unsigned).toMatchObject({ status: 401, verified: false })
  expect(await unsigned.text()).toBe(body)
  const forged = { 'Wechatpay-Nonce': 'another' }
  expect(await responding(body, { status: 500, headers: forged }).signingFetch(url)).toMatchObject({
    verified: false,
  })
})

test('an error of the key lookup reaches the caller unchanged, for a 2xx and for an error response', async () => {
  const down = new Error('the key store is down')
  const find = () => Promise.reject(down)
  for (const status of [200, 500]) {
    const { fetch } = responding('{}', { status })
    const signingFetch = createSigningFetch({
      credentials,
      platformKeys: { ...platformKeys, find },
      fetch,
    })
    expect(await thrownBy(() => signingFetch(url))).toBe(down)
  }
})

test('globalThis.fetch is looked up at the call', async () => {
  const signingFetch = createSigningFetch({ credentials, platformKeys })
  const { fetch } = responding('{}')
  vi.stubGlobal('fetch', fetch)
  try {
    expect((await signingFetch(url)).verified).toBe(true)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a body that is not complete in memory cannot be signed: unsupported-body', async () => {
  const { signingFetch } = responding('{}')
  for (const body of [new FormData(), new ReadableStream(), new Blob(['x'])]) {
    const error = await thrownBy(() =>
      signingFetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit),
    )
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      code: 'unsupported-body',
      slot: 'init.body',
      remedy: { zh: expect.stringContaining('请先序列化') },
    })
  }
})
