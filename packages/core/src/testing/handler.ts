import { readFileSync } from 'node:fs'
import { thrownBy } from '../../../auth/src/testing/vectors.ts'
import { createClient } from '../call/client.ts'
import type { ClientFetch } from '../call/transport.ts'
import type {
  QsMiniProgramPreEntrustSignRequest,
  QsMiniProgramPreEntrustSignResponse,
} from '../models.ts'

/** A request as a handler got it. `body` are the bytes that would be signed. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array
}

/** A verified response, marked like a signing fetch marks it. */
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

/**
 * A verified response that repeats `service_id` and `out_contract_code` of the request, as WeChat Pay
 * does.
 */
export function repeating({ url, body }: Seen, fields: object = {}): Response {
  const [, service_id, out_contract_code] =
    /service-id\/(\d+)\/out-contract-code\/([^/?]+)/.exec(url) ?? []
  const inPath = out_contract_code && {
    service_id: Number(service_id),
    out_contract_code: decodeURIComponent(out_contract_code),
  }
  if (inPath) return verified({ ...fields, ...inPath })
  const { service_id: id, out_contract_code: code } =
    body.length === 0 ? {} : JSON.parse(new TextDecoder().decode(body))
  return verified(
    id === undefined ? fields : { ...fields, service_id: id, out_contract_code: code },
  )
}

/** A response that was not verified. */
export function unverified(body: BodyInit | null, init: ResponseInit = {}): Response {
  return Object.assign(new Response(body, init), { verified: false })
}

/** A fetch with one response, and the list of its requests. */
export function responding(respond: (seen: Seen) => Response | Promise<Response>): {
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
      return respond(entry)
    },
  }
}

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../../spec/examples/${name}`, import.meta.url), 'utf8'))

/** Request and response of the official example. */
export const preSignBody: QsMiniProgramPreEntrustSignRequest = example(
  'qs-mini-program-pre-entrust-sign.request.json',
)
export const preSignResponse: QsMiniProgramPreEntrustSignResponse = example(
  'qs-mini-program-pre-entrust-sign.200.json',
)

/**
 * Makes one call, so that ky is loaded: the first call of a process loads it, and fake timers do not
 * wait for that.
 */
export async function loadKy(): Promise<void> {
  await createClient({ fetch: async () => verified({}) }).getCertificates()
}

/** The error that a promise rejects with. */
export const rejection = (promise: Promise<unknown>): Promise<unknown> => thrownBy(() => promise)
