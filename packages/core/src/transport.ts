import ky from 'ky'
import { withDeadline } from './deadline.ts'
import { version } from './version.ts'

/** An answer as a signing fetch gives it: `verified` tells whether its signature was verified. */
export type SignedResponse = Response & { readonly verified?: boolean }

/**
 * A function shaped like fetch that signs what it sends and verifies what it gives back, such as `createSigningFetch` of
 * `@wechatpay-entrust/auth`. It is given one `Request`, whose body is the very bytes to sign.
 */
export type ClientFetch = (request: Request) => Promise<SignedResponse>

/** One request, with its body already serialised: these bytes are signed and sent. */
export interface Outgoing {
  readonly method: string
  readonly url: string
  readonly body: string | undefined
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}

/** Sends one request and has its answer read, both under one deadline. */
export type Send = <T>(outgoing: Outgoing, read: (response: SignedResponse) => Promise<T>) => Promise<T>

/**
 * ky without its retries, timers and error classes: they end at the headers, while our deadline covers the body too.
 * Nothing here may make ky copy the answer (no hooks, no progress), because `verified` is an own property of it.
 */
export function createTransport(fetch: ClientFetch): Send {
  const http = ky.create({
    fetch: (input) => fetch(input as Request),
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  })
  return (outgoing, read) =>
    withDeadline(outgoing, async (signal) => {
      const { method, url, body } = outgoing
      const response = await http(url, {
        method,
        headers: headersFor(method),
        signal,
        ...(body === undefined ? {} : { body }),
      })
      return read(response)
    })
}

function headersFor(method: string): Record<string, string> {
  return {
    accept: 'application/json',
    ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    // WeChat Pay refuses a request without one. Browsers keep their own, which does no harm.
    'user-agent': `wechatpay-entrust/${version}`,
  }
}
