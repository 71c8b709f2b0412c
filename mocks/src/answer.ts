import { randomHex, utf8 } from '@wechatpay-entrust/auth/crypto'
import { signMessage } from '@wechatpay-entrust/auth/platform'
import type { Clock } from './clock.ts'
import type { Signer } from './identity.ts'

/** The id of an exchange (`Request-ID`). Real ones end in a number for WeChat Pay's support; 0 says nothing. */
export function requestId(): string {
  return `08${randomHex(18).toUpperCase()}-0`
}

export interface AnswerOptions {
  /** What signs the answer; without it the answer goes out unsigned. */
  readonly signer?: Signer | undefined
  /** Sign on the thread pool: a server then reads the next request meanwhile; a single call in process would only wait. */
  readonly concurrent?: boolean
  readonly clock?: Clock
}

/** An answer in JSON with a `Request-ID`. */
export async function answerJson(status: number, value: object, options: AnswerOptions = {}): Promise<Response> {
  const body = utf8(JSON.stringify(value))
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Request-ID': requestId(),
    ...(await signatureOf(body, options)),
  }
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
}

async function signatureOf(
  body: Uint8Array,
  { signer, concurrent = false, clock }: AnswerOptions,
): Promise<Record<string, string>> {
  if (signer === undefined) return {}
  const { key, serialNumber } = signer
  const pooled = { ...key, sign: (message: Uint8Array) => key.sign(message, { concurrent }) }
  return signMessage(body, { key: pooled, serialNumber, ...(clock && { clock }) })
}
