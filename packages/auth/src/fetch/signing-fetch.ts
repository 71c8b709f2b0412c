import { callListener, readBody, requestIdOf, untilAborted, utf8 } from '@wechatpay-entrust/base'
import { ConfigurationError, SignatureError } from '../errors.ts'
import type { AuthEventListener } from '../events.ts'
import type { CredentialsSource } from '../keys/credentials.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'
import type { Clock } from '../signatures/freshness.ts'
import { verifyMessage } from '../signatures/message-signature.ts'
import { formatAuthorization, makeAuthorization } from '../signatures/request-signature.ts'
import type { SignError, SignedRequest, UnauthorizedResponse } from '../signatures/sign-error.ts'
import { withBody } from './verified-response.ts'

export interface SigningFetchOptions {
  /**
   * A function is called before each signature, so that a certificate can be replaced while the
   * process runs.
   */
  readonly credentials: CredentialsSource
  readonly platformKeys: PlatformKeys
  /** Sends the signed request. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default `Date.now`. */
  readonly clock?: Clock | undefined
  /** An answer with a longer body is refused. Default 1 MiB. */
  readonly maxResponseBytes?: number | undefined
  /** Is told of a clock that is more than 60 s away from that of the verified answers. */
  readonly onEvent?: AuthEventListener | undefined
}

/** An answer that has been read whole: its body stands in memory. */
export interface SigningResponse extends Response {
  /**
   * The body's bytes as they came, those that the signature covers; undefined where they were
   * refused unread.
   */
  readonly received: Uint8Array | undefined
  /**
   * Its signature held. Always true of a 2xx; an error answer may lack a signature, and then proves
   * nothing.
   */
  readonly verified: boolean
  /** Of a 401: what is most likely wrong with the request's signature. */
  readonly signError?: SignError | undefined
}

/** Shaped like `fetch`: signs what goes out, verifies what comes back. */
export type SigningFetch = (
  input: string | URL | Request,
  init?: RequestInit,
) => Promise<SigningResponse>

/**
 * Wraps fetch so that every request is signed and every answer verified. It wraps fetch, and is no
 * hook, because each attempt needs a signature of its own.
 *
 * A 2xx whose signature does not hold is refused; nothing turns that off. An error answer is
 * returned, its body read, with `verified` saying whether its signature held: a 401 is never
 * signed. Redirects are not followed: they come back as the 3xx that they are. The signal covers
 * the whole exchange, the reading of the body included. Where no platform key is known yet, nothing
 * is sent before the first ones are downloaded.
 *
 * @throws SignatureError of a 2xx: every code of `verifyMessage`, `encoded-body`, `body-too-large`
 * @throws ConfigurationError `unsupported-body`, and what `platformKeys.ready` throws
 * @example
 * ```ts
 * import { createCredentials, createPlatformKeys, createSigningFetch } from '@wechatpay-entrust/auth'
 *
 * declare const privateKey: string
 * declare const publicKeyPem: string
 * const signingFetch = createSigningFetch({
 *   credentials: createCredentials({ mchid: '1900009191', serialNumber: '3D7A1F0C5B2E', privateKey }),
 *   platformKeys: createPlatformKeys({ publicKey: { id: 'PUB_KEY_ID_0119000091912026112300000000', pem: publicKeyPem } }),
 * })
 * const response = await signingFetch('https://api.mch.weixin.qq.com/v3/certificates')
 * ```
 */
