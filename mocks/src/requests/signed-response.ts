import { randomHex as systemRandomHex } from '@wechatpay-entrust/auth/crypto'
import { type SignMessageOptions, signMessage } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import type { Clock } from '../platform/clock.ts'
import type { Signer } from '../platform/identity.ts'
import type { RandomHex } from '../platform/random.ts'

/** A response that is not yet sent, so that a fault can still change it. */
export interface Draft {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Whether HTTP allows no body with a status. */
export const isBodiless = (status: number): boolean => [204, 205, 304].includes(status)

/** The key and options for signing a response. */
export interface ResponseSignature {
  readonly signer: Signer
  readonly clock: Clock
  /** Whether other requests are in progress. */
  readonly concurrent: boolean
}

/**
 * A JSON response with a `Request-ID`, or without a body. Unsigned if no signature is given.
 */
export async function draftJson(
  status: number,
  value: unknown,
  randomHex: RandomHex,
  signature?: ResponseSignature,
): Promise<Draft> {
  // The signature covers what arrives: nothing with a 204, whatever the document says.
  const isEmpty = value === undefined || isBodiless(status)
  const body = utf8(isEmpty ? '' : JSON.stringify(value))
  const headers = {
    ...(!isBodiless(status) && { 'Content-Type': 'application/json; charset=utf-8' }),
    // Real ones end in a number for WeChat Pay's support; 0 means nothing.
    'Request-ID': `08${randomHex(18).toUpperCase()}-0`,
    ...(signature && (await signResponse(body, signature, { nonce: randomHex(16) }))),
  }
  return { status, headers, body }
}

/** The signature headers; `changes` make the signature wrong. */
export function signResponse(
  body: Uint8Array,
  { signer, clock, concurrent }: ResponseSignature,
  changes: Partial<SignMessageOptions>,
): Promise<Record<string, string>> {
  return signMessage(body, { ...signer, clock, concurrent, ...changes })
}

// A Response returns its bytes through a stream and its header names in lower case. The server
// reads the draft instead.
const drafts = new WeakMap<Response, Draft>()

export function toResponse(draft: Draft): Response {
  const { status, headers, body } = draft
  const content = isBodiless(status) ? null : (body as Uint8Array<ArrayBuffer>)
  const response = new Response(content, { status, headers })
  drafts.set(response, draft)
  return response
}

/** The draft that the response was made from; undefined for other responses. */
export const draftOf = (response: Response): Draft | undefined => drafts.get(response)

/** An unsigned response, for requests that the real service does not know. */
export async function respondWithJson(
  status: number,
  value: unknown,
  randomHex: RandomHex = systemRandomHex,
): Promise<Response> {
  return toResponse(await draftJson(status, value, randomHex))
}
