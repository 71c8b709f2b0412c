import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { expect, expectTypeOf, onTestFinished, test, vi } from 'vitest'
import {
  createBench,
  failBody,
  genuine,
  listen,
  post,
  testAdapter,
} from '../testing/adapter-suite.ts'
import { options } from '../testing/fixtures.ts'
import { createNodeHandler, serverTimeouts } from './node.ts'

testAdapter('node:http', ({ options }) =>
  listen(createServer(serverTimeouts, createNodeHandler({ path: '/notify', ...options }))),
)

/** A connection that is reset is closed too. */
const untilClosed = (socket: Socket) =>
  new Promise((resolve) => socket.on('error', () => {}).on('close', resolve))

test('a wrong option throws at start', () => {
  const inbox = { claim: async () => 'new' as const }
  expect(() => createNodeHandler({ ...options, inbox, apiV3Key: 'short' })).toThrow('apiV3Key')
  expect(() => createNodeHandler({ ...options, inbox, mchid: '' })).toThrow('mchid')
  expect(() => createNodeHandler({ ...options, inbox, budgetMs: 5000 })).toThrow('budgetMs')
  expect(() => createNodeHandler({ ...options } as never)).toThrow('onNotification')
})

test('the query of a URL is not part of its path', async () => {
  const server = await listen(
    createServer(createNodeHandler({ path: '/notify', ...createBench().options })),
  )
  expect((await post(`${server.url}/notify?from=template`, await genuine())).status).toBe(204)
  server.close()
})

test('T-21 the limits for a server, and node:http accepts them', async () => {
  expect(serverTimeouts).toEqual({
    headersTimeout: 5000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: 1000,
  })
  const server = createServer(serverTimeouts)
  expect([server.headersTimeout, server.requestTimeout]).toEqual([5000, 10_000])
  expectTypeOf(serverTimeouts).toExtend<import('node:http').ServerOptions>()
})

test('T-21 200 idle sockets and headers that drip are closed, and do not stop a genuine notification', async () => {
  const limits = { ...serverTimeouts, connectionsCheckingInterval: 20 }
  const receiver = createServer(limits, createNodeHandler(createBench().options))
  const server = await listen(receiver)
  const port = Number(new URL(server.url).port)
  const sockets = Array.from({ length: 200 }, () => connect(port, '127.0.0.1').resume())
  const closed = sockets.map(untilClosed)
  for (const socket of sockets) socket.write('POST /notify HTTP/1.1\r\nX-Drip: ')
  const drip = setInterval(() => sockets[0]?.writable && sockets[0].write('a'), 10)
  expect((await post(server.url, await genuine())).status).toBe(204)
  // Node reads the limits at each check. Shorter ones before would also apply to the genuine one.
  receiver.headersTimeout = 200
  receiver.requestTimeout = 400
  await Promise.all(closed)
  clearInterval(drip)
  server.close()
})

test('T-21 a body that drips is rejected when the budget is spent, and the connection is closed a second later', async () => {
  const bench = createBench()
  const receiver = createServer(createNodeHandler({ ...bench.options, budgetMs: 50 }))
  const server = await listen(receiver)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const { headers } = await genuine()
  const lines = Object.entries({ ...headers, Host: 'localhost', 'Content-Length': 1000 })
  socket.write(
    `POST / HTTP/1.1\r\n${lines.map(([key, value]) => `${key}: ${value}\r\n`).join('')}\r\n`,
  )
  const closed = untilClosed(socket)
  const drip = setInterval(() => socket.writable && socket.write('a'), 10)
  let response = ''
  const responded = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      response += chunk
      if (response.includes(failBody)) resolve()
    })
  })
  await once(receiver, 'request')
  // One turn of the event loop later the handler waits for the body.
  await new Promise((resolve) => setImmediate(resolve))
  vi.advanceTimersByTime(50)
  await responded
  expect(response).toMatch(/^HTTP\/1\.1 401 /)
  expect(bench.events).toMatchObject([{ code: 'body-incomplete' }])
  vi.advanceTimersByTime(999)
  expect(socket.closed).toBe(false)
  vi.advanceTimersByTime(1)
  await closed
  clearInterval(drip)
  server.close()
})
