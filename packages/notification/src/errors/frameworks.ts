import type { Remedy } from '@wechatpay-entrust/base'

/** How to give the raw bytes of the body in each framework. */
export const frameworkFixes = {
  express: {
    en:
      "Express: mount the handler above app.use(express.json()), or put express.raw({ type: '*/*' }) on this route, before express.json(). " +
      'In NestJS: NestFactory.create(AppModule, { rawBody: true }).',
    zh:
      "Express：请在 app.use(express.json()) 之前挂载处理函数，或在该路由上、express.json() 之前使用 express.raw({ type: '*/*' })。" +
      'NestJS：NestFactory.create(AppModule, { rawBody: true })。',
  },
  fastify: {
    en: "Fastify: addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body)), and pass { headers: request.headers, body: request.body }.",
    zh: "Fastify：请使用 addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body))，并传入 { headers: request.headers, body: request.body }。",
  },
  koa: {
    en: 'Koa: mount the handler above the body parser, or skip the parser on this route (ctx.disableBodyParser = true), and pass ctx.req.',
    zh: 'Koa：请在请求体解析中间件之前挂载处理函数，或让它跳过该路由（ctx.disableBodyParser = true），并传入 ctx.req。',
  },
  nest: {
    en: 'NestJS: NestFactory.create(AppModule, { rawBody: true }), or app.use(path, createNestHandler(…)) in main.ts, which comes before the body parser.',
    zh: 'NestJS：请使用 NestFactory.create(AppModule, { rawBody: true })，或在 main.ts 中使用 app.use(path, createNestHandler(…))，它在请求体解析之前执行。',
  },
  hono: {
    en: 'Hono: mount the handler above what reads the body, or read the body with c.req.arrayBuffer(), which keeps the bytes; pass c.req.raw.',
    zh: 'Hono：请在读取请求体的中间件之前挂载处理函数，或用 c.req.arrayBuffer() 读取（可保留原始字节），并传入 c.req.raw。',
  },
  web: {
    en: 'Next.js, Workers, Bun, Deno: pass the Request before anything reads it, or { headers: request.headers, body: await request.arrayBuffer() }.',
    zh: 'Next.js、Workers、Bun、Deno：请在读取 Request 之前传入，或传入 { headers: request.headers, body: await request.arrayBuffer() }。',
  },
  nextPages: {
    en: 'Next.js pages: export const config = { api: { bodyParser: false } }, and pass the request.',
    zh: 'Next.js pages：请导出 export const config = { api: { bodyParser: false } }，并传入 request。',
  },
  lambda: {
    en: "AWS Lambda: pass { headers: event.headers, body: Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') }.",
    zh: "AWS Lambda：请传入 { headers: event.headers, body: Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') }。",
  },
  cloudFront: {
    en: "Lambda@Edge: pass { headers, body: Buffer.from(request.body.data, 'base64') }.",
    zh: "Lambda@Edge：请传入 { headers, body: Buffer.from(request.body.data, 'base64') }。",
  },
} as const satisfies { readonly [name: string]: Remedy }

/** The framework of a request, so that an error names only the fix for this framework. */
export type Framework = keyof typeof frameworkFixes

/** The framework that made an object, by its shape; undefined if it is not certain. */
export function recogniseFramework(value: unknown): Framework | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const has = (...names: readonly string[]) => names.every((name) => name in value)
  if (has('switchToHttp')) return 'nest' // an ExecutionContext
  if (has('isBase64Encoded') || has('requestContext')) return 'lambda'
  if (has('app', 'baseUrl', 'originalUrl')) return 'express'
  if (has('raw', 'routeOptions')) return 'fastify'
  if (has('raw', 'bodyCache') || has('req', 'executionCtx')) return 'hono' // `c.req` and `c`
  if (has('req', 'res', 'app', 'originalUrl')) return 'koa' // `ctx` and `ctx.request`
  if (has('query', 'cookies', 'previewData')) return 'nextPages'
  if (has('bodyUsed', 'arrayBuffer')) return 'web'
  if (has('Records')) return 'cloudFront' // the event
  const { body } = value as { body?: unknown }
  const isEdge = typeof body === 'object' && body !== null && 'inputTruncated' in body
  return isEdge ? 'cloudFront' : undefined // its request
}
