import { createServer } from 'node:http'
import express from 'express'
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

testAdapter('Express 5, the handler above express.json()', async ({ options }) => {
  const app = express()
  app.post('/notify', createExpressHandler(options))
  app.use(express.json())
  return listen(createServer(app))
})

test('express.raw() on the route and a parser that stores rawBody provide the bytes', async () => {
  const bench = createBench()
  const app = express()
  app.post('/raw', express.raw({ type: '*/*' }), createExpressHandler(bench.options))
  const verify = (request: object, _: unknown, rawBody: Uint8Array) =>
    void Object.assign(request, { rawBody })
  app.use(express.json({ verify }))
  app.post('/kept', createExpressHandler(bench.options))
  const server = await listen(createServer(app))
  for (const path of ['/raw', '/kept'])
    expect((await post(`${server.url}${path}`, await genuine())).status).toBe(204)
  server.close()
})

test('T-17 express.json() before the handler: 500, and the event names only the fix for Express', async () => {
  const bench = createBench()
  const app = express()
  app.use(express.json())
  app.post('/notify', createExpressHandler(bench.options))
  const server = await listen(createServer(app))
  const response = await post(`${server.url}/notify`, await genuine())
  expect([response.status, await response.text()]).toEqual([500, failBody])
  const { error } = bench.events[0] as { error: Error }
  expect(error.message).toContain('above app.use(express.json())')
  expect(error.message).not.toContain('Koa')
  server.close()
})

test('T-14 the route’s parameter selects the merchant', async () => {
  const { options } = createBench()
  const { platformKeys, apiV3Key, mchid, clock, inbox } = options
  const tenants = new Map([['a', { platformKeys, apiV3Key, mchid }]])
  const app = express()
  const tenant = (request: express.Request<{ tenant: string }>) =>
    tenants.get(request.params.tenant)
  app.post('/notify/:tenant', createExpressHandler({ clock, inbox, tenant }))
  const server = await listen(createServer(app))
  expect((await post(`${server.url}/notify/a`, await genuine())).status).toBe(204)
  expect((await post(`${server.url}/notify/b`, await genuine())).status).toBe(401)
  server.close()
})
