import type { SignError } from '../signatures/sign-error.ts'

/** What the signing fetch read of a response, and what it found out. */
interface Findings {
  /** The body's bytes; undefined if the body was rejected unread. */
  readonly received: Uint8Array | undefined
  readonly verified: boolean
  readonly signError: SignError | undefined
}

/** A new Response with the bytes that were read from the old one, and with the findings. */
export function createVerifiedResponse(
  response: Response,
  findings: Findings,
): Response & Findings {
  const { statusText, headers, url } = response
  // A browser hides the status of a redirect that is not followed.
  const status = response.type === 'opaqueredirect' ? 302 : response.status
  const body = hasNoBody(status) ? null : (findings.received as Uint8Array<ArrayBuffer> | undefined)
  // fetch accepts a status above 599, `new Response` does not.
  const made = new Response(body, { status: Math.min(status, 599), statusText, headers })
  for (const [name, value] of Object.entries({ ...findings, url, status }))
    Object.defineProperty(made, name, { value })
  return made as Response & Findings
}

const hasNoBody = (status: number): boolean => status === 204 || status === 205 || status === 304
