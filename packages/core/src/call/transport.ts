import type { SignError } from '@wechatpay-entrust/auth'
import { findResponseFault } from '@wechatpay-entrust/base'
import type { KyInstance } from 'ky'
import { version } from './version.ts'

export type { SignError } from '@wechatpay-entrust/auth'

/** A response of a signing fetch: `verified` is true if its signature was verified. */
export type SignedResponse = Response & {
  readonly verified?: boolean
  /** The verified bytes of the body, if the fetch still has them. The body is then not read again. */
  readonly received?: Uint8Array | undefined
  /** On a 401: the request that the server verified, compared with the one that was signed. */
  readonly signError?: SignError | undefined
}

/** A complete request, except for its URL and its signature. */
export interface ClientRequestInit {
  /** The operation's id, or method and path: for the errors of the signing fetch, not for the wire. */
  readonly operation: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** What to sign and to send. Bytes only for an upload. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** For an upload: the text that the signature covers instead of the body. */
  readonly signedBody?: string
  /** Redirects are never followed: the 3xx is returned as the response. */
  readonly redirect: 'manual'
  /** Aborts at the deadline of the call, or when its caller aborts. */
  readonly signal: AbortSignal
}

/**
 * A function shaped like fetch that signs each request and verifies each response, such as
 * `createSigningFetch` of `@wechatpay-entrust/auth`. Called once for each attempt.
 */
export type ClientFetch = (url: string, init: ClientRequestInit) => Promise<SignedResponse>

/** One attempt. Its body is already serialised: this text is signed and sent. */
export interface Attempt {
  readonly operation: string
  readonly method: string
  readonly url: string
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/** Sends one attempt. The caller reads the body of the response. */
export type Send = (attempt: Attempt) => Promise<SignedResponse>

/**
 * Sends with ky, but without its retries, timers and error classes: they end at the headers, and
 * our deadline also covers the body. Do not use a feature that makes ky copy the response (hooks,
 * progress): the copy would lose `verified`. ky's `fetch` option is set for each attempt, so that
 * body, headers and signal reach the signing fetch unchanged. ky's own Request would copy the body
 * into a stream and combine the signal with another one, which costs more than the argument checks
 * and the deadline together.
 */
export function createTransport(fetch: ClientFetch): Send {
  return async ({ operation, method, url, body, signal }) => {
    http ??= await loadKy()
    const headers = method === 'GET' ? readingHeaders : writingHeaders
    const bare = { operation, method, headers, redirect, signal } as const
    const init = body === undefined ? bare : { ...bare, body }
    return http(url, { method, fetch: async () => requireResponse(await fetch(url, init)) })
  }
}

/** The `fetch` option returned something else than a Response, for example nothing. */
export class NotAResponse extends Error {
  readonly found: string

  constructor(found: string) {
    super(`fetch returned ${found}`)
    this.found = found
  }
}

/** Checks what `fetch` returned by shape: the Response of another realm or of a polyfill is accepted. */
export function requireResponse(given: unknown): SignedResponse {
  const found = findResponseFault(given)
  if (found === undefined) return given as SignedResponse
  throw new NotAResponse(found)
}

/** Never followed. */
export const redirect = 'manual'

/** One instance for all clients: it has no settings that differ. */
let http: KyInstance | undefined

/** ky loads the platform's whole fetch, which takes longer than loading everything else. */
async function loadKy(): Promise<KyInstance> {
  const { ky } = await import('./ky.ts')
  return ky.create({ retry: 0, timeout: false, throwHttpErrors: false })
}

export const readingHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  // WeChat Pay rejects a request without one. A browser sends its own instead, which is accepted.
  'user-agent': `wechatpay-entrust/${version}`,
}

const writingHeaders: Readonly<Record<string, string>> = {
  ...readingHeaders,
  'content-type': 'application/json',
}
