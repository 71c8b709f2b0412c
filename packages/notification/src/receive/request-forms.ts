import type { HeadersLike } from '@wechatpay-entrust/auth'
import { NotificationError } from '../errors.ts'

/** The body as it was received. */
export type RawBody =
  | Uint8Array
  | ArrayBuffer
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | null

/**
 * Node's `IncomingMessage`, and the requests of Express and Koa (`ctx.req`), without Node's types.
 */
export interface NodeRequest extends AsyncIterable<unknown> {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * The input of {@link receiveNotification}: a Web `Request`, a request of Node, or an object with
 * headers and body.
 */
export type NotificationRequest =
  | Request
  | NodeRequest
  | { readonly method?: string; readonly headers: HeadersLike; readonly body: RawBody }

/**
 * The fields by which a request shows that its body was already read. All optional: they only
 * improve an error text.
 */
interface Traits {
  readonly headers?: HeadersLike
  readonly headersDistinct?: Readonly<Record<string, string[] | undefined>>
  readonly body?: unknown
  readonly rawBody?: unknown
  readonly bodyUsed?: boolean
  readonly locked?: boolean
  readonly readableDidRead?: boolean
  readonly readableEnded?: boolean
}

/** The framework of the request, so that an error names only the fix for this framework. */
export type Framework = keyof typeof fixes

export interface OpenedRequest {
  readonly framework: Framework | undefined
  readonly headers: HeadersLike
  readonly headersDistinct: Traits['headersDistinct']
  readonly body: Uint8Array | ReadableStream<unknown> | AsyncIterable<unknown>
}

/** Finds the headers and the unread body in any form of request. Reads nothing yet. */
export function openRequest(request: unknown, framework?: Framework): OpenedRequest {
  const traits = isObject(request) ? (request as Traits) : {}
  const { headers, headersDistinct } = traits
  if (!isObject(headers)) {
    throw new NotificationError(
      'no-headers',
      `receiveNotification needs a request or { headers, body }, found ${describe(request)} without a headers object. ` +
        "Pass the framework's request: Express req, Fastify { headers: request.headers, body: request.body }, Koa ctx.req, Hono c.req.raw.",
    )
  }
  return { framework, headers, headersDistinct, body: findBody(traits, framework) }
}

function findBody(request: Traits, framework: Framework | undefined): OpenedRequest['body'] {
  if (typeof request.bodyUsed === 'boolean') {
    if (request.bodyUsed) throw parsedBody('a Request whose body was already used', framework)
    return request.body === null ? new Uint8Array() : unread(request.body, framework)
  }
  // express.raw(), NestJS `rawBody: true` and Cloud Functions store the bytes that they have read.
  const kept = asBytes(request.rawBody) ?? asBytes(request.body)
  if (kept !== undefined) return kept
  if (!isAsyncIterable(request))
    return request.body === null ? new Uint8Array() : unread(request.body, framework)
  // Express 4 sets `{}` if no parser read the body; then the stream can still be read.
  const untouched = request.readableDidRead === false && isEmptyObject(request.body)
  if (request.body !== undefined && request.body !== null && !untouched) {
    throw parsedBody(describe(request.body), framework)
  }
  return unread(request, framework)
}

function unread(body: unknown, framework: Framework | undefined): OpenedRequest['body'] {
  if (!isReadableStream(body) && !isAsyncIterable(body)) throw parsedBody(describe(body), framework)
  const { locked, readableDidRead, readableEnded } = body as Traits
  if (locked === true || readableDidRead === true || readableEnded === true) {
    throw parsedBody('a stream that something else has already read', framework)
  }
  return body
}

const fixes = {
  express:
    "Express: mount the handler above app.use(express.json()), or put express.raw({ type: '*/*' }) on this route, before " +
    'express.json(). ',
  fastify:
    "Fastify: addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => done(null, body)). ",
  koa: 'Koa: mount the handler above the body parser, or keep that off this route (ctx.disableBodyParser = true), and pass ctx.req. ',
  nest:
    'NestJS: NestFactory.create(AppModule, { rawBody: true }), or app.use(path, createNestHandler(…)) in main.ts, which ' +
    'comes before the body parser. ',
  hono: 'Hono: mount the handler above what reads the body, or let that read c.req.arrayBuffer(), which keeps the bytes; pass c.req.raw. ',
  web:
    'Next.js, Workers, Bun, Deno: pass the Request before anything reads it, or { headers, body: await ' +
    'request.arrayBuffer() }; Next.js pages: export const config = { api: { bodyParser: false } }. ',
  lambda: "AWS Lambda: body: Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8'). ",
} as const

export function parsedBody(found: string, framework?: Framework): NotificationError {
  return new NotificationError(
    'parsed-body',
    `A notification needs the raw bytes of the body, found ${found}. The signature covers those bytes, and text or JSON ` +
      `made from them is not them. ${framework ? fixes[framework] : Object.values(fixes).join('')}`.trimEnd(),
  )
}

/** Bytes of any realm: test runners run code in contexts with another Uint8Array. */
export function asBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  const isBuffer = Object.prototype.toString.call(value) === '[object ArrayBuffer]'
  return isBuffer ? new Uint8Array(value as ArrayBuffer) : undefined
}

export function isReadableStream(value: unknown): value is ReadableStream<unknown> {
  return isObject(value) && 'getReader' in value
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return isObject(value) && Symbol.asyncIterator in value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0
}

/** Names the kind of a value, never its content. */
function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'a parsed object' : `a ${typeof value}`
}
