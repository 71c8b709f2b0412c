import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { mockKeys } from '../platform/keys.ts'
import { authorize, isSignedBy, preSignBody, preSignPath, send } from '../testing/by-hand.ts'

let server: MockServer
beforeEach(async () => {
  server = await startMockServer()
})
afterEach(() => server.close())

/** Sends the lines over a socket and reads until the server closes it. */
async function talk(lines: string[], body = ''): Promise<string> {
  const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
  socket.write(`${[...lines, 'Host: 127.0.0.1', 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('utf8')
}

test('header names are sent in the documented case, each once, with the length in bytes', async () => {
  const response = await talk([
    'GET /v3/certificates HTTP/1.1',
    `Authorization: ${authorize({ target: '/v3/certificates' })}`,
    'Accept: */*',
    'User-Agent: raw',
  ])
  const [head = '', body = ''] = response.split('\r\n\r\n')
  const [status, ...lines] = head.split('\r\n')
  expect(status).toBe('HTTP/1.1 200 OK')
  const names = lines.map((line) => line.slice(0, line.indexOf(':')))
  expect(names.sort()).toEqual([
    'Connection',
    'Content-Length',
    'Content-Type',
    'Date',
    'Request-ID',
    'Wechatpay-Nonce',
    'Wechatpay-Serial',
    'Wechatpay-Signature',
    'Wechatpay-Signature-Type',
    'Wechatpay-Timestamp',
  ])
  expect(lines).toContain(`Content-Length: ${Buffer.byteLength(body)}`)
})

test.each(['Accept', 'User-Agent'])(
  'a request without %s gets a signed 400 INVALID_REQUEST, as observed in the real service',
  async (name) => {
    const { status, headers, body, json } = await send(server.baseUrl, {
      target: '/v3/certificates',
      headers: { [name]: undefined },
    })
    expect([status, json.code, json.message]).toEqual([
      400,
      'INVALID_REQUEST',
      'Http头缺少Accept或User-Agent',
    ])
    expect(
      isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
    ).toBe(true)
  },
)

test('the path is verified as it was sent, not as a URL parser writes it', async () => {
  for (const target of [
    '/v3/a/../certificates',
    '/v3/%7Bx%7D?q="\'|',
    '//elsewhere/v3/certificates',
    '/v3/%ff/%',
  ]) {
    const { headers, body } = await send(server.baseUrl, { target })
    expect([
      target,
      isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
    ]).toEqual([target, true])
  }
})

test.each([
  'GET / HTTP/1.1',
  'GET /v3/certificates/x HTTP/1.1',
  'HEAD /v3/certificates HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'TRACE /v3/certificates HTTP/1.1',
  'GET http://a.b/v3/certificates HTTP/1.1',
])('%s gets 404', async (line) => {
  const response = await talk([line])
  expect(response).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/)
  expect(response.split('\r\n\r\n')[1]).toMatch(
    line.startsWith('HEAD') ? /^$/ : /^\{"code":"RESOURCE_NOT_EXISTS"/,
  )
})

test('a client that disconnects in the middle of its body causes no server error', async () => {
  const lines: string[] = []
  const logged = await startMockServer({ log: (line) => void lines.push(line) })
  const socket = connect(Number(new URL(logged.baseUrl).port), '127.0.0.1')
  // The server sends "100 Continue" when it starts to read the body.
  const headers = 'Host: a\r\nContent-Length: 100\r\nExpect: 100-continue'
  socket.write(`POST /v3/x HTTP/1.1\r\n${headers}\r\n\r\nhalf`)
  await once(socket, 'data')
  socket.destroy()
  await once(socket, 'close')
  await logged.close()
  expect(lines).toEqual([])
})

test('a body of exactly the limit is read', async () => {
  const { status } = await send(server.baseUrl, {
    method: 'POST',
    target: '/v3/x',
    body: 'a'.repeat(1024 * 1024),
  })
  expect(status).toBe(404)
})

test('a body over the limit gets 413, also for a client that writes all of it before it reads', async () => {
  for (const length of [1024 * 1024 + 1, 8 * 1024 * 1024]) {
    const { status, headers } = await send(server.baseUrl, {
      method: 'POST',
      target: '/v3/x',
      body: 'a'.repeat(length),
    })
    expect([status, headers.has('Request-ID')]).toEqual([413, true])
  }
})

test('an unsigned request to an unknown path gets 404 with a Request-ID, and is logged', async () => {
  const response = await talk(['GET /v3/nope?a=1 HTTP/1.1'])
  expect(response).toMatch(/\r\nRequest-ID: [0-9A-F]+-0\r\n/)
  expect(server.mock.requests().at(-1)).toMatchObject({
    path: '/v3/nope?a=1',
    status: 404,
    verified: false,
  })
})

test('the signature of a HEAD response covers the empty body that arrives', async () => {
  const { status, headers, body } = await send(server.baseUrl, {
    method: 'HEAD',
    target: '/v3/certificates',
  })
  expect([status, body.length]).toEqual([404, 0])
  expect(
    isSignedBy(mockKeys.platform.certificate, mockKeys.platform.serialNumber, headers, body),
  ).toBe(true)
})

test('T-32 the server delivers to named hosts, and to no other machine', async () => {
  // An address for documentation (RFC 5737): no server has it.
  const body = JSON.stringify({ ...preSignBody, notify_url: 'https://192.0.2.1/n' })
  const naming = await startMockServer({ allowNotifyHosts: ['192.0.2.1'] })
  const deliver = async ({ baseUrl, mock }: MockServer) => {
    const { json } = await send(baseUrl, { method: 'POST', target: preSignPath, body })
    return { done: mock.user.signs(json) }
  }
  const errorOf = ({ mock }: MockServer) => String(mock.deliveries()[0]?.error)
  // The connection to the allowed host may take long, so it is not awaited. A rejection would be
  // recorded before that of the second server.
  await deliver(naming)
  await (await deliver(server)).done
  expect(errorOf(server)).toContain('not loopback')
  expect(errorOf(naming)).not.toContain('not loopback')
  await naming.close()
})

test('T-33 the port is open on 127.0.0.1 only', async () => {
  const { port, hostname } = new URL(server.baseUrl)
  expect(hostname).toBe('127.0.0.1')
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ address }) => address !== '127.0.0.1')
  for (const { address } of [...others, { address: '127.0.0.2' }]) {
    const socket = connect(Number(port), address)
    const outcome = await once(socket, 'connect').then(
      () => 'connected',
      ({ code }: NodeJS.ErrnoException) => code,
    )
    socket.destroy()
    expect(outcome, address).toMatch(/ECONNREFUSED|ENETUNREACH|EADDRNOTAVAIL|EINVAL/)
  }
})

test('T-33 the serials of the test keys begin with MOCK in hex', () => {
  expect(server.platformCertificateSerialNumber).toMatch(/^4D4F434B/)
  expect(server.merchantSerialNumber).toMatch(/^4D4F434B/)
  expect(server.publicKeyId).toMatch(/^PUB_KEY_ID_\d{32}$/)
})

test('close ends after 0.4 s even with an open connection, deletes the keys, and can be called twice', async () => {
  const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1')
  socket.on('error', () => undefined)
  // The response to the first request shows that the server has read the second, incomplete one.
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n')
  await once(socket, 'data')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const closing = Promise.all([server.close(), server.close()])
  vi.advanceTimersByTime(400)
  await closing
  expect(existsSync(dirname(server.publicKeyPath))).toBe(false)
  await expect(send(server.baseUrl, { target: '/' })).rejects.toThrow('ECONNREFUSED')
})
