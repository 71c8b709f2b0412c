import { isRecord, type MaybePromise, unsent } from '@wechatpay-entrust/base'
import { importCertificate } from '../crypto/certificate.ts'
import { importSigningKey, type PrivateKeyInput, type SigningKey } from '../crypto/private-key.ts'
import type { RsaPublicKey, SignOptions } from '../crypto/provider.ts'
import { ConfigurationError } from '../errors.ts'

/**
 * Signs the bytes with RSASSA-PKCS1-v1_5 and SHA-256. It may call an HSM or a key service.
 */
export type Sign = (message: Uint8Array, options?: SignOptions) => MaybePromise<Uint8Array>

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
}

/** Signs instead of a private key. */
export interface Signer {
  readonly sign: Sign
  /** For another scheme than RSA with SHA-256, such as that of `@wechatpay-entrust/auth/sm`. */
  readonly signatureType?: string | undefined
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

/**
 * Combines a merchant id with its certificate's serial number and private key. The key is parsed
 * only once, here.
 *
 * Also checks that the key belongs to `certificate`. If the key's modulus cannot be read (a
 * CryptoKey, a `sign` function), the first signature is checked instead.
 *
 * @throws ConfigurationError `malformed-mchid`, `malformed-serial-number`,
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
export function createCredentials({
  mchid,
  serialNumber,
  certificate,
  privateKey,
}: CredentialsOptions): Credentials {
  requireMchid(mchid)
  const own = certificate === undefined ? undefined : importCertificate(certificate)
  if (serialNumber !== undefined || own === undefined) requireSerialNumber(serialNumber)
  if (own && serialNumber !== undefined) requireSameSerial(serialNumber, own.serialNumber)
  const isOutside = isSigner(privateKey)
  const key: SigningKey & Partial<Signer> = isOutside ? privateKey : importSigningKey(privateKey)
  const { signatureType } = key
  if (signatureType !== undefined) requireSignatureType(signatureType)
  if (own && key.modulus && !sameBytes(key.modulus, own.publicKey.modulus))
    throw mismatchedCertificate()
  // Foreign code gets a copy: otherwise it could read what lies next to the message in Buffer's
  // pool.
  const sign: Sign = isOutside
    ? (message, options) => signOutside(privateKey, new Uint8Array(message), options)
    : (message, options) => key.sign(message, options)
  const modulus = own?.publicKey.modulus ?? (isOutside ? undefined : key.modulus)
  return {
    mchid,
    serialNumber: serialNumber ?? (own as { serialNumber: string }).serialNumber,
    sign: own && !key.modulus ? checkedOnce(sign, own.publicKey) : sign,
    ...(signatureType !== undefined && { signatureType }),
    ...(modulus !== undefined && { modulus }),
  }
}

/**
 * An HSM or a key service may be unreachable, which is not an error of the network to WeChat Pay,
 * and it may return any value.
 */
async function signOutside(
  signer: Signer,
  message: Uint8Array,
  options?: SignOptions,
): Promise<Uint8Array> {
  let signature: unknown
  try {
    signature = await signer.sign(message, options)
  } catch (error) {
    throw unsent('privateKey.sign threw, and what it threw is the cause', error)
  }
  if (signature instanceof Uint8Array && signature.length > 0) return signature
  throw new ConfigurationError('unusable-key', {
    slot: 'privateKey.sign',
    found: `a function that gave ${signature instanceof Uint8Array ? 'no bytes' : `a value of type ${typeof signature}`}`,
    expected: 'one that gives the bytes of the signature, or a promise of them',
    remedy: {
      en: 'Decode what the HSM or the key service returns, for example its base64, into a Uint8Array.',
      zh: '请将 HSM 或密钥服务返回的内容（例如 base64 文本）解码为 Uint8Array。',
    },
  })
}

/**
 * Verifies the first signature with the certificate's key, because the private key itself cannot be
 * compared.
 */
function checkedOnce(sign: Sign, publicKey: RsaPublicKey): Sign {
  let isChecked = false
  return async (message, options) => {
    const signature = await sign(message, options)
    if (!isChecked && !(await publicKey.verify(message, signature))) throw mismatchedCertificate()
    isChecked = true
    return signature
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

function mismatchedCertificate(): ConfigurationError {
  return new ConfigurationError('mismatched-certificate', {
    slot: 'privateKey',
    found: 'a private key that does not belong to the certificate given',
    expected: 'the key of that very certificate',
    remedy: {
      en: 'Use apiclient_key.pem and apiclient_cert.pem of the same download; compare the outputs of: openssl rsa -noout -modulus -in apiclient_key.pem; openssl x509 -noout -modulus -in apiclient_cert.pem.',
      zh: '请使用同一次申请得到的 apiclient_key.pem 与 apiclient_cert.pem；可对比 openssl rsa -noout -modulus -in apiclient_key.pem 与 openssl x509 -noout -modulus -in apiclient_cert.pem 的输出。',
    },
  })
}

function describe(value: unknown): string {
  if (typeof value !== 'string')
    return value === undefined ? 'nothing' : `a value of type ${typeof value}`
  return value === ''
    ? 'an empty text'
    : `a text of ${value.length} characters with others than these`
}
