import { getResponse, type HttpHandler } from 'msw'
import { connectionReset } from '../faults/fault-body.ts'
import type { RandomHex } from '../platform/random.ts'
import { notFound } from './error-response.ts'
import { respondWithJson } from './signed-response.ts'
import { rememberAddressed } from './wire.ts'

export type MockFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/**
 * The handlers as a `fetch`, without any interception. Does what a platform's fetch does with a
 * response.
 */
export function createInProcessFetch(handlers: HttpHandler[], randomHex: RandomHex): MockFetch {
  return async (input, init) => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    rememberAddressed(request)
    const response =
      (await getResponse(handlers, request)) ??
      (await respondWithJson(404, notFound().body, randomHex))
    request.signal.throwIfAborted()
    if (response.type === 'error') throw new TypeError('fetch failed', { cause: connectionReset() })
    if (isRedirect(response) && request.redirect !== 'manual')
      throw redirected(response, request.redirect)
    return unpack(response)
  }
}

const isRedirect = ({ status }: Response): boolean => [301, 302, 303, 307, 308].includes(status)

function redirected(response: Response, mode: 'error' | 'follow'): TypeError {
  const found =
    mode === 'error' ? 'unexpected redirect' : `nothing is at ${response.headers.get('location')}`
  return new TypeError('fetch failed', { cause: new Error(found) })
}

/** fetch returns the decompressed body and leaves the `Content-Encoding` header. */
function unpack(response: Response): Response {
  if (response.headers.get('content-encoding') !== 'gzip' || response.body === null) return response
  const { status, headers, body } = response
  return new Response(body.pipeThrough(new DecompressionStream('gzip')), { status, headers })
}
