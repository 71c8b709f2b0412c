import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { NotificationRequest } from '../index.ts'
import { acceptedResponse, responseFor } from '../respond/response.ts'
import { envelope, options, signed } from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

const fail = '{"code":"FAIL","message":"失败"}'
const events: string[] = []
const errors: (Error & { code?: string })[] = []

/**
 * The whole of a receiver on node:http. `/parsed` plays the framework whose body parser came first.
 */
const server = createServer(async (request: IncomingMessage & { body?: unknown }, outgoing) => {
  if (request.url === '/parsed') request.body = JSON.parse(await textOf(request))
  const response = await receiveNotification(request satisfies NotificationRequest, options).then(
    (event) => {
      events.push(event.id)
      return acceptedResponse
    },
    (error: Error) => {
      errors.push(error)
      return responseFor(error)
    },
  )
  outgoing.writeHead(response.status, response.headers).end(response.body)
})

let port = 0
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as { port: number }).port
})
beforeEach(() => {
  events.length = 0
  errors.length = 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const post = (
  path: string,
  { headers, body }: { headers: Record<string, string>; body: Uint8Array },
) =>
  fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: Uint8Array.from(body) })

test('a genuine notification over real HTTP is received and gets 204 without a body', async () => {
  const response = await post('/notify', signed())
  expect([response.status, await response.text(), events]).toEqual([
    204,
    '',
    ['EV-2018022511223320873'],
  ])
})

test('T-04 a tampered and a long notification get 401 with the fixed body', async () => {
  const message = signed()
  const tampered = Buffer.from(
    Buffer.from(message.body).toString().replace('ENTRUST.SIGN', 'ENTRUST.SIGM'),
  )
  for (const body of [tampered, new Uint8Array(65_537)]) {
    const response = await post('/notify', { ...message, body })
    expect([response.status, response.headers.get('content-type')]).toEqual([
      401,
      'application/json',
    ])
    expect(await response.text()).toBe(fail)
  }
  expect(errors.map(({ code }) => code)).toEqual(['mismatch', 'body-too-large'])
  expect(events).toEqual([])
})

test('T-17 after a body parser the error names the fix, and the response is 500', async () => {
  const response = await post('/parsed', signed())
  expect([response.status, await response.text()]).toEqual([500, fail])
  expect(errors[0]).toMatchObject({
    code: 'parsed-body',
    message: expect.stringContaining('Mount the handler before any body parser'),
  })
})

test('T-19 an endless chunked body gets a response before it ends', async () => {
  const request = httpRequest({
    port,
    method: 'POST',
    headers: { ...signed().headers, 'Transfer-Encoding': 'chunked' },
  })
  let sent = 0
  request.on('error', () => {})
  // Each write waits for the one before it, so the body never ends and never waits for a timer.
  const write = (): unknown => {
    sent += 1024
    return request.write(new Uint8Array(1024), (error) => error ?? setImmediate(write))
  }
  write()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  expect([response.statusCode, await textOf(response)]).toEqual([401, fail])
  expect(sent).toBeGreaterThan(65_536)
  expect(errors.map(({ code }) => code)).toEqual(['body-too-large'])
  request.destroy()
})

test('T-16 a signature header sent twice over a raw socket is rejected, with the same or another value', async () => {
  const { headers, body } = signed(envelope())
  for (const name of Object.keys(headers).filter((key) => key.startsWith('Wechatpay-'))) {
    for (const second of [headers[name], 'other']) {
      const lines = Object.entries({
        ...headers,
        Host: 'localhost',
        Connection: 'close',
        'Content-Length': body.length,
      })
      const head = [...lines, [name, second]].map(([key, value]) => `${key}: ${value}\r\n`).join('')
      const socket = connect(port, '127.0.0.1')
      socket.end(Buffer.concat([Buffer.from(`POST /notify HTTP/1.1\r\n${head}\r\n`), body]))
      const response = Buffer.concat(await socket.toArray()).toString()
      expect(response).toMatch(/^HTTP\/1\.1 401 /)
      expect(response).toContain(fail)
    }
  }
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['duplicate-header']))
  expect(events).toEqual([])
})
