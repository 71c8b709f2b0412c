import { createServer } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import Koa from 'koa'
// @ts-expect-error -- it has no types of its own
import oldBodyParser from 'koa-bodyparser'
import { expect, test } from 'vitest'
import {
  createBench,
  failBody,
  genuine,
  listen,
  post,
  testAdapter,
} from '../testing/adapter-suite.ts'
import { createKoaHandler } from './koa.ts'

testAdapter('Koa 3, the handler above the body parser', async ({ options }) => {
  const app = new Koa()
  app.silent = true
  app.use(createKoaHandler({ path: '/notify', ...options }))
  app.use(bodyParser())
  return listen(createServer(app.callback()))
})

test.each<[string, Koa.Middleware]>([
  ['@koa/bodyparser', bodyParser()],
  ['koa-bodyparser', oldBodyParser()],
])(
  'T-17 %s before the handler: 500, and the event names Koa’s fix; parser skipped on the route: 204',
  async (_name, parser) => {
    const bench = createBench()
    const app = new Koa()
    app.use(async (context, next) => {
      if (context.path === '/off') context.disableBodyParser = true
      await next()
    })
    app.use(parser)
    app.use(createKoaHandler(bench.options))
    const server = await listen(createServer(app.callback()))
    const response = await post(`${server.url}/notify`, await genuine())
    expect([response.status, await response.text()]).toEqual([500, failBody])
    const { error } = bench.events[0] as { error: Error }
    expect(error.message).toContain('Koa: mount the handler above the body parser')
    expect((await post(`${server.url}/off`, await genuine())).status).toBe(204)
    server.close()
  },
)

test('T-14 the path selects the merchant', async () => {
  const { platformKeys, apiV3Key, mchid, clock, inbox } = createBench().options
  const tenants = new Map([['/notify/a', { platformKeys, apiV3Key, mchid }]])
  const app = new Koa().use(
    createKoaHandler({ clock, inbox, tenant: ({ path }: Koa.Context) => tenants.get(path) }),
  )
  const server = await listen(createServer(app.callback()))
  expect((await post(`${server.url}/notify/a`, await genuine())).status).toBe(204)
  expect((await post(`${server.url}/notify/b`, await genuine())).status).toBe(401)
  server.close()
})
