import { createServer as createHttpServer, type Server } from 'node:http'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ApiError } from '../errors/api-error.ts'
import { preSignBody, rejection } from '../testing/handler.ts'
import { type Client, createClient } from './client.ts'
import type { ClientEvent } from './events.ts'
import type { SignedResponse } from './transport.ts'

const closing: (() => void)[] = []
beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  for (const close of closing.splice(0)) close()
})

async function listen(server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

/** A port without a listener. */
async function freePort(): Promise<number> {
  const server = createTcpServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

function clientOf(baseUrl: string, timeout = 10_000) {
  const events: ClientEvent[] = []
  const client = createClient({
    baseUrl,
    timeout,
    onEvent: (event) => events.push(event),
    fetch: async (url, { body, ...init }) =>
      Object.assign(await fetch(url, { ...init, ...(body === undefined ? {} : { body }) }), {
        verified: true,
      }) as SignedResponse,
  })
  return { client, events }
}

const terminate = (client: Client) =>
  rejection(
    client.terminateContractByCode({
      path: { service_id: 12535, out_contract_code: 'wxwtdk20200910100000' },
      json: { contract_termination_remark: '用户解约' },
    }),
  ) as Promise<ApiError>

const never: [string, () => Promise<string>][] = [
  ['no listener', async () => `http://127.0.0.1:${await freePort()}`],
  ['the name does not resolve', async () => 'https://api.invalid'],
  [
    'the other side does not speak TLS',
    async () => `https://127.0.0.1:${await listen(createHttpServer())}`,
  ],
  [
    'the connection ends inside the TLS handshake',
    async () =>
      `https://127.0.0.1:${await listen(createTcpServer((socket) => socket.once('data', () => socket.end())))}`,
  ],
]

test.each(never)(
  'T-30 a real connection that could not be made (%s): even terminate is retried',
  async (_, url) => {
    const { client, events } = clientOf(await url())
    expect(await terminate(client)).toMatchObject({
      code: 'NETWORK_ERROR',
      outcome: 'failed',
      retryable: true,
    })
    expect(events).toHaveLength(3)
  },
)

test('T-30 a real connection that is reset after the request: terminate is not retried', async () => {
  let requests = 0
  const server = createHttpServer((request) => {
    requests += 1
    request.socket.resetAndDestroy()
  })
  const { client } = clientOf(`http://127.0.0.1:${await listen(server)}`)
  expect(await terminate(client)).toMatchObject({
    code: 'NETWORK_ERROR',
    outcome: 'unknown',
    retryable: false,
  })
  expect(requests).toBe(1)
})

/** How far a server gets with its response; calls `stalled` then. */
const stalls: [string, (server: Server, stalled: () => void) => void][] = [
  ['no headers', (server, stalled) => server.on('request', stalled)],
  [
    'headers, no body',
    (server, stalled) =>
      server.on('request', (_, response) => {
        response.writeHead(200).flushHeaders()
        stalled()
      }),
  ],
  [
    'a body that drips',
    (server, stalled) =>
      server.on('request', (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const drip = setInterval(() => response.write(' ', stalled), 10)
        response.on('close', () => clearInterval(drip))
      }),
  ],
  [
    'an error body that drips',
    (server, stalled) =>
      server.on('request', (_, response) => {
        response.writeHead(500)
        const drip = setInterval(() => response.write(' ', stalled), 10)
        response.on('close', () => clearInterval(drip))
      }),
  ],
]

test.each(stalls)(
  'T-21 a real server that stalls (%s): the deadline ends it and closes the connection',
  async (_, stall) => {
    const server = createHttpServer()
    const stalled = new Promise<void>((resolve) => stall(server, resolve))
    const closed = new Promise((resolve) =>
      server.once('connection', (socket) => socket.once('close', resolve)),
    )
    const { client, events } = clientOf(`http://127.0.0.1:${await listen(server)}`, 120)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const ended = rejection(client.qsMiniProgramPreEntrustSign({ json: preSignBody }))
    await stalled
    await vi.advanceTimersByTimeAsync(120)
    expect(await ended).toMatchObject({
      code: 'TIMEOUT',
      outcome: 'unknown',
      retryable: true,
    })
    expect(events).toMatchObject([{ attempt: 1, code: 'TIMEOUT', willRetry: false }])
    await closed
  },
)

test.each(stalls)(
  'an abort at that time (%s) ends the call with its reason and closes the connection',
  async (_, stall) => {
    const server = createHttpServer()
    const stalled = new Promise<void>((resolve) => stall(server, resolve))
    const closed = new Promise((resolve) =>
      server.once('connection', (socket) => socket.once('close', resolve)),
    )
    const { client } = clientOf(`http://127.0.0.1:${await listen(server)}`)
    const controller = new AbortController()
    const reason = new Error('the user went away')
    const ended = rejection(client.getCertificates({}, { signal: controller.signal }))
    await stalled
    controller.abort(reason)
    expect(await ended).toBe(reason)
    await closed
  },
)

test('T-21 half a body: NETWORK_ERROR, and a retry if that is safe', async () => {
  let requests = 0
  const server = createHttpServer((_, response) => {
    requests += 1
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
    response.write('{"a":', () => response.destroy())
  })
  const { client } = clientOf(`http://127.0.0.1:${await listen(server)}`)
  expect(await rejection(client.getCertificates())).toMatchObject({ code: 'NETWORK_ERROR' })
  expect(requests).toBe(3)
})
