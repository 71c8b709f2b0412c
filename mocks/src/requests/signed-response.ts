import { randomHex as systemRandomHex } from '@wechatpay-entrust/auth/crypto'
import { type SignMessageOptions, signMessage } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import type { Clock } from '../platform/clock.ts'
import type { Signer } from '../platform/identity.ts'
import type { RandomHex } from '../platform/random.ts'

/** An answer before it is one: what a fault may still spoil. */
export interface Draft {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** With what, and how, an answer is signed. */
export interface ResponseSignature {
  readonly signer: Signer
  readonly clock: Clock
  /** Other requests are being answered. */
  readonly concurrent: boolean
}

/**
 * An answer in JSON with a `Request-ID`, or without a body; unsigned where no signature is given.
 */
export async function draftJson(
  status: number,
  value: object | undefined,
  randomHex: RandomHex,
  signature?: ResponseSignature,
): Promise<Draft> {
  const body = utf8(value === undefined ? '' : JSON.stringify(value))
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    // Real ones end in a number for WeChat Pay's support; 0 says nothing.
    'Request-ID': `08${randomHex(18).toUpperCase()}-0`,
    ...(signature && (await signResponse(body, signature, { nonce: randomHex(16) }))),
  }
  return { status, headers, body }
}

/** The signature's headers; `changes` make a wrong one. */
export function signResponse(
  body: Uint8Array,
  { signer, clock, concurrent }: ResponseSignature,
  changes: Partial<SignMessageOptions>,
): Promise<Record<string, string>> {
  return signMessage(body, { ...signer, clock, concurrent, ...changes })
}

// A Response gives its bytes back through a stream, and its header names in lower case; the server
// can do without both.
const drafts = new WeakMap<Response, Draft>()

export function toResponse(draft: Draft): Response {
  const { status, headers, body } = draft
  const response = new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
  drafts.set(response, draft)
  return response
}

/** What the response was made of; undefined when it was made otherwise. */
export const draftOf = (response: Response): Draft | undefined => drafts.get(response)

/** An unsigned answer, for those who asked nothing that the service answers. */
export async function respondWithJson(
  status: number,
  value: object,
  randomHex: RandomHex = systemRandomHex,
): Promise<Response> {
  return toResponse(await draftJson(status, value, randomHex))
}
