import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { createCredentials } from './credentials.ts'
import { importCertificate, importRsaPrivateKey, utf8 } from './crypto/index.ts'
import { signMessage } from './message-signature.ts'
import { createPlatformKeys } from './platform-keys.ts'
import { verifyRequest } from './request-signature.ts'
import { createSigningFetch } from './signing-fetch.ts'
import { testingKeys, thrownBy } from './testing/vectors.ts'

const { merchant, platform } = testingKeys
const credentials = createCredentials(merchant)
const platformKeys = createPlatformKeys({ platformCertificates: [platform.certificate] })
const platformKey = importRsaPrivateKey(platform.privateKey)
const merchantKey = importCertificate(merchant.certificate).publicKey
const url = 'https://api.mch.weixin.qq.com/v3/some/path?a=1%202'

const signed = (body: Uint8Array) => signMessage(body, { key: platformKey, serialNumber: platform.serialNumber })

/** A fetch that answers with the given body, signed unless said otherwise. */
function answering(text: string, { status = 200, sign = true, headers = {} as Record<string, string> } = {}) {
  const sent: Request[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    sent.push(new Request(input, init))
    const body = utf8(text)
    const response = { status, headers: { ...(sign && (await signed(body))), 'Request-ID': 'R-1', ...headers } }
    return new Response(status === 204 ? null : (body as Uint8Array<ArrayBuffer>), response)
  }
  return { sent, fetch, signingFetch: createSigningFetch({ credentials, platformKeys, fetch }) }
}

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A signing fetch against a real server. */
async function against(listener: RequestListener, options: { maxResponseBytes?: number } = {}) {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const signingFetch = createSigningFetch({ credentials, platformKeys, ...options })
  return (init?: RequestInit) => signingFetch(`${base}/v3/x`, init)
}

test('what goes out is signed over the bytes that go out, path and query included (T-17)', async () => {
  const { sent, signingFetch } = answering('{}')
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
        body: new Uint8Array(await request.arrayBuffer()),
        authorization: request.headers.get('authorization'),
      },
      { findKey: () => merchantKey },
    )
    expect(checked.mchid).toBe(merchant.mchid)
    expect(request.headers.get('wechatpay-serial')).toBe(platform.serialNumber)
    expect(request.headers.get('accept-encoding')).toBe('identity')
    expect(request.redirect).toBe('manual')
  }
  expect(sent).toHaveLength(4)
})

test('each call has its own nonce and signature over the same bytes, alone and 64 at once (T-30, T-37)', async () => {
  const { sent, signingFetch } = answering('{}')
  await Promise.all(Array.from({ length: 64 }, () => signingFetch(url, { method: 'POST', body: '{}' })))
  expect(new Set(sent.map(({ headers }) => headers.get('authorization'))).size).toBe(64)
})

test('a verified answer comes back with its bytes, status, headers and verified: true', async () => {
  const response = await answering('{"预签约":"5778"}').signingFetch(url)
  expect(response).toMatchObject({ status: 200, verified: true })
  expect(response.headers.get('request-id')).toBe('R-1')
  expect(await response.json()).toEqual({ 预签约: '5778' })
  expect((await answering('', { status: 204 }).signingFetch(url)).verified).toBe(true)
})

