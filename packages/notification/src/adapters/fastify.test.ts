import fastify, { type FastifyRequest } from 'fastify'
import { expect, test } from 'vitest'
import { createBench, genuine, post, testAdapter } from '../testing/adapter-suite.ts'
import { createFastifyPlugin } from './fastify.ts'
import { serverTimeouts } from './node.ts'

testAdapter('Fastify 5 with its own JSON parser', async ({ options }) => {
  const app = fastify({ http: serverTimeouts })
  app.register(createFastifyPlugin({ path: '/notify', ...options }))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, close: () => app.close() }
})

test('parsers and hooks of the application, for every type, do not get the body; other routes get theirs', async () => {
  const { options, stored } = createBench()
  const parsed: unknown[] = []
  const app = fastify()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('preValidation', async ({ body }) => void parsed.push(body))
  app.register(createFastifyPlugin({ path: '/notify', ...options }))
  app.post('/other', async ({ body }) => body)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  expect((await post(`${url}/notify`, await genuine())).status).toBe(204)
  const other = await fetch(`${url}/other`, {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
  expect(await other.json()).toEqual({ a: 1 })
  expect([parsed, stored.length]).toEqual([[{ a: 1 }], 1])
  await app.close()
})

test('T-14 the route’s parameter selects the merchant', async () => {
  const { platformKeys, apiV3Key, mchid, clock, inbox } = createBench().options
  const tenants = new Map([['a', { platformKeys, apiV3Key, mchid }]])
  const tenant = (request: FastifyRequest) =>
    tenants.get((request.params as { tenant: string }).tenant)
  const app = fastify()
  app.register(createFastifyPlugin({ path: '/notify/:tenant', clock, inbox, tenant }))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  expect((await post(`${url}/notify/a`, await genuine())).status).toBe(204)
  expect((await post(`${url}/notify/b`, await genuine())).status).toBe(401)
  await app.close()
})
