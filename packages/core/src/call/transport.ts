import type { KyInstance } from 'ky'
import { version } from './version.ts'

/** What a `SIGN_ERROR` most likely comes from, as the signing fetch found out. */
export interface SignError {
  readonly cause: 'private-key' | 'body' | 'url' | 'method' | 'clock' | 'unknown'
  /** What was compared, and what to do. */
  readonly message: string
}

/** An answer as a signing fetch gives it: `verified` tells whether its signature was verified. */
export type SignedResponse = Response & {
  readonly verified?: boolean
  /**
   * The very bytes that were verified, where the fetch has them at hand: they are then not read a
   * second time.
   */
  readonly received?: Uint8Array | undefined
  /** On a 401: what the server says it verified, compared with what was signed. */
  readonly signError?: SignError | undefined
}

/** What is sent to an address: everything that goes out stands here, ready to use. */
export interface ClientRequestInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The very bytes to sign and to send. */
  readonly body?: string
  /** A redirect is never followed: it comes back as the 3xx that it is. */
  readonly redirect: 'manual'
  /** Ends the call, at its deadline or when its caller aborts. */
  readonly signal: AbortSignal
}

/**
 * A function shaped like fetch that signs what it sends and verifies what it gives back, such as
 * `createSigningFetch` of `@wechatpay-entrust/auth`. Called once for each attempt.
 */
export type ClientFetch = (url: string, init: ClientRequestInit) => Promise<SignedResponse>

/** One attempt, with its body already serialised: these bytes are signed and sent. */
export interface Attempt {
  readonly method: string
  readonly url: string
  readonly body: string | undefined
  readonly signal: AbortSignal
}

/** Sends one attempt. The body of its answer is still to be read. */
export type Send = (attempt: Attempt) => Promise<SignedResponse>

/**
 * ky without its retries, timers and error classes: they end at the headers, while our deadline
 * covers the body too. Nothing here may make ky copy the answer (no hooks, no progress): `verified`
 * is a member of this very one. ky's `fetch` option is set for each attempt, so that text, headers
 * and signal reach the signing fetch as they are. Through ky's Request they would be copied, the
 * text into a stream and the signal joined to one of ky's own, which costs more than the check of
 * the arguments and the deadline together.
 */
export function createTransport(fetch: ClientFetch): Send {
  let http: KyInstance | undefined
  return async ({ method, url, body, signal }) => {
    http ??= await createInstance()
    const headers = method === 'GET' ? readingHeaders : writingHeaders
    const bare = { method, headers, redirect, signal } as const
    const init = body === undefined ? bare : { ...bare, body }
    return http(url, { method, fetch: () => fetch(url, init) })
  }
}

const redirect = 'manual'

/**
 * At the first call: with ky comes the platform's whole fetch, which takes longer to load than all
 * else together.
 */
async function createInstance(): Promise<KyInstance> {
  const { ky } = await import('./ky.ts')
  return ky.create({ retry: 0, timeout: false, throwHttpErrors: false })
}

const readingHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  // WeChat Pay refuses a request without one. Browsers keep their own, which does no harm.
  'user-agent': `wechatpay-entrust/${version}`,
}

const writingHeaders: Readonly<Record<string, string>> = {
  ...readingHeaders,
  'content-type': 'application/json',
}
