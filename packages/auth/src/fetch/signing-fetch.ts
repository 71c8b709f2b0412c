import { callListener, readBody, requestIdOf, untilAborted } from '@wechatpay-entrust/base'
import { SignatureError } from '../errors.ts'
import type { AuthEventListener } from '../events.ts'
import type { CredentialsSource } from '../keys/credentials.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'
import type { Clock } from '../signatures/freshness.ts'
import { verifyMessage } from '../signatures/message-signature.ts'
import { formatAuthorization, makeAuthorization } from '../signatures/request-signature.ts'
import type { SignError, SignedRequest, UnauthorizedResponse } from '../signatures/sign-error.ts'
import { readRequest } from './read-request.ts'
import { createVerifiedResponse } from './verified-response.ts'

export interface SigningFetchOptions {
  /**
   * A function is called before each signature, so that you can replace a certificate without a
   * restart.
   */
  readonly credentials: CredentialsSource
  readonly platformKeys: PlatformKeys
  /** Sends the signed request. Default: `globalThis.fetch`, looked up at each call. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Default `Date.now`. */
  readonly clock?: Clock | undefined
  /** A response with a longer body is rejected. Default 1 MiB. */
  readonly maxResponseBytes?: number | undefined
  /** Receives `clock:skew` when the clock is more than 60 s away from the verified responses. */
  readonly onEvent?: AuthEventListener | undefined
}

/** A response whose body has been read into memory. */
export interface SigningResponse extends Response {
  /**
   * The received bytes of the body, which the signature covers; undefined if the body was rejected
   * unread.
   */
  readonly received: Uint8Array | undefined
  /**
   * Whether the signature is valid. Always true for a 2xx. An error response may have no signature;
   * then it proves nothing.
   */
  readonly verified: boolean
  /** For a 401: the most likely reason why WeChat Pay rejected the request's signature. */
  readonly signError?: SignError | undefined
}

/** Shaped like `fetch`: signs requests and verifies responses. */
export type SigningFetch = (
  input: string | URL | Request,
  init?: RequestInit,
) => Promise<SigningResponse>

/**
 * Wraps fetch so that every request is signed and every response verified. It is a wrapper and not
 * a hook, because each attempt needs a signature of its own.
 *
 * A 2xx whose signature is not valid is rejected; no option turns that off. An error response is
 * returned with its body read, and `verified` shows whether its signature is valid: a 401 is never
 * signed. Redirects are not followed: the 3xx is returned. The signal covers the whole exchange,
 * reading the body included. If no platform key is known yet, the first keys are downloaded before
 * anything is sent.
 *
 * @throws SignatureError for a 2xx: every code of `verifyMessage`, `encoded-body`, `body-too-large`
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
      const ready = platformKeys.ready?.(signal)
      if (ready) await ready
      const target = { method, url, body: body ?? noBytes }
      const signer = typeof credentials === 'function' ? await credentials() : credentials
      const authorization = await makeAuthorization(signer, target, {
        clock,
        concurrent: inFlight > 1,
      })
      headers.set('authorization', formatAuthorization(signer, authorization))
      // The signature covers the bytes on the wire, so no proxy may compress them.
      headers.set('accept-encoding', 'identity')
      const { requestSerial } = platformKeys
      if (requestSerial && !headers.has('wechatpay-serial'))
        headers.set('wechatpay-serial', requestSerial)
      signal?.throwIfAborted()
      const send = fetch ?? globalThis.fetch
      const responding = send(href, {
        method,
        headers: Object.fromEntries(headers),
        redirect: 'manual',
        ...(body && { body }),
        ...(signal && { signal }),
      })
      const response = await untilAborted(responding, signal)
      return await readResponse(response, signal, { ...target, authorization })
    } finally {
      inFlight -= 1
    }
  }

  /** Reads the response body and decides whether it can be trusted. */
  async function readResponse(
    response: Response,
    signal: AbortSignal | undefined,
    sent: SignedRequest,
  ): Promise<SigningResponse> {
    const { status, headers } = response
    let body: Uint8Array | undefined
    let failure: SignatureError | undefined
    const encoding = headers.get('content-encoding')
    if (encoding && encoding.toLowerCase() !== 'identity') {
      response.body?.cancel().catch(() => {})
      failure = new SignatureError(
        'encoded-body',
        `The response is encoded (${encoding.slice(0, 32)}), though identity was asked for.`,
      )
    } else {
      body = await readBody(response, maxResponseBytes, signal)
      if (!body)
        failure = new SignatureError(
          'body-too-large',
          `The response has more than ${maxResponseBytes} bytes.`,
        )
    }
    if (body && (response.ok || headers.has('wechatpay-signature'))) {
      failure = await verifyMessage({ headers, body }, { platformKeys, clock }).then(
        reportSkew,
        asSignatureError,
      )
    }
    if (response.ok && failure) {
      const { code, message, probe } = failure
      const requestId = requestIdOf(headers)
      const outcome = sent.method === 'GET' ? 'failed' : 'unknown'
      throw new SignatureError(code, message, {
        probe,
        status,
        requestId,
        outcome,
        cause: failure.cause,
      })
    }
    const verified =
      body !== undefined && failure === undefined && headers.has('wechatpay-signature')
    const signError =
      status === 401 && body ? await explain({ headers, body }, sent, clock) : undefined
    return createVerifiedResponse(response, { received: body, verified, signError })
  }

  /** Reports a wrong clock once, not with every response. */
  function reportSkew({ skewSeconds }: { readonly skewSeconds: number }): undefined {
    const was = isSkewed
    isSkewed = Math.abs(skewSeconds) > 60
    if (isSkewed && !was) callListener(onEvent, { type: 'clock:skew', skewSeconds })
  }
}

const noBytes = new Uint8Array()

/**
 * Loaded only after a 401. If loading fails, the response is returned without an explanation.
 */
async function explain(
  response: UnauthorizedResponse,
  sent: SignedRequest,
  clock: Clock,
): Promise<SignError | undefined> {
  const loaded = await import('../signatures/sign-error.ts').catch(() => undefined)
  return loaded?.explainSignError(response, sent, clock)
}

function asSignatureError(error: unknown): SignatureError {
  if (error instanceof SignatureError) return error
  throw error
}
