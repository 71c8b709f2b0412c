import type { ApiV3Keys } from '@wechatpay-entrust/auth'
import { type RsaPrivateKey, randomHex as systemRandomHex } from '@wechatpay-entrust/auth/crypto'
import { signMessage } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import { formatEnvelope } from './envelope.ts'
import { sealResource } from './resource.ts'

/** The content of a notification, and the keys that encrypt and sign it. */
export interface BuildOptions {
  /** At most 36 characters. */
  readonly id: string
  readonly event_type: string
  /** RFC 3339. Default: now, with the offset +08:00 like WeChat Pay. */
  readonly create_time?: string
  /** Default `encrypt-resource`. */
  readonly resource_type?: string
  readonly summary?: string
  readonly original_type: string
  readonly associated_data: string
  /** Serialised once and encrypted. */
  readonly resource: object
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** The platform's private key. */
  readonly key: RsaPrivateKey
  /** The serial number by which the merchant finds the matching public key. */
  readonly serialNumber: string
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: () => number
  /** Builds a signature probe (签名探测流量), which every receiver must reject. Default false. */
  readonly probe?: boolean
  /**
   * Returns the hex text of that many random bytes, for nonces and the `Request-ID`. A test may
   * return fixed values. Default: the system's random source.
   */
  readonly randomHex?: (bytes: number) => string
}

/**
 * Builds a notification as WeChat Pay sends it: encrypted and signed, with header names in the
 * documented case. To resend it, build it again with the same `id`: each attempt has its own
 * timestamp and signature.
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
  // Upper-case hex and a number at the end, like the real ones.
  const requestId = `08${randomHex(12).toUpperCase()}-0`
  return {
    headers: { 'Content-Type': 'application/json', 'Request-ID': requestId, ...signature },
    body,
  }
}

/** RFC 3339 in whole seconds with the offset of China, e.g. `2020-09-10T13:29:35+08:00`. */
export function formatTime(milliseconds: number): string {
  const hours = 8
  return `${new Date(milliseconds + hours * 3_600_000).toISOString().slice(0, 19)}+08:00`
}
