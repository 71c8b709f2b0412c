import type { MaybePromise, SignOptions } from './crypto/provider.ts'
import { importRsaPrivateKey } from './crypto/rsa.ts'
import { ConfigurationError } from './errors.ts'

/** Signs the bytes with RSASSA-PKCS1-v1_5 and SHA-256; an HSM or a key service can stand behind it. */
export type Sign = (message: Uint8Array, options?: SignOptions) => MaybePromise<Uint8Array>

/** Who is speaking: the calling merchant or institution, and its signature. */
export interface Credentials {
  readonly mchid: string
  readonly serialNumber: string
  readonly sign: Sign
}

export interface CredentialsOptions {
  /** 商户号 of the caller. For an institution (从业机构) or service provider its own, never the sub-merchant's. */
  readonly mchid: string
  /** Serial number (证书序列号) of the merchant API certificate, hex. */
  readonly serialNumber: string
  /** Text of `apiclient_key.pem` (商户API证书私钥), PKCS#8 or PKCS#1; or what signs in its place. */
  readonly privateKey: string | { readonly sign: Sign }
}

/**
 * Binds a merchant id to its certificate's serial number and private key. The key is parsed here, once.
 *
 * @throws ConfigurationError `malformed-mchid`, `malformed-serial-number`, and those of a private key: `not-text`,
 * `not-pem`, `wrong-kind`, `encrypted-key`, `malformed-key`, `not-rsa`, `weak-key`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { createCredentials } from '@wechatpay-entrust/auth'
 *
 * const credentials = createCredentials({
 *   mchid: '1900009191',
 *   serialNumber: '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2',
 *   privateKey: readFileSync('apiclient_key.pem', 'utf8'),
 * })
 * ```
 */
export function createCredentials({ mchid, serialNumber, privateKey }: CredentialsOptions): Credentials {
  requireMchid(mchid)
  requireSerialNumber(serialNumber)
  const key = isSigner(privateKey) ? privateKey : importRsaPrivateKey(privateKey)
  return { mchid, serialNumber, sign: (message, options) => key.sign(message, options) }
}

function isSigner(value: CredentialsOptions['privateKey']): value is { readonly sign: Sign } {
  return typeof value === 'object' && value !== null && typeof value.sign === 'function'
}

/**
 * Refuses what is no merchant id (商户号). It goes into a quoted item of `Authorization`, so nothing but letters, digits,
 * `_` and `-` may stand in it.
 *
 * @throws ConfigurationError `malformed-mchid`
 */
export function requireMchid(mchid: string): void {
  if (typeof mchid === 'string' && /^[0-9A-Za-z_-]{1,32}$/.test(mchid)) return
  throw new ConfigurationError('malformed-mchid', {
    slot: 'mchid',
    found: describe(mchid),
    expected: 'the merchant id as text, 1 to 32 digits',
    fix: 'Take it from the merchant platform; write it in quotes.',
  })
}

function requireSerialNumber(serialNumber: string): void {
  if (typeof serialNumber === 'string' && /^[0-9A-Fa-f]{1,40}$/.test(serialNumber)) return
  const keyId = typeof serialNumber === 'string' && serialNumber.startsWith('PUB_KEY_ID_')
  throw new ConfigurationError('malformed-serial-number', {
    slot: 'serialNumber',
    found: keyId ? 'the id of a WeChat Pay public key' : describe(serialNumber),
    expected: "the serial number of the merchant's own API certificate, hex without colons",
    fix: 'Print it with: openssl x509 -in apiclient_cert.pem -noout -serial',
  })
}

function describe(value: unknown): string {
  if (typeof value !== 'string') return value === undefined ? 'nothing' : `a value of type ${typeof value}`
  return value === '' ? 'an empty text' : `a text of ${value.length} characters with others than these`
}
