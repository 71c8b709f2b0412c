import { describeType, isRecord, type MaybePromise } from '@wechatpay-entrust/base'
import { type Certificate, importCertificate } from '../crypto/certificate.ts'
import { importSigningKey, type PrivateKeyInput, type SigningKey } from '../crypto/private-key.ts'
import { ConfigurationError } from '../errors.ts'
import { requireKnownOptions } from '../known-options.ts'
import {
  checkedOnce,
  mismatchedCertificate,
  type Sign,
  type Signer,
  signOutside,
} from './outside-signature.ts'

export type { Sign, Signer } from './outside-signature.ts'

/** The calling merchant or institution, and how it signs. */
export interface Credentials {
  readonly mchid: string
  readonly serialNumber: string
  readonly sign: Sign
  /** The scheme of `sign`, as `Authorization` names it. Default `WECHATPAY2-SHA256-RSA2048`. */
  readonly signatureType?: string | undefined
  /**
   * For an RSA key pair, if the key or its certificate reveals it: big-endian, without leading
   * zeros. Not secret.
   */
  readonly modulus?: Uint8Array | undefined
  /** False if `sign` uses a key that was given, and not a function of yours. Only for errors. */
  readonly isExternal?: boolean | undefined
}

/**
 * Credentials, or a function that returns them for each request, so that you can replace a merchant
 * certificate without a restart. It is called before every signature, so it should return stored
 * credentials and parse keys only when they change.
 */
export type CredentialsSource = Credentials | (() => MaybePromise<Credentials>)

export interface CredentialsOptions {
  /**
   * The caller's merchant id (商户号). An institution (从业机构) or service provider gives its own id,
   * never the sub-merchant's.
   */
  readonly mchid: string
  /**
   * Serial number (证书序列号) of the merchant API certificate, hex. Not needed with `certificate`.
   */
  readonly serialNumber?: string | undefined
  /**
   * Text of `apiclient_cert.pem` (商户API证书), if you have it. It contains the serial number, and a
   * private key that does not belong to it is rejected.
   */
  readonly certificate?: string | undefined
  /**
   * Text of `apiclient_key.pem` (商户API证书私钥), PKCS#8 or PKCS#1; a `KeyObject` of Node; a `CryptoKey`
   * for RSASSA-PKCS1-v1_5 with SHA-256; or an object with a `sign` function.
   */
  readonly privateKey: PrivateKeyInput | Signer
}

const optionNames: { readonly [Name in keyof Required<CredentialsOptions>]: true } = {
  mchid: true,
  serialNumber: true,
  certificate: true,
  privateKey: true,
}

/**
 * Combines a merchant id with its certificate's serial number and private key. The key is parsed
 * only once, here.
 *
 * Also checks that the key belongs to `certificate`. If the key's modulus cannot be read (a
 * CryptoKey, a `sign` function), the first signature is checked instead.
 *
 * @throws ConfigurationError `unknown-option`, `malformed-mchid`, `malformed-serial-number`,
 * `mismatched-serial-number`, `mismatched-certificate`, and the codes of a key or certificate:
 * `not-text`, `not-pem`, `wrong-kind`, `encrypted-key`, `malformed-key`, `not-rsa`, `weak-key`,
 * `unusable-key`
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
export function createCredentials(options: CredentialsOptions): Credentials {
  requireKnownOptions(options, optionNames)
  const { mchid, serialNumber, certificate, privateKey } = options
  requireMchid(mchid)
  const own = certificate === undefined ? undefined : importCertificate(certificate)
  if (serialNumber !== undefined || own === undefined) requireSerialNumber(serialNumber)
  if (own && serialNumber !== undefined) requireSameSerial(serialNumber, own.serialNumber)
  const isExternal = isSigner(privateKey)
  const key: SigningKey & Partial<Signer> = isExternal ? privateKey : importSigningKey(privateKey)
  const { signatureType } = key
  if (signatureType !== undefined) requireSignatureType(signatureType)
  if (own && key.modulus && !sameBytes(key.modulus, own.publicKey.modulus))
    throw mismatchedCertificate()
  const modulus = own?.publicKey.modulus ?? (isExternal ? undefined : key.modulus)
  // Foreign code gets a copy: otherwise it could read what lies next to the message in Buffer's
  // pool.
  const sign: Sign = isExternal
    ? (message, how) =>
        signOutside(privateKey, new Uint8Array(message), { ...how, length: modulus?.length })
    : (message, how) => key.sign(message, how)
  return {
    mchid,
    // WeChat Pay compares it, and prints it in capitals.
    serialNumber: (serialNumber ?? (own as Certificate).serialNumber).toUpperCase(),
    sign: own && !key.modulus ? checkedOnce(sign, own.publicKey, isExternal) : sign,
    isExternal,
    ...(signatureType !== undefined && { signatureType }),
    ...(modulus !== undefined && { modulus }),
  }
}

/**
 * The scheme precedes the items of `Authorization`, so it must not contain what could start an
 * item.
 */
