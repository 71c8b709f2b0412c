import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono, type Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { expect, test } from 'vitest'
import {
  createBench,
  failBody,
  genuine,
  listen,
  post,
  testAdapter,
} from '../testing/adapter-suite.ts'
import { createHonoHandler } from './hono.ts'

const serve = (app: Hono) => listen(createAdaptorServer(app) as Server)

testAdapter('Hono on Node', async ({ options }) => {
  const app = new Hono()
  app.post('/notify', createHonoHandler(options))
  return serve(app)
})

const readers: [string, (context: Context) => unknown][] = [
  ['json', ({ req }) => req.json()],
  ['text', ({ req }) => req.text()],
  ['raw', ({ req }) => req.raw.text()],
]

test.each(readers)(
  'T-17 a middleware that has read c.req.%s(): 500, and the event names Hono’s fix',
  async (_, read) => {
    const bench = createBench()
    const app = new Hono()
    app.use(async (context: Context, next: Next) => {
      await read(context)
      await next()
    })
    app.post('/notify', createHonoHandler(bench.options))
    const server = await serve(app)
    const response = await post(`${server.url}/notify`, await genuine())
    expect([response.status, await response.text()]).toEqual([500, failBody])
    const { error } = bench.events[0] as { error: Error }
    expect(error.message).toContain('c.req.arrayBuffer()')
    expect(error.message).not.toContain('Express')
    server.close()
  },
)

test('a middleware that reads c.req.arrayBuffer() and bodyLimit change nothing', async () => {
  const bench = createBench()
  const app = new Hono()
  app.use('/read', async ({ req }, next) => {
    await req.arrayBuffer()
    await next()
  })
  app.use('/limit', bodyLimit({ maxSize: 100_000 }))
  app.on('POST', ['/read', '/limit'], createHonoHandler(bench.options))
  const server = await serve(app)
  for (const path of ['/read', '/limit']) {
    const message = await genuine()
    expect((await post(`${server.url}${path}`, message)).status).toBe(204)
    expect(
      (await post(`${server.url}${path}`, { ...message, body: message.body.slice(1) })).status,
    ).toBe(401)
  }
  server.close()
})

test('T-14 the route’s parameter selects the merchant', async () => {
  const { platformKeys, apiV3Key, mchid, clock, inbox } = createBench().options
  const tenants = new Map([['a', { platformKeys, apiV3Key, mchid }]])
  const tenant = ({ req }: Context) => tenants.get(req.param('tenant') ?? '')
  const app = new Hono().post('/notify/:tenant', createHonoHandler({ clock, inbox, tenant }))
  for (const [path, status] of [
    ['/notify/a', 204],
    ['/notify/b', 401],
  ] as const) {
    expect((await app.request(path, { method: 'POST', ...(await genuine()) })).status).toBe(status)
  }
})
