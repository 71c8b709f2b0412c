import type { HeadersLike } from '@wechatpay-entrust/auth'
import { type Framework, frameworkFixes, recogniseFramework } from '../errors/frameworks.ts'
import { NotificationError } from '../errors/notification-error.ts'

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
  readonly headers?: unknown
  readonly headersDistinct?: Readonly<Record<string, string[] | undefined>>
  readonly body?: unknown
  readonly rawBody?: unknown
  readonly bodyUsed?: boolean
  readonly locked?: boolean
  readonly readableDidRead?: boolean
  readonly readableEnded?: boolean
}

/** Where a request comes from, for the fix in an error. */
export interface RequestOrigin {
  /** The framework of an adapter. Without it, the request itself may show it. */
  readonly framework: Framework | undefined
  readonly request: unknown
}

export interface OpenedRequest extends RequestOrigin {
  readonly headers: object
  readonly headersDistinct: Traits['headersDistinct']
  readonly body: Uint8Array | ReadableStream<unknown> | AsyncIterable<unknown>
}

/** Finds the headers and the unread body in any form of request. Reads nothing yet. */
export function openRequest(request: unknown, framework?: Framework): OpenedRequest {
  const traits = isObject(request) ? (request as Traits) : {}
  const { headers, headersDistinct } = traits
  if (!isObject(headers)) throw noHeaders(request, headers)
  const body = findBody(traits, { framework, request })
  return { framework, request, headers, headersDistinct, body }
}

function findBody(request: Traits, origin: RequestOrigin): OpenedRequest['body'] {
  if (typeof request.bodyUsed === 'boolean') {
    if (request.bodyUsed) throw parsedBody('a Request whose body was already used', origin)
    return request.body === null ? new Uint8Array() : unread(request.body, origin)
  }
  // express.raw(), NestJS `rawBody: true` and Cloud Functions store the bytes that they have read.
  const kept = asBytes(request.rawBody) ?? asBytes(request.body)
  if (kept !== undefined) return kept
  if (!isAsyncIterable(request))
    return request.body === null ? new Uint8Array() : unread(request.body, origin)
  // Express 4 sets `{}` if no parser read the body; then the stream can still be read.
  const untouched = request.readableDidRead === false && isEmptyObject(request.body)
  if (request.body !== undefined && request.body !== null && !untouched) {
    throw parsedBody(describe(request.body), origin)
  }
  return unread(request, origin)
}

function unread(body: unknown, origin: RequestOrigin): OpenedRequest['body'] {
  if (!isReadableStream(body) && !isAsyncIterable(body)) throw parsedBody(describe(body), origin)
  const { locked, readableDidRead, readableEnded } = body as Traits
  if (locked === true || readableDidRead === true || readableEnded === true) {
    throw parsedBody('a stream that something else has already read', origin)
  }
  return body
}

export function parsedBody(found: string, { framework, request }: RequestOrigin) {
  const name = framework ?? recogniseFramework(request)
  return new NotificationError(
    'parsed-body',
    `The body: found ${found}; expected its raw bytes. The signature covers those bytes, and text or JSON made from them is not the same.`,
    { remedy: name && frameworkFixes[name] },
  )
}

/** What to pass instead of an object of a framework that has no headers. */
const requestsOf: { readonly [name in Framework]?: string } = {
  nest: 'context.switchToHttp().getRequest()',
  hono: 'c.req.raw',
  cloudFront: 'event.Records[0].cf.request',
}

function noHeaders(request: unknown, headers: unknown): NotificationError {
  const text = isObject(request)
    ? `headers: found ${describe(headers)}; expected the headers of the request.`
    : `The request: found ${describe(request)}; expected a request, or { headers, body }.`
  const meant = requestsOf[recogniseFramework(request) ?? 'express']
  const remedy = meant === undefined ? undefined : { en: `Pass ${meant}.`, zh: `请传入 ${meant}。` }
  return new NotificationError('no-headers', text, { remedy })
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
