import { readFileSync } from 'node:fs'
import type { ClientFetch } from '../call/transport.ts'
import type {
  QsMiniProgramPreEntrustSignRequest,
  QsMiniProgramPreEntrustSignResponse,
} from '../models.ts'

/** What a handler saw, with the body as the bytes that would be signed. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array
}

/** A verified answer, marked as a signing fetch marks it. */
export function verified(body: unknown, init: ResponseInit = {}): Response {
  const headers = {
    'content-type': 'application/json',
    'request-id': '08F8A9C0-268435715',
    ...init.headers,
  }
  return Object.assign(
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { ...init, headers }),
    {
      verified: true,
    },
  )
}

/** An answer that nobody verified. */
export function unverified(body: BodyInit | null, init: ResponseInit = {}): Response {
  return Object.assign(new Response(body, init), { verified: false })
}

/** A fetch made of one answer, and the list of what it was asked. */
export function responding(answer: (seen: Seen) => Response | Promise<Response>): {
  fetch: ClientFetch
  seen: Seen[]
} {
  const seen: Seen[] = []
  return {
    seen,
    fetch: async (...args) => {
      const request = new Request(...args)
      const { method, url, headers } = request
      const entry: Seen = {
        method,
        url,
        headers,
        body: new Uint8Array(await request.arrayBuffer()),
      }
      seen.push(entry)
      return answer(entry)
    },
  }
}

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../spec/examples/${name}`, import.meta.url), 'utf8'))

/** The official example's request and answer. */
export const preSignBody: QsMiniProgramPreEntrustSignRequest = example(
  'qs-mini-program-pre-entrust-sign.request.json',
)
export const preSignResponse: QsMiniProgramPreEntrustSignResponse = example(
  'qs-mini-program-pre-entrust-sign.200.json',
)

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('The promise was fulfilled')
}
