import { type AuthEventListener, createAuthReport } from '../events.ts'
import type { CredentialsSource } from '../keys/credentials.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'
import { requireFunction, requireKnownOptions } from '../known-options.ts'
import type { Clock } from '../signatures/freshness.ts'
import type { VerifiedMessage } from '../signatures/message-signature.ts'
import { readRequest } from './read-request.ts'
import { readResponse } from './read-response.ts'
import { createSignedSending } from './signed-sending.ts'
import type { SigningResponse } from './verified-response.ts'

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
  /**
   * Receives `clock:skew` when the clock is more than 60 s away from the verified responses. Without
   * it, the console does.
   */
  readonly onEvent?: AuthEventListener | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
}

/** The second argument: that of fetch, and what an error calls the request. */
export interface SigningRequestInit extends RequestInit {
  /** The operation's id, or method and path. Only for errors; it is not sent. */
  readonly operation?: string | undefined
  /**
   * The text that the signature covers instead of the body. Only for an upload: its signature covers
   * the `meta` part.
   */
  readonly signedBody?: string | undefined
}

/** Shaped like `fetch`: signs requests and verifies responses. */
export type SigningFetch = (
  input: string | URL | Request,
  init?: SigningRequestInit,
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
 * @throws ConfigurationError `unknown-option`, `malformed-option`; from a call: `unsupported-body`,
 * `not-a-response` (what `fetch` returned), and what `platformKeys.ready` throws
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
export function createSigningFetch(options: SigningFetchOptions): SigningFetch {
  requireKnownOptions(options, optionNames)
  const { credentials, platformKeys, fetch, clock = Date.now } = options
  const { maxResponseBytes = 1_048_576 } = options
  requireFunction('fetch', fetch)
  const report = createAuthReport(options)
  const sendSigned = createSignedSending({ credentials, platformKeys, fetch, clock })
  let inFlight = 0
  let isSkewed = false
  return async function signingFetch(input, init = {}) {
    inFlight += 1
    try {
      const request = await readRequest(input, init)
      const { operation, signal } = request
      const { response, sent } = await sendSigned(request, () => inFlight > 1)
      const reading = { platformKeys, clock, maxResponseBytes, operation, signal, onVerified }
      return await readResponse(response, sent, reading)
    } finally {
      inFlight -= 1
    }
  }

  /** Reports a wrong clock once, not with every response. */
  function onVerified({ skewSeconds }: VerifiedMessage): void {
    const was = isSkewed
    isSkewed = Math.abs(skewSeconds) > 60
    if (isSkewed && !was) report({ type: 'clock:skew', skewSeconds })
  }
}

const optionNames: { readonly [Name in keyof Required<SigningFetchOptions>]: true } = {
  credentials: true,
  platformKeys: true,
  fetch: true,
  clock: true,
  maxResponseBytes: true,
  onEvent: true,
  debug: true,
}