test('a 2xx that is unsigned or tampered with is never returned; the error keeps status and Request-ID (T-01, T-02)', async () => {
  const unsigned = await thrownBy(() => answering('{}', { sign: false }).signingFetch(url))
  expect(unsigned).toMatchObject({ code: 'missing-header', requestId: 'R-1', status: 200 })
  const headers = await signed(utf8('{"a":1}'))
  const tampered = await thrownBy(() => answering('{"a":2}', { headers }).signingFetch(url))
  expect(tampered).toMatchObject({ code: 'mismatch', requestId: 'R-1' })
  const probe = { 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${'A'.repeat(325)}` }
  expect(await thrownBy(() => answering('{}', { headers: probe }).signingFetch(url))).toMatchObject({ probe: true })
})

test('an error answer is returned, and says whether its signature held (T-03)', async () => {
  const body = '{"code":"PARAM_ERROR"}'
  expect(await answering(body, { status: 400 }).signingFetch(url)).toMatchObject({ status: 400, verified: true })
  const unsigned = await answering(body, { status: 401, sign: false }).signingFetch(url)
  expect(unsigned).toMatchObject({ status: 401, verified: false })
  expect(await unsigned.text()).toBe(body)
  const forged = { 'Wechatpay-Nonce': 'another' }
  expect(await answering(body, { status: 500, headers: forged }).signingFetch(url)).toMatchObject({ verified: false })
})

test('redirects are not followed and the body is not sent again (T-31)', async () => {
  for (const status of [301, 302, 307, 308]) {
    let requests = 0
    const send = await against((_, response) => {
      requests += 1
      response.writeHead(status, { location: '/v3/elsewhere' }).end()
    })
    expect(await send({ method: 'POST', body: '{}' })).toMatchObject({ status, verified: false })
    expect(requests).toBe(1)
  }
})

test('a compressed answer is refused unread: encoded-body (T-20)', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000))
  const send = await against(async (_, response) => {
    response.writeHead(200, { ...(await signed(bomb)), 'content-encoding': 'gzip' }).end(bomb)
  })
  expect(await thrownBy(send)).toMatchObject({ name: 'SignatureError', code: 'encoded-body', status: 200 })
})

test('an answer over the cap is refused, declared or endless: body-too-large (T-19)', async () => {
  const declared = await against((_, response) => {
    response.writeHead(200, { 'content-length': '10000000000' }).write('{')
  })
  expect(await thrownBy(declared)).toMatchObject({ code: 'body-too-large' })
  const endless = await against(
    (_, response) => {
      const drip = () => response.write(Buffer.alloc(10_000)) && setImmediate(drip)
      response.on('drain', drip).writeHead(200)
      drip()
    },
    { maxResponseBytes: 50_000 },
  )
  expect(await thrownBy(endless)).toMatchObject({ code: 'body-too-large' })
  const error = await against((_, response) => response.writeHead(502).end('x'.repeat(60_000)), {
    maxResponseBytes: 50_000,
  })
  expect(await error()).toMatchObject({ status: 502, verified: false })
})

test('the signal ends the exchange while connecting, waiting for headers and reading the body (T-21)', async () => {
  const silent = await against(() => {})
  const dripping = await against((_, response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
  })
  for (const send of [silent, dripping]) {
    const error = await thrownBy(() => send({ signal: AbortSignal.timeout(150) }))
    expect(error.name).toBe('TimeoutError')
  }
  const reason = new Error('before')
  expect(await thrownBy(() => silent({ signal: AbortSignal.abort(reason) }))).toBe(reason)
})

test('a fetch that ignores its signal is cut off all the same (T-21)', async () => {
  const deaf = createSigningFetch({ credentials, platformKeys, fetch: () => new Promise<Response>(() => {}) })
  expect((await thrownBy(() => deaf(url, { signal: AbortSignal.timeout(20) }))).name).toBe('TimeoutError')
})

test('a truncated body is an error of the network, not a shorter answer (T-21)', async () => {
  const send = await against(async (request, response) => {
    response.writeHead(200, { ...(await signed(utf8('{}'))), 'content-length': '100' }).write('{}')
    setTimeout(() => request.socket.destroy(), 20)
  })
  expect((await thrownBy(send)).name).toBe('TypeError')
})

test('globalThis.fetch is looked up at the call', async () => {
  const signingFetch = createSigningFetch({ credentials, platformKeys })
  const { fetch } = answering('{}')
  vi.stubGlobal('fetch', fetch)
  try {
    expect((await signingFetch(url)).verified).toBe(true)
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a body that is not there whole cannot be signed: unsupported-body', async () => {
  const { signingFetch } = answering('{}')
  for (const body of [new FormData(), new ReadableStream(), new Blob(['x'])]) {
    const error = await thrownBy(() => signingFetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit))
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'unsupported-body', slot: 'init.body' })
  }
})
