import { decodeBase64, encodeBase64, type MaybePromise, utf8 } from '@wechatpay-entrust/base'
import { importRsaPrivateKey } from '../crypto/rsa.ts'
import { ConfigurationError } from '../errors.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'

/** Encrypts the fields of one request, all with the same key. */
export interface FieldEncryption {
  /** Names the key. Send it as `Wechatpay-Serial` with the request that contains the fields. */
  readonly serialNumber: string
  /**
   * Base64 of RSAES-OAEP (SHA-1, MGF1 with SHA-1) over the text's UTF-8 bytes. `field` is its name
   * in an error.
   *
   * @throws RangeError the text is too long for the key: more than 214 bytes in UTF-8 for 2048 bits
   */
  encrypt(text: string, field?: string): Promise<string>
}

/**
 * Selects the key that encrypts sensitive fields (敏感信息) now: WeChat Pay's public key, or the newest
 * platform certificate in force. Call it again for each request, because keys change.
 *
 * @throws ConfigurationError `no-platform-key`; SignatureError `expired-certificate`; what the
 * download of keys throws
 * @see https://pay.weixin.qq.com/docs/partner/development/interface-rules/sensitive-data-encryption.html
 * @example
 * ```ts
 * import { createFieldEncryption, type PlatformKeys, type SigningFetch } from '@wechatpay-entrust/auth'
 *
 * declare const platformKeys: PlatformKeys
 * declare const signingFetch: SigningFetch
 * const { serialNumber, encrypt } = await createFieldEncryption(platformKeys)
 * await signingFetch('https://api.mch.weixin.qq.com/v3/profitsharing/receivers/add', {
 *   method: 'POST',
 *   headers: { 'Content-Type': 'application/json', 'Wechatpay-Serial': serialNumber },
 *   body: JSON.stringify({ type: 'PERSONAL_OPENID', name: await encrypt('张三') }),
 * })
 * ```
 */
export async function createFieldEncryption(platformKeys: PlatformKeys): Promise<FieldEncryption> {
  await platformKeys.ready?.()
  const serialNumber = platformKeys.requestSerial
  const key = serialNumber === undefined ? undefined : await platformKeys.find(serialNumber)
  if (serialNumber === undefined || !key) {
    throw new ConfigurationError('no-platform-key', {
      slot: 'platformKeys',
      found: 'no key of WeChat Pay',
      expected: 'the one with which fields are to be encrypted',
      remedy: {
        en: 'Pass publicKey or platformCertificates, or wait for the first download.',
        zh: '请传入 publicKey 或 platformCertificates，或等待平台证书首次下载完成。',
      },
    })
  }
  const limit = key.modulusLength === undefined ? undefined : key.modulusLength / 8 - 42
  return {
    serialNumber,
    async encrypt(text, field = 'sensitive field') {
      const bytes = utf8(text)
      if (limit !== undefined && bytes.length > limit) {
        throw new RangeError(
          `${field}: found ${bytes.length} bytes in UTF-8; RSAES-OAEP with a key of ${key.modulusLength} bits takes ` +
            `at most ${limit}. A Chinese character has 3 bytes. Nothing was encrypted.`,
        )
      }
      return encodeBase64(await key.encrypt(bytes))
    },
  }
}

/** Decrypts the fields of responses; `field` is the name of a field in an error. */
export interface FieldDecryption {
  /** @throws ConfigurationError `undecryptable-field` */
  decrypt(text: string, field?: string): Promise<string>
}

/** A private key in an HSM or a key service, which decrypts but cannot be read. */
export interface Decrypter {
  decrypt(ciphertext: Uint8Array): MaybePromise<Uint8Array>
}

/**
 * Decrypts fields that WeChat Pay encrypted for the merchant: RSAES-OAEP (SHA-1, MGF1 with SHA-1),
 * with the private key of the merchant API certificate that signed the request.
 *
 * @throws ConfigurationError the codes of a private key: `not-text`, `not-pem`, `wrong-kind`,
 * `encrypted-key`, `malformed-key`, `not-rsa`, `weak-key`
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { createFieldDecryption } from '@wechatpay-entrust/auth'
 *
 * declare const response: { id_card_name: string }
 * const { decrypt } = createFieldDecryption(readFileSync('apiclient_key.pem', 'utf8'))
 * const name = await decrypt(response.id_card_name)
 * ```
 */
export function createFieldDecryption(privateKey: string | Decrypter): FieldDecryption {
  const key =
    typeof privateKey === 'object' && privateKey !== null
      ? privateKey
      : importRsaPrivateKey(privateKey)
  return {
    async decrypt(text, field = 'sensitive field') {
      const ciphertext = decodeBase64(text)
      if (!ciphertext) throw undecryptable(field, 'a text that is not base64')
      try {
        const bytes = await key.decrypt(ciphertext)
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      } catch {
        // Never show why decryption failed: details about padding would help an attacker.
        throw undecryptable(field, `${ciphertext.length} bytes that this private key does not open`)
      }
    },
  }
}

function undecryptable(field: string, found: string): ConfigurationError {
  return new ConfigurationError('undecryptable-field', {
    slot: 'privateKey',
    found: `at ${field} ${found}`,
    expected: 'a text that WeChat Pay encrypted for this key',
    remedy: {
      en: 'Pass the private key of the certificate whose serial number the request named, and the field as it was received.',
      zh: '请使用请求中证书序列号所对应的商户私钥，并原样传入收到的字段。',
    },
  })
}
