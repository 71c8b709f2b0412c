import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { Express } from 'express'
import express from 'express4'
import { expect, test } from 'vitest'
import {
  createBench,
  failBody,
  genuine,
  listen,
  post,
  testAdapter,
} from '../testing/adapter-suite.ts'
import { createExpressHandler } from './express.ts'

testAdapter('Express 4, the handler above express.json()', async ({ options }) => {
  const app: Express = express()
  app.post('/notify', createExpressHandler(options))
  app.use(express.json())
  return listen(createServer(app))
})

test('on Express 4 a parser that reads no body, express.raw() and a parser that stores rawBody provide the bytes', async () => {
  const bench = createBench()
  const app = express()
  // The urlencoded parser sets `request.body` to {} on Express 4, and reads nothing of JSON.
  app.use('/unread', express.urlencoded({ extended: false }))
  app.post('/unread', createExpressHandler(bench.options))
  app.post('/raw', express.raw({ type: '*/*' }), createExpressHandler(bench.options))
  const verify = (request: object, _: unknown, rawBody: Uint8Array) =>
    void Object.assign(request, { rawBody })
  app.use(express.json({ verify }))
  app.post('/kept', createExpressHandler(bench.options))
  const server = await listen(createServer(app))
  for (const path of ['/unread', '/raw', '/kept'])
    expect([path, (await post(`${server.url}${path}`, await genuine())).status]).toEqual([
      path,
      204,
    ])
  server.close()
})

test('T-17 on Express 4 express.json() before the handler: 500, and the event names the fix', async () => {
  const bench = createBench()
  const app = express()
  app.use(express.json())
  app.post('/notify', createExpressHandler(bench.options))
  const server = await listen(createServer(app))
  const response = await post(`${server.url}/notify`, await genuine())
  expect([response.status, await response.text()]).toEqual([500, failBody])
  const { error } = bench.events[0] as { error: Error }
  expect(error.message).toContain('above app.use(express.json())')
  server.close()
})

test('the Express of this test is 4', () => {
  expect(createRequire(import.meta.url)('express4/package.json').version).toMatch(/^4\./)
})
