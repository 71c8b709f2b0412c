import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { utf8 } from '@wechatpay-entrust/base'
import { afterEach, expect, test } from 'vitest'
import type { Sign } from '../keys/credentials.ts'
import { credentials, platformKeys, responding, signed, url } from '../testing/responding.ts'
import { thrownBy } from '../testing/vectors.ts'
import { createSigningFetch } from './signing-fetch.ts'

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

test('a call that is aborted while it is signed sends nothing (T-21)', async () => {
  const controller = new AbortController()
  const sign: Sign = (message) => {
    controller.abort(new Error('meanwhile'))
    return credentials.sign(message)
  }
  const { sent, fetch } = responding('{}')
  const signingFetch = createSigningFetch({
    credentials: { ...credentials, sign },
    platformKeys,
    fetch,
  })
  expect((await thrownBy(() => signingFetch(url, { signal: controller.signal }))).message).toBe(
    'meanwhile',
  )
  expect(sent).toHaveLength(0)
})

test('the opaque redirect of a browser becomes a 302 that is not verified (T-31)', async () => {
  const opaque = { type: { value: 'opaqueredirect' }, status: { value: 0 }, ok: { value: false } }
  const fetch = async () => Object.defineProperties(new Response(null), opaque)
  const response = await createSigningFetch({ credentials, platformKeys, fetch })(url)
  expect(response).toMatchObject({ status: 302, verified: false })
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

test('a compressed response is rejected unread: encoded-body (T-20)', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000))
  const send = await against(async (_, response) => {
    response.writeHead(200, { ...(await signed(bomb)), 'content-encoding': 'gzip' }).end(bomb)
  })
  expect(await thrownBy(send)).toMatchObject({
    name: 'SignatureError',
    code: 'encoded-body',
    status: 200,
  })
})

test('an encoded body is cancelled; a body with encoding identity is read (T-20)', async () => {
  let cancelled = 0
  const cancel = () => {
    cancelled += 1
  }
  const fetch = async () =>
    new Response(new ReadableStream({ cancel }), { headers: { 'content-encoding': 'br' } })
  const error = await thrownBy(() => createSigningFetch({ credentials, platformKeys, fetch })(url))
  expect(error).toMatchObject({ code: 'encoded-body' })
  expect(cancelled).toBe(1)
  const identity = responding('{}', { headers: { 'content-encoding': 'Identity' } })
  expect(await identity.signingFetch(url)).toMatchObject({ verified: true })
  expect(identity.sent[0]?.headers.get('accept-encoding')).toBe('identity')
})

test.each(['gzip', 'identity, gzip', 'gzip, identity', 'x'.repeat(1000)])(
  'Content-Encoding %j: encoded-body, also without a body, and the text is short (T-20)',
  async (encoding) => {
    for (const status of [200, 204]) {
      const { signingFetch } = responding('', { status, headers: { 'Content-Encoding': encoding } })
      const error = await thrownBy(() => signingFetch(url))
      expect(error).toMatchObject({ name: 'SignatureError', code: 'encoded-body', status })
      expect(error.message.length).toBeLessThan(300)
    }
  },
)

test('the default limit is 1 MiB (T-19)', async () => {
  expect(await responding('x'.repeat(1_048_576)).signingFetch(url)).toMatchObject({
    verified: true,
  })
  const over = await thrownBy(() => responding('x'.repeat(1_048_577)).signingFetch(url))
  expect(over).toMatchObject({ code: 'body-too-large' })
})

test('a response over the limit is rejected, declared or endless: body-too-large (T-19)', async () => {
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

test('the call ends at the signal even if fetch ignores it (T-21)', async () => {
  const silent = () => new Promise<Response>(() => {})
  const dripping = async () =>
    new Response(new ReadableStream({ pull: () => new Promise<void>(() => {}) }))
  for (const fetch of [silent, dripping]) {
    const deaf = createSigningFetch({ credentials, platformKeys, fetch })
    expect((await thrownBy(() => deaf(url, { signal: AbortSignal.timeout(20) }))).name).toBe(
      'TimeoutError',
    )
  }
})

test('the signal is passed to fetch, from the init or from the Request (T-21)', async () => {
  const { sent, signingFetch } = responding('{}')
  const controller = new AbortController()
  const { signal } = controller
  await signingFetch(url, { signal })
  await signingFetch(new Request(url, { signal }))
  controller.abort()
  expect(sent.map((request) => request.signal.aborted)).toEqual([true, true])
})

test('a truncated body is a network error, not a shorter response (T-21)', async () => {
  const send = await against(async (request, response) => {
    response.writeHead(200, { ...(await signed(utf8('{}'))), 'content-length': '100' }).write('{}')
    setTimeout(() => request.socket.destroy(), 20)
  })
  expect((await thrownBy(send)).name).toBe('TypeError')
})
