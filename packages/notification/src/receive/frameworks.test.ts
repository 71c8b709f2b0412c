import { createServer } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { bodyParser } from '@koa/bodyparser'
import { Controller, type ExecutionContext, Module, Post, Req } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js'
import { ExpressAdapter } from '@nestjs/platform-express'
import express from 'express'
import fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { afterEach, expect, test } from 'vitest'
import type { NotificationError } from '../errors/notification-error.ts'
import { genuine, listen, post, type Started } from '../testing/adapter-suite.ts'
import { options, signed } from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

const errors: NotificationError[] = []
const receive = (request: unknown) =>
  receiveNotification(request as Request, { ...options, onEvent: () => {} }).catch((error) =>
    errors.push(error),
  )
afterEach(() => {
  errors.length = 0
})

const names = ['Express', 'Fastify', 'Koa', 'Hono', 'Next.js', 'Lambda']

/** The remedy of the only error, which names this framework and no other. */
function remedyNaming(name: string): string {
  expect(errors).toHaveLength(1)
  const [error] = errors as [NotificationError]
  const { remedy } = error
  expect(names.filter((one) => remedy?.en.includes(one))).toEqual([name])
  expect(names.filter((one) => remedy?.zh.includes(one))).toEqual([name])
  expect(error.message).toMatch(/^(The body|headers): found .*; expected .*\./)
  expect(error.message.endsWith(String(remedy?.en))).toBe(true)
  return String(remedy?.en)
}

async function sendTo(started: Started) {
  await post(`${started.url}/notify`, await genuine())
  await started.close()
}

test('T-17 receiveNotification in an Express route after express.json() names the fix for Express', async () => {
  const app = express()
  app.use(express.json())
  app.post('/notify', async (request, response) => {
    await receive(request)
    response.end()
  })
  await sendTo(await listen(createServer(app)))
  expect(remedyNaming('Express')).toContain("express.raw({ type: '*/*' })")
})

test('T-17 in a NestJS controller without rawBody it also names rawBody', async () => {
  class Notifications {
    async notify(request: unknown) {
      await receive(request)
    }
  }
  Controller()(Notifications)
  Post('notify')(
    Notifications.prototype,
    'notify',
    Object.getOwnPropertyDescriptor(Notifications.prototype, 'notify') as PropertyDescriptor,
  )
  Req()(Notifications.prototype, 'notify', 0)
  class Root {}
  Module({ controllers: [Notifications] })(Root)
  const app = await NestFactory.create(Root, new ExpressAdapter(), { logger: false })
  await app.listen(0, '127.0.0.1')
  await sendTo({ url: await app.getUrl(), close: () => app.close() })
  expect(remedyNaming('Express')).toContain('{ rawBody: true }')
})

test('T-17 a NestJS ExecutionContext is no request: the error names the one to pass', async () => {
  const context: ExecutionContext = new ExecutionContextHost([{}, {}])
  await receive(context)
  expect(errors[0]).toMatchObject({
    code: 'no-headers',
    message: expect.stringContaining('Pass context.switchToHttp().getRequest().'),
  })
})

test('T-17 the request of a Fastify handler names the fix for Fastify', async () => {
  const app = fastify()
  app.post('/notify', async (request) => {
    await receive(request)
    return ''
  })
  await sendTo({
    url: await app.listen({ port: 0, host: '127.0.0.1' }),
    close: () => app.close(),
  })
  expect(remedyNaming('Fastify')).toContain("parseAs: 'buffer'")
})

test.each<[string, (context: Koa.Context) => unknown]>([
  ['ctx', (context) => context],
  ['ctx.request', (context) => context.request],
])('T-17 %s of Koa after the body parser names the fix for Koa', async (_, pick) => {
  const app = new Koa()
  app.use(bodyParser())
  app.use(async (context) => {
    await receive(pick(context))
    context.status = 204
  })
  await sendTo(await listen(createServer(app.callback())))
  expect(remedyNaming('Koa')).toContain('pass ctx.req')
})

test('T-17 c and c.req of Hono are no requests: the error names c.req.raw; a Request that was read has a fix', async () => {
  const app = new Hono()
  app.post('/notify', async (context) => {
    await receive(context)
    await receive(context.req)
    await context.req.json()
    await receive(context.req.raw)
    return context.body(null, 204)
  })
  const server = createAdaptorServer(app)
  await sendTo(await listen(server as ReturnType<typeof createServer>))
  const [context, request, raw] = errors
  for (const error of [context, request])
    expect(error).toMatchObject({
      code: 'no-headers',
      remedy: { en: 'Pass c.req.raw.', zh: '请传入 c.req.raw。' },
    })
  expect(raw).toMatchObject({ code: 'parsed-body' })
  expect(raw?.message).toContain('await request.arrayBuffer()')
})

const { headers, body } = signed()
const text = Buffer.from(body).toString()

test.each<[string, string, object]>([
  [
    'a request of Next.js pages/api',
    'Next.js',
    { headers, query: {}, cookies: {}, previewData: false, body: JSON.parse(text) },
  ],
  [
    'an event of API Gateway or a function URL',
    'Lambda',
    { version: '2.0', headers, body: text, isBase64Encoded: false, requestContext: {} },
  ],
  [
    'a request of CloudFront',
    'Lambda',
    {
      headers,
      body: {
        inputTruncated: false,
        action: 'read-only',
        encoding: 'base64',
        data: Buffer.from(body).toString('base64'),
      },
    },
  ],
])('T-17 %s names its fix', async (_, name, request) => {
  await receive(request)
  remedyNaming(name)
})
