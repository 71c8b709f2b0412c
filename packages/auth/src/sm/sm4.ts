import { concatBytes, utf8 } from '@wechatpay-entrust/base'
import { requireLength } from '../crypto/aead.ts'
import type { AeadKey } from '../crypto/provider.ts'
import { ConfigurationError } from '../errors.ts'
import { fromHex, loadSmCrypto } from './library.ts'

/** The `algorithm` of a resource that is encrypted with SM4-GCM. */
export const sm4Algorithm = 'AEAD_SM4_GCM'

const keyLength = 16
const nonceLength = 12
const tagLength = 16

/**
 * An APIv3 key for resources encrypted with SM4-GCM; use it in place of `importApiV3Keys`.
 */
export interface Sm4ApiV3Key {
  readonly ring: readonly [AeadKey]
}

/**
 * Imports the APIv3 key (APIv3密钥) for resources encrypted with `AEAD_SM4_GCM`: SM4 in GCM with a
 * nonce of 12 and a tag of 16 bytes; the key is the first 16 bytes of SM3(APIv3 key). It decrypts
 * no resource with another algorithm. Needs the package `sm-crypto-v2`, an optional peer.
 *
 * @throws ConfigurationError `malformed-api-v3-key`, `missing-library`
 * @see https://pay.weixin.qq.com/docs/partner/development/shangmi/guide.html
 * @example
 * ```ts
 * import { importSm4ApiV3Key } from '@wechatpay-entrust/auth/sm'
 * import { openResource } from '@wechatpay-entrust/notification'
 *
 * const bytes = await openResource(
 *   { algorithm: 'AEAD_SM4_GCM', nonce: 'uluk4a9R25RW', associated_data: 'associatedData', ciphertext: '+lcLNfkZQQx+iQm20Apa3x9Mb/5L7PgZ7w==' },
 *   await importSm4ApiV3Key('a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb'),
 * ) // the bytes of "plaintext"
 * ```
 */
export async function importSm4ApiV3Key(apiV3Key: string): Promise<Sm4ApiV3Key> {
  if (typeof apiV3Key !== 'string' || !/^[\x21-\x7e]{32}$/.test(apiV3Key)) {
    throw new ConfigurationError('malformed-api-v3-key', {
      slot: 'apiV3Key',
      found:
        typeof apiV3Key === 'string'
          ? `a text of ${apiV3Key.length} characters`
          : `a ${typeof apiV3Key}`,
      expected: 'an APIv3 key of 32 printable ASCII characters',
      remedy: {
        en: 'Copy it from the merchant platform, as text and not decoded.',
        zh: '请从商户平台复制，直接使用文本，不要解码。',
      },
    })
  }
  const { sm3 } = await loadSmCrypto()
  const key = fromHex(sm3(utf8(apiV3Key))).subarray(0, keyLength)
  return { ring: [await importSm4Gcm(key)] }
}

/** SM4-GCM with a key of 16 bytes, in the profile of RFC 8998. */
export async function importSm4Gcm(key: Uint8Array): Promise<AeadKey> {
  const { sm4 } = await loadSmCrypto()
  const profile = { mode: 'gcm', output: 'array', padding: 'none' } as const
  return {
    algorithm: sm4Algorithm,
    seal({ nonce, associatedData, plaintext }) {
      requireLength('nonce', nonce, nonceLength)
      const options = { ...profile, iv: nonce, associatedData, outputTag: true }
      const { output, tag } = sm4.encrypt(plaintext, key, options) as {
        output: Uint8Array
        tag: Uint8Array
      }
      return concatBytes([output, tag])
    },
    open({ nonce, associatedData, ciphertext }) {
      requireLength('nonce', nonce, nonceLength)
      const end = ciphertext.length - tagLength
      if (end < 0)
        throw new RangeError(
          `ciphertext has ${ciphertext.length} bytes; its tag alone takes ${tagLength}`,
        )
      // Without `tag` the library decrypts without a check; with it, it throws before it decrypts.
      const tag = ciphertext.subarray(end)
      return sm4.decrypt(ciphertext.subarray(0, end), key, {
        ...profile,
        iv: nonce,
        associatedData,
        tag,
      })
    },
  }
}
