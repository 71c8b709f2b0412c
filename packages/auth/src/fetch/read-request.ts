import { utf8 } from '@wechatpay-entrust/base'
import { ConfigurationError } from '../errors.ts'
import { requireKnownOptions } from '../known-options.ts'

/** What is signed and sent, read from the two arguments of fetch. */
export interface OutgoingRequest {
  /** As a URL parser writes it, without fragment. */
  readonly href: string
  /** Path and query, exactly as sent. */
  readonly url: string
  readonly method: string
  /** Names in lower case. */
  readonly headers: Map<string, string>
  readonly body: Uint8Array<ArrayBuffer> | undefined
  /** What the signature covers, if that is not the body. */
  readonly signedBody: Uint8Array | undefined
  readonly signal: AbortSignal | undefined
  /** For errors. */
  readonly operation: string | undefined
}

/** The members of `init` that fetch does not have. */
interface OwnInit {
  readonly operation?: string | undefined
  readonly signedBody?: string | undefined
}

/**
 * As in fetch, members of `init` take precedence over those of a Request.
 *
 * @throws ConfigurationError `unknown-option`, `unsupported-body`
 */
export async function readRequest(
  input: string | URL | Request,
  init: RequestInit & OwnInit,
): Promise<OutgoingRequest> {
  requireKnownOptions(init, initNames, 'init')
  const request = input instanceof Request ? input : undefined
  const body =
    init.body === undefined || init.body === null
      ? await requestBytes(request)
      : initBytes(init.body)
  // The URL of a Request is already parsed.
  const [href = ''] = (request?.url ?? new URL(String(input)).href).split('#', 1)
  return {
    href,
    url: href.slice(href.indexOf('/', href.indexOf('//') + 2)),
    method: (init.method ?? request?.method ?? 'GET').toUpperCase(),
    headers: readHeaders(init.headers ?? request?.headers),
    body,
    signedBody: signedBytes(init.signedBody, body),
    signal: init.signal ?? request?.signal,
    operation: init.operation,
  }
}

/**
 * The members of `init` that have an effect, or that only a browser reads. Any other would be dropped,
 * such as `json` or `data`, and the request would be sent without its body.
 */
const initNames: {
  readonly [Name in keyof Required<RequestInit & OwnInit> | 'duplex']: true
} = {
  operation: true,
  signedBody: true,
  method: true,
  headers: true,
  body: true,
  signal: true,
  redirect: true,
  cache: true,
  credentials: true,
  duplex: true,
  integrity: true,
  keepalive: true,
  mode: true,
  priority: true,
  referrer: true,
  referrerPolicy: true,
  window: true,
}

/** A plain object is read without a `Headers`: this runs for each request. */
function readHeaders(given: HeadersInit | undefined): Map<string, string> {
  const isPlain = given !== undefined && !(Symbol.iterator in given)
  const headers = new Map<string, string>()
  for (const [name, value] of isPlain ? Object.entries(given) : new Headers(given)) {
    const key = name.toLowerCase()
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}, ${value}`)
  }
  return headers
}

async function requestBytes(
  request: Request | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return request?.body ? new Uint8Array(await request.arrayBuffer()) : undefined
}

/** The signed text is part of the body, so it does not stand alone. */
function signedBytes(text: unknown, body: Uint8Array | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined
  if (typeof text === 'string' && text !== '' && body !== undefined) return utf8(text)
  const found =
    text === ''
      ? 'an empty text'
      : body === undefined
        ? 'no body beside it'
        : `a value of type ${typeof text}`
  throw unsupported('init.signedBody', found, 'the text of the `meta` part, and the whole body')
}

function initBytes(body: BodyInit): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return utf8(body) as Uint8Array<ArrayBuffer>
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>
  const found = Object.prototype.toString.call(body)
  throw unsupported('init.body', found, 'text or a Uint8Array')
}

function unsupported(slot: string, found: string, expected: string): ConfigurationError {
  return new ConfigurationError('unsupported-body', {
    slot,
    found,
    expected,
    remedy: {
      en: 'The body is signed before it is sent, so it must be complete: serialise it first.',
      zh: '请求报文主体要先签名再发送，因此必须是完整的：请先序列化为文本或字节。',
    },
  })
}
