import { randomHex, utf8 } from '@wechatpay-entrust/auth/crypto'
import { signMessage } from '@wechatpay-entrust/auth/platform'
import type { Clock } from './clock.ts'
import type { Signer } from './identity.ts'

/** The id of an exchange (`Request-ID`). Real ones end in a number for WeChat Pay's support; 0 says nothing. */
export function requestId(): string {
  return `08${randomHex(18).toUpperCase()}-0`
}

/** An answer in JSON with a `Request-ID`, signed when there is a key to sign it with. */
export async function answerJson(
  status: number,
  value: object,
  signer: Signer | undefined,
  clock: Clock,
): Promise<Response> {
  const body = utf8(JSON.stringify(value))
  const signed =
    signer === undefined ? {} : await signMessage(body, { key: signer.key, serialNumber: signer.serialNumber, clock })
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Request-ID': requestId(), ...signed }
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
}
