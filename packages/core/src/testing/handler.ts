import type { ClientFetch } from '../transport.ts'

/** What a handler saw, with the body as the bytes that would be signed. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: Uint8Array
}

/** A verified answer, marked as a signing fetch marks it. */
export function verified(body: unknown, init: ResponseInit = {}): Response {
  const headers = { 'content-type': 'application/json', 'request-id': '08F8A9C0-268435715', ...init.headers }
  return Object.assign(new Response(typeof body === 'string' ? body : JSON.stringify(body), { ...init, headers }), {
    verified: true,
  })
}

/** An answer that nobody verified. */
export function unverified(body: BodyInit | null, init: ResponseInit = {}): Response {
  return Object.assign(new Response(body, init), { verified: false })
}

/** A fetch made of one answer, and the list of what it was asked. */
export function answering(answer: (seen: Seen) => Response | Promise<Response>): { fetch: ClientFetch; seen: Seen[] } {
  const seen: Seen[] = []
  return {
    seen,
    fetch: async (request) => {
      const { method, url, headers } = request
      const entry: Seen = { method, url, headers, body: new Uint8Array(await request.arrayBuffer()) }
      seen.push(entry)
      return answer(entry)
    },
  }
}

export const preSignBody = {
  appid: 'wxd678efh567hg6787',
  sub_appid: 'wxd678efh567hg6787',
  sub_mchid: '1900000109',
  service_id: 12535,
  out_contract_code: 'wxwtdk20200910100000',
  notify_url: 'https://yourapp.com/notify',
  contract_display_account: '微信代扣用户A',
  openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  sub_openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
}

export const preSignAnswer = {
  pre_entrustweb_id: '5778aadY9nltAsZzXixCkFIGYnV2V',
  mchid: '1900000109',
  service_id: 12535,
  out_contract_code: 'wxwtdk20200910100000',
  sign_mp_appid: 'wxbd687630cd02ce1d',
  sign_mp_path: 'pages/PwdExemptContract/index',
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('The promise was fulfilled')
}