export function createSigningFetch({
  credentials,
  platformKeys,
  fetch,
  clock = Date.now,
  maxResponseBytes = 1_048_576,
  onEvent,
}: SigningFetchOptions): SigningFetch {
  let inFlight = 0
  let isSkewed = false
  return async function signingFetch(input, init = {}) {
    inFlight += 1
    try {
      const request = await readRequest(input, init)
      const { href, url, method, headers, body, signal } = request
      const waiting = platformKeys.ready?.(signal)
      if (waiting) await waiting
      const target = { method, url, body: body ?? noBytes }
      const sender = typeof credentials === 'function' ? await credentials() : credentials
      const authorization = await makeAuthorization(sender, target, {
        clock,
        concurrent: inFlight > 1,
      })
      headers.set('authorization', formatAuthorization(sender, authorization))
      // Bytes are verified as they came, so nothing may be decoded on the way.
      headers.set('accept-encoding', 'identity')
      const { requestSerial } = platformKeys
      if (requestSerial && !headers.has('wechatpay-serial'))
        headers.set('wechatpay-serial', requestSerial)
      signal?.throwIfAborted()
      const send = fetch ?? globalThis.fetch
      const sent = send(href, {
        method,
        headers: Object.fromEntries(headers),
        redirect: 'manual',
        ...(body && { body }),
        ...(signal && { signal }),
      })
      return await judge(await untilAborted(sent, signal), signal, { ...target, authorization })
    } finally {
      inFlight -= 1
    }
  }

  /** Reads the answer and settles what it is worth. */
  async function judge(
    response: Response,
    signal: AbortSignal | undefined,
    sent: SignedRequest,
  ): Promise<SigningResponse> {
    const { status, headers } = response
    let body: Uint8Array | undefined
    let refusal: SignatureError | undefined
    const encoding = headers.get('content-encoding')
    if (encoding && encoding.toLowerCase() !== 'identity') {
      response.body?.cancel().catch(() => {})
      refusal = new SignatureError(
        'encoded-body',
        `The answer is encoded (${encoding.slice(0, 32)}), though identity was asked for.`,
      )
    } else {
      body = await readBody(response, maxResponseBytes, signal)
      if (!body)
        refusal = new SignatureError(
          'body-too-large',
          `The answer has more than ${maxResponseBytes} bytes.`,
        )
    }
    if (body && (response.ok || headers.has('wechatpay-signature'))) {
      refusal = await verifyMessage({ headers, body }, { platformKeys, clock }).then(
        noteSkew,
        asSignatureError,
      )
    }
    if (response.ok && refusal) {
      const { code, message, probe } = refusal
      const requestId = requestIdOf(headers)
      const outcome = sent.method === 'GET' ? 'failed' : 'unknown'
      throw new SignatureError(code, message, {
        probe,
        status,
        requestId,
        outcome,
        cause: refusal.cause,
      })
    }
    const verified =
      body !== undefined && refusal === undefined && headers.has('wechatpay-signature')
    const signError =
      status === 401 && body ? await explain({ headers, body }, sent, clock) : undefined
    return withBody(response, { received: body, verified, signError })
  }

  /** Tells of a drifting clock when it begins, not with every answer. */
  function noteSkew({ skewSeconds }: { readonly skewSeconds: number }): undefined {
    const was = isSkewed
    isSkewed = Math.abs(skewSeconds) > 60
    if (isSkewed && !was) callListener(onEvent, { type: 'clock:skew', skewSeconds })
  }
}

const noBytes = new Uint8Array()

/**
 * Loaded only now, for only a mistake needs it. An answer without a diagnosis is still that answer.
 */
async function explain(
  answer: UnauthorizedResponse,
  sent: SignedRequest,
  clock: Clock,
): Promise<SignError | undefined> {
  const loaded = await import('../signatures/sign-error.ts').catch(() => undefined)
  return loaded?.explainSignError(answer, sent, clock)
}

function asSignatureError(error: unknown): SignatureError {
  if (error instanceof SignatureError) return error
  throw error
}

interface ReadRequest {
  /** As a URL parser writes it, without fragment. */
  readonly href: string
  /** Its path and query, as they go over the wire. */
  readonly url: string
  readonly method: string
  /** By names in lower case. */
  readonly headers: Map<string, string>
  readonly body: Uint8Array<ArrayBuffer> | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Settles fetch's two arguments into what is signed and sent; `init` goes before the Request, as
 * with fetch.
 */
async function readRequest(input: string | URL | Request, init: RequestInit): Promise<ReadRequest> {
  const request = input instanceof Request ? input : undefined
  // A Request has been through the parser.
  const [href = ''] = (request?.url ?? new URL(String(input)).href).split('#', 1)
  return {
    href,
    url: href.slice(href.indexOf('/', href.indexOf('//') + 2)),
    method: (init.method ?? request?.method ?? 'GET').toUpperCase(),
    headers: readHeaders(init.headers ?? request?.headers),
    body:
      init.body === undefined || init.body === null
        ? await requestBytes(request)
        : initBytes(init.body),
    signal: init.signal ?? request?.signal,
  }
}

/** Without the detour by `Headers` where a plain object is given: this is done for each request. */
function readHeaders(given: HeadersInit | undefined): Map<string, string> {
  const isRecord = given !== undefined && !(Symbol.iterator in given)
  const headers = new Map<string, string>()
  for (const [name, value] of isRecord ? Object.entries(given) : new Headers(given)) {
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

function initBytes(body: BodyInit): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return utf8(body) as Uint8Array<ArrayBuffer>
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>
  throw new ConfigurationError('unsupported-body', {
    slot: 'init.body',
    found: Object.prototype.toString.call(body),
    expected: 'text or a Uint8Array',
    fix: 'The body is signed before it is sent, so it must be there whole: serialise it first.',
  })
}
