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
  /** The very bytes that were verified, where the fetch has them at hand: they are then not read a second time. */
  readonly received?: Uint8Array | undefined
  /** On a 401: what the server says it verified, compared with what was signed. */
  readonly signError?: SignError | undefined
}

/** What stands beside the Request, ready to use: to read it out of a Request again costs time, a body even a turn. */
export interface ClientRequestInit {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** The very bytes to sign and to send. */
  readonly body?: string
  /** A redirect is never followed: it comes back as the 3xx that it is. */
  readonly redirect: 'manual'
  /** Ends the call, at its deadline or when its caller aborts. The Request itself carries no signal. */
  readonly signal: AbortSignal
}

/**
 * A function shaped like fetch that signs what it sends and verifies what it gives back, such as `createSigningFetch` of
 * `@wechatpay-entrust/auth`. Called once for each attempt. As with fetch, what `init` says goes before the Request.
 */
export type ClientFetch = (request: Request, init: ClientRequestInit) => Promise<SignedResponse>

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
 * ky without its retries, timers and error classes: they end at the headers, while our deadline covers the body too.
 * Nothing here may make ky copy the answer (no hooks, no progress), because `verified` is an own property of it.
 * ky's `fetch` option is set for each attempt, so that text and signal reach the signing fetch as they are; ky would make a
 * stream of the one and join the other to a signal of its own.
 */
export function createTransport(fetch: ClientFetch): Send {
  let instances: Instances | undefined
  return async ({ method, url, body, signal }) => {
    instances ??= await createInstances()
    const isReading = method === 'GET'
    const http = isReading ? instances.reading : instances.writing
    const headers = isReading ? readingHeaders : writingHeaders
    const bare = { method, headers, redirect, signal } as const
    const init = body === undefined ? bare : { ...bare, body }
    const ready = body === undefined ? { method } : { method, body }
    return http(url, { ...ready, fetch: (request) => fetch(request as Request, init) })
  }
}

const redirect = 'manual'

interface Instances {
  readonly reading: KyInstance
  readonly writing: KyInstance
}

/** At the first call: with ky comes the platform's whole fetch, which takes longer to load than all else together. */
async function createInstances(): Promise<Instances> {
  const { ky } = await import('./ky.ts')
  const options = { retry: 0, timeout: false, throwHttpErrors: false, redirect } as const
  return {
    reading: ky.create({ ...options, headers: readingHeaders }),
    writing: ky.create({ ...options, headers: writingHeaders }),
  }
}

const readingHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  // WeChat Pay refuses a request without one. Browsers keep their own, which does no harm.
  'user-agent': `wechatpay-entrust/${version}`,
}

const writingHeaders: Readonly<Record<string, string>> = { ...readingHeaders, 'content-type': 'application/json' }
