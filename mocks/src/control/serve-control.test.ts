import { once } from 'node:events'
import http from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { preSignBody, preSignPath, send } from '../testing/by-hand.ts'

let server: MockServer
beforeEach(async () => {
  server = await startMockServer()
})
afterEach(() => server.close())

interface Asked {
  method?: string
  path?: string
  headers?: Record<string, string>
}

/** Sends any headers, also those that fetch forbids. */
async function ask({ method = 'GET', path = '', headers = {} }: Asked) {
  const outgoing = http
    .request(`${server.controlUrl}${path}`, { method, headers, agent: false })
    .end()
  const [incoming] = (await once(outgoing, 'response')) as [http.IncomingMessage]
  let text = ''
  for await (const chunk of incoming.setEncoding('utf8')) text += chunk
  return { status: incoming.statusCode, headers: incoming.headers, text }
}

const html = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

test('a browser that requests the control API gets the console, other clients get JSON', async () => {
  for (const path of ['', '/', '/console', '/console/']) {
    const { status, headers, text } = await ask({ path, headers: html })
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(text).toMatch(/^<!doctype html>/i)
  }
  const { status, text } = await ask({ headers: { Accept: '*/*' } })
  expect([status, JSON.parse(text).code]).toEqual([404, 'NOT_FOUND'])
  expect((await ask({ path: '/requests', headers: html })).text).toBe('[]')
})

test('the page allows only its own scripts, styles and addresses, and no frame', async () => {
  const { headers, text } = await ask({ path: '/console' })
  const policy = headers['content-security-policy'] ?? ''
  for (const part of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'none'",
  ])
    expect(policy).toContain(part)
  expect(policy).not.toMatch(/unsafe|\*|data:/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(text).not.toMatch(/<script(?![^>]* src=)|\sstyle=|\son\w+=/)
  const assets = [...text.matchAll(/(?:src|href)="(?!#)([^"]*)"/g)].map(
    ([, address = '']) => address,
  )
  expect(assets.length).toBeGreaterThan(2)
  for (const asset of assets) expect(asset).toMatch(/^\/__mock\/console\/[a-z.]+$/)
})

test('only scripts and styles are served, by their names', async () => {
  expect((await ask({ path: '/console/main.js' })).headers['content-type']).toBe(
    'text/javascript; charset=utf-8',
  )
  expect((await ask({ path: '/console/base.css' })).headers['content-type']).toBe(
    'text/css; charset=utf-8',
  )
  for (const path of [
    '/console/none.js',
    '/console/..%2fsnapshot.js',
    '/console/../snapshot.ts',
    '/console/index.html',
  ])
    expect((await ask({ path })).status, path).toBe(404)
})

test('requests of the console are not in the log', async () => {
  for (const path of ['', '/console/main.js', '/console/icon.svg', '/console/state'])
    expect((await ask({ path, headers: html })).status).toBe(200)
  expect(server.mock.requests()).toEqual([])
})

const foreign: [string, Asked][] = [
  [
    'a name of the internet that resolves to this machine',
    { path: '/requests', headers: { Host: 'rebound.example.com' } },
  ],
  ['such a name with a port', { path: '/console', headers: { Host: 'rebound.example.com:8765' } }],
  [
    'a name that only begins like this machine',
    { path: '/events', headers: { Host: '127.0.0.1.example.com' } },
  ],
  [
    'a POST of another site',
    { method: 'POST', path: '/reset', headers: { 'Sec-Fetch-Site': 'cross-site' } },
  ],
  [
    'a POST of another port',
    { method: 'POST', path: '/reset', headers: { 'Sec-Fetch-Site': 'same-site' } },
  ],
  [
    'a POST of another origin',
    { method: 'POST', path: '/reset', headers: { Origin: 'https://example.com' } },
  ],
  ['a POST of a file', { method: 'POST', path: '/reset', headers: { Origin: 'null' } }],
]

test.each(foreign)('%s is rejected, and nothing changes (T-32)', async (_who, asked) => {
  await send(server.baseUrl, { target: '/v3/certificates' })
  const { status, text } = await ask(asked)
  expect([status, JSON.parse(text).code]).toEqual([403, 'FORBIDDEN'])
  expect(server.mock.requests()).toHaveLength(1)
})

test.each([
  ['the console itself', { 'Sec-Fetch-Site': 'same-origin', Origin: 'http://127.0.0.1:1' }],
  ['a program', {}],
  ['localhost', { Host: 'localhost:8765' }],
  ['a container', { Host: 'mock:8765' }],
  ['a container that calls its host', { Host: 'host.docker.internal:8765' }],
  ['IPv6', { Host: '[::1]:8765' }],
  ['an old browser on the console', { Host: '127.0.0.1:8765', Origin: 'http://127.0.0.1:8765' }],
])('%s may command the mock', async (_who, headers) => {
  expect((await ask({ method: 'POST', path: '/reset', headers })).status).toBe(200)
})

/** The changes that the stream sends, in order, once it is open. */
async function openChanges() {
  const response = await fetch(`${server.controlUrl}/events`)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  async function* read() {
    let rest = ''
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (rest + part).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) if (event.startsWith('data: ')) yield JSON.parse(event.slice(6))
    }
  }
  return read()
}

test('each change is a server-sent event; the stream ends with the server, and the server does not wait for it', async () => {
  const events = await openChanges()
  await send(server.baseUrl, {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify(preSignBody),
  })
  expect((await events.next()).value).toEqual({ type: 'session', id: expect.any(String) })
  expect((await events.next()).value).toEqual({ type: 'request', id: 1 })
  const waiting = events.next()
  await server.close()
  expect((await waiting).done).toBe(true)
})

test('a client that does not read fills no memory, and gets an event that it missed changes (T-38)', async () => {
  const outgoing = http.get(`${server.controlUrl}/events`, { agent: false })
  const [incoming] = (await once(outgoing, 'response')) as [http.IncomingMessage]
  const { mock } = server
  // Megabytes of changes that are not read.
  for (let count = 0; count < 200_000; count += 1) mock.faults.clear()
  const received = async () => {
    let text = ''
    for await (const part of incoming.setEncoding('utf8')) {
      text += part
      if (text.includes('"missed"')) break
    }
    return text
  }
  expect((await received()).split('\n\n').length).toBeLessThan(200_000)
})
