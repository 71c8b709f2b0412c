import { encodeHex } from '@wechatpay-entrust/base'
import { copyAgain } from '../crypto/pem.ts'
import type { SignOptions } from '../crypto/provider.ts'
import { ConfigurationError } from '../errors.ts'
import { fromHex, loadSmCrypto } from './library.ts'
import { readSm2PrivateKey, readSm2PublicKey, readSm2Signature } from './sm2-key.ts'

/** The scheme of 国密 signatures, in `Authorization` and in `Wechatpay-Signature-Type`. */
export const sm2SignatureType = 'WECHATPAY2-SM2-WITH-SM3'

/** Verifies SM2 signatures of WeChat Pay; use it as a key of `PlatformKeys`. */
export interface Sm2PublicKey {
  readonly signatureType: typeof sm2SignatureType
  /** False for every wrong signature, in any form. */
  verify(message: Uint8Array, signature: Uint8Array): boolean
  /** For sensitive fields: ASN.1 in the order C1 C3 C2. */
  encrypt(plaintext: Uint8Array): Uint8Array
}

/** Signs with SM2; pass it to `createCredentials` as `privateKey`. */
export interface Sm2PrivateKey {
  readonly signatureType: typeof sm2SignatureType
  /** ASN.1 `SEQUENCE { r, s }`. */
  sign(message: Uint8Array, options?: SignOptions): Uint8Array
  /** Throws for a ciphertext that cannot be decrypted. */
  decrypt(ciphertext: Uint8Array): Uint8Array
}

/** The user id that WeChat Pay uses, the default of GM/T 0009. */
const userId = '1234567812345678'
const profile = { hash: true, userId } as const
const c1c3c2 = 1

/**
 * Imports an SM2 private key in PEM (PKCS#8) for `WECHATPAY2-SM2-WITH-SM3`: SM2 over SM3, user id
 * `1234567812345678`, signatures in ASN.1. Pass it to `createCredentials` as `privateKey`. Needs
 * the package `sm-crypto-v2`, an optional peer.
 *
 * @throws ConfigurationError `missing-library`, and the codes of a key: `not-text`, `not-pem`,
 * `wrong-kind`, `encrypted-key`, `malformed-key`
 * @see https://pay.weixin.qq.com/docs/partner/development/shangmi/guide.html
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { createCredentials } from '@wechatpay-entrust/auth'
 * import { importSm2PrivateKey } from '@wechatpay-entrust/auth/sm'
 *
 * const credentials = createCredentials({
 *   mchid: '1900009191',
 *   serialNumber: '157056765AB5A9EEE5D363D0329039A254D5EF49',
 *   privateKey: await importSm2PrivateKey(readFileSync('sm2_key.pem', 'utf8')),
 * })
 * ```
 */
export async function importSm2PrivateKey(
  pem: string,
  slot = 'privateKey',
): Promise<Sm2PrivateKey> {
  const key = readSm2PrivateKey(pem, slot)
  const { sm2 } = await loadSmCrypto()
  const publicKey = sm2.getPublicKeyFromPrivateKey(key)
  return {
    signatureType: sm2SignatureType,
    sign: (message) => fromHex(sm2.doSignature(message, key, { ...profile, der: true, publicKey })),
    decrypt(ciphertext) {
      const options = { asn1: true, output: 'array' } as const
      const plaintext = sm2.doDecrypt(encodeHex(ciphertext), key, c1c3c2, options)
      // For a wrong check value the library returns no bytes instead of throwing.
      if (plaintext.length === 0) throw new Error('The SM2 ciphertext does not open with this key.')
      return Uint8Array.from(plaintext)
    },
  }
}

/**
 * Imports an SM2 public key in PEM for `WECHATPAY2-SM2-WITH-SM3`. For a certificate, give the
 * output of `openssl x509 -noout -pubkey`.
 *
 * @throws ConfigurationError `missing-library`, and the codes of a key: `not-text`, `not-pem`,
 * `wrong-kind`, `malformed-key`
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { importSm2PublicKey } from '@wechatpay-entrust/auth/sm'
 *
 * const serialNumber = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'
 * const key = await importSm2PublicKey(readFileSync('sm2_platform.pem', 'utf8'))
 * const platformKeys: PlatformKeys = {
 *   requestSerial: serialNumber,
 *   serials: [serialNumber],
 *   find: (serial) => (serial === serialNumber ? key : undefined),
 * }
 * ```
 */
export async function importSm2PublicKey(pem: string, slot = 'publicKey'): Promise<Sm2PublicKey> {
  const point = readSm2PublicKey(pem, slot)
  const { sm2 } = await loadSmCrypto()
  if (!isOnCurve(() => sm2.verifyPublicKey(point))) {
    throw new ConfigurationError('malformed-key', {
      slot,
      found: 'a point that is not on the SM2 curve',
      expected: 'an SM2 public key in PEM',
      remedy: copyAgain,
    })
  }
  return {
    signatureType: sm2SignatureType,
    verify(message, signature) {
      const scalars = readSm2Signature(signature)
      return scalars !== undefined && sm2.doVerifySignature(message, scalars, point, profile)
    },
    encrypt: (plaintext) => fromHex(sm2.doEncrypt(plaintext, point, c1c3c2, { asn1: true })),
  }
}

/** For a point off the curve the library mostly throws, and sometimes returns false. */
function isOnCurve(verify: () => boolean): boolean {
  try {
    return verify()
  } catch {
    return false
  }
}