function requireSignatureType(signatureType: string): void {
  if (typeof signatureType === 'string' && /^[0-9A-Z-]{1,64}$/.test(signatureType)) return
  throw new ConfigurationError('unusable-key', {
    slot: 'privateKey.signatureType',
    found: 'another form',
    expected:
      'the name of a scheme, such as WECHATPAY2-SHA256-RSA2048: capitals, digits and hyphens',
    remedy: {
      en: 'Leave it out for RSA with SHA-256.',
      zh: '使用 RSA 与 SHA-256 时请省略此项。',
    },
  })
}

const isSigner = (value: CredentialsOptions['privateKey']): value is Signer =>
  isRecord(value) && typeof value.sign === 'function'

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, index) => octet === b[index])

/**
 * Rejects an invalid merchant id (商户号). The id becomes a quoted item of `Authorization`, so only
 * letters, digits, `_` and `-` are allowed.
 *
 * @throws ConfigurationError `malformed-mchid`
 */
export function requireMchid(mchid: string): void {
  if (typeof mchid === 'string' && /^[0-9A-Za-z_-]{1,32}$/.test(mchid)) return
  throw new ConfigurationError('malformed-mchid', {
    slot: 'mchid',
    found: describe(mchid),
    expected: 'the merchant id as text, 1 to 32 digits',
    remedy: {
      en: 'Copy it from the merchant platform, and write it in quotes.',
      zh: '请从商户平台复制商户号，并写成带引号的字符串。',
    },
  })
}

function requireSerialNumber(serialNumber: string | undefined): asserts serialNumber is string {
  if (typeof serialNumber === 'string' && /^[0-9A-Fa-f]{1,40}$/.test(serialNumber)) return
  const keyId = typeof serialNumber === 'string' && serialNumber.startsWith('PUB_KEY_ID_')
  throw new ConfigurationError('malformed-serial-number', {
    slot: 'serialNumber',
    found: keyId ? 'the id of a WeChat Pay public key' : describe(serialNumber),
    expected: "the serial number of the merchant's own API certificate, hex without colons",
    remedy: {
      en: 'Print it with: openssl x509 -in apiclient_cert.pem -noout -serial; or pass the text of that file as `certificate`.',
      zh: '查看证书序列号：openssl x509 -in apiclient_cert.pem -noout -serial；或者把该文件的内容作为 `certificate` 传入。',
    },
  })
}

function requireSameSerial(given: string, own: string): void {
  const bare = (serial: string) => serial.toUpperCase().replace(/^0+/, '')
  if (bare(given) === bare(own)) return
  throw new ConfigurationError('mismatched-serial-number', {
    slot: 'serialNumber',
    found: `${given}, another one than that of the certificate given`,
    expected: own,
    remedy: {
      en: 'Leave it out: the certificate contains it. If the certificate was replaced, pass the new one with its own key.',
      zh: '请省略此项：证书中已包含证书序列号。如果证书已更换，请传入新证书及其私钥。',
    },
  })
}

function describe(value: unknown): string {
  if (typeof value !== 'string') return describeType(value)
  return value === ''
    ? 'an empty text'
    : `a text of ${value.length} characters with others than these`
}
