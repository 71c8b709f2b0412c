import { randomHex, utf8 } from '@wechatpay-entrust/auth/crypto'
import { signMessage } from '@wechatpay-entrust/auth/platform'
import type { Clock } from './clock.ts'
import type { Signer } from './identity.ts'

/** The id of an exchange (`Request-ID`). Real ones end in a number for WeChat Pay's support; 0 says nothing. */
export function requestId(): string {
  return `08${randomHex(18).toUpperCase()}-0`
}

/** With what, and how, an answer is signed. */
export interface AnswerSignature {
  readonly signer: Signer
  readonly clock: Clock
  /** Other requests are being answered. */
  readonly concurrent: boolean
}

/** An answer in JSON with a `Request-ID`, or without a body; unsigned where no signature is given. */
export async function answerJson(
  status: number,
  value: object | undefined,
  signature?: AnswerSignature,
): Promise<Response> {
  const body = utf8(value === undefined ? '' : JSON.stringify(value))
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Request-ID': requestId(),
    ...(signature && (await signMessage(body, { ...signature, ...signature.signer }))),
  }
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
}
