import type { SignError } from '../signatures/sign-error.ts'

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

/** A new Response with the bytes that were read from the old one, and with what was found. */
export function createVerifiedResponse(
  response: Response,
  found: Required<Pick<SigningResponse, 'received' | 'verified' | 'signError'>>,
): SigningResponse {
  const { statusText, headers, url } = response
  // A browser hides the status of a redirect that is not followed.
  const status = response.type === 'opaqueredirect' ? 302 : response.status
  const body = hasNoBody(status) ? null : (found.received as Uint8Array<ArrayBuffer> | undefined)
  // fetch accepts a status above 599, `new Response` does not.
  const made = new Response(body, { status: Math.min(status, 599), statusText, headers })
  for (const [name, value] of Object.entries({ ...found, url, status }))
    Object.defineProperty(made, name, { value })
  return made as SigningResponse
}

const hasNoBody = (status: number): boolean => status === 204 || status === 205 || status === 304
