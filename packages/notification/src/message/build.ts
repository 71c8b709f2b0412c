import type { ApiV3Keys } from '@wechatpay-entrust/auth'
import { type RsaPrivateKey, randomHex as systemRandomHex } from '@wechatpay-entrust/auth/crypto'
import { signMessage } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import { formatEnvelope } from './envelope.ts'
import { sealResource } from './resource.ts'

/** What a notification says, and the keys that seal and sign it. */
export interface BuildOptions {
  /** At most 36 characters. */
  readonly id: string
  readonly event_type: string
  /** RFC 3339. Default: now, with +08:00 as WeChat Pay writes it. */
  readonly create_time?: string
  /** Default `encrypt-resource`. */
  readonly resource_type?: string
  readonly summary?: string
  readonly original_type: string
  readonly associated_data: string
  /** Serialised once and sealed. */
  readonly resource: object
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** The platform's private key, and the serial that names it to the merchant. */
  readonly key: RsaPrivateKey
  readonly serialNumber: string
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number
  /** Makes a signature probe (签名探测流量), which every receiver must refuse. Default false. */
  readonly probe?: boolean
  /**
   * Hex of so many random bytes, for nonces and the `Request-ID`. A test may give the same ones
   * each time. Default: the system's.
   */
  readonly randomHex?: (bytes: number) => string
}

/**
 * Builds a notification as WeChat Pay sends it: sealed, signed, header names in the documented
 * case. Build each repeat anew, with the same `id`: it is signed at its own time.
 *
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`
 */
export async function buildNotification(
  options: BuildOptions,
): Promise<{ headers: Record<string, string>; body: Uint8Array }> {
  const {
    apiV3Key,
    key,
    serialNumber,
    clock = Date.now,
    probe,
    randomHex = systemRandomHex,
    ...message
  } = options
  const { resource, original_type, associated_data, ...rest } = message
  const plaintext = utf8(JSON.stringify(resource))
  const body = formatEnvelope({
    ...rest,
    create_time: rest.create_time ?? formatTime(clock()),
    resource: await sealResource({
      plaintext,
      associated_data,
      original_type,
      apiV3Key,
      nonce: randomHex(6),
    }),
  })
  const nonce = randomHex(16)
  const signature = await signMessage(body, {
    key,
    serialNumber,
    clock,
    nonce,
    ...(probe && { probe }),
  })
  // Upper-case hex with a numeric tail, as the real ones look.
  const requestId = `08${randomHex(12).toUpperCase()}-0`
  return {
    headers: { 'Content-Type': 'application/json', 'Request-ID': requestId, ...signature },
    body,
  }
}

/** RFC 3339 in whole seconds with China's offset, e.g. `2020-09-10T13:29:35+08:00`. */
export function formatTime(milliseconds: number): string {
  const hours = 8
  return `${new Date(milliseconds + hours * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
