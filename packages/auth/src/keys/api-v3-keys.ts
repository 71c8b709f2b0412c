import { isRecord, utf8 } from '@wechatpay-entrust/base'
import { importAeadKey } from '../crypto/aead.ts'
import type { AeadKey } from '../crypto/provider.ts'
import { ConfigurationError } from '../errors.ts'

/** APIv3 keys (APIv3密钥), checked and imported once. `inspect` shows functions only. */
export interface ApiV3Keys {
  /** @internal In the given order: the current key first. */
  readonly ring: readonly [AeadKey, ...AeadKey[]]
}

/**
 * Checks and imports the APIv3 key. While you change the key, give a list: the current key, then
 * the previous one. Every option that accepts an APIv3 key accepts the text or the result of this
 * function.
 *
 * The key is the 32 characters themselves. Do not decode them as hex or base64.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012071382
 *
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`
 *
 * @example
 * ```ts
 * import { importApiV3Keys } from '@wechatpay-entrust/auth'
 *
 * const keys = importApiV3Keys(['TestingKeyOf32BytesForApiV3Now00', 'TestingKeyOf32BytesForApiV3Old00'])
 * ```
 */
export function importApiV3Keys(apiV3Key: string | readonly string[] | ApiV3Keys): ApiV3Keys {
  if (isImported(apiV3Key)) return apiV3Key
  const texts: readonly unknown[] = Array.isArray(apiV3Key) ? apiV3Key : [apiV3Key]
  const [first, ...rest] = texts.map((text, index) =>
    importOne(text, Array.isArray(apiV3Key) ? `apiV3Key[${index}]` : 'apiV3Key'),
  )
  if (first === undefined)
    throw invalidKey('malformed-api-v3-key', 'apiV3Key', 'an empty list', 'Give the current key.')
  return { ring: [first, ...rest] }
}

const isImported = (value: string | readonly string[] | ApiV3Keys): value is ApiV3Keys =>
  isRecord(value) && 'ring' in value

function importOne(text: unknown, slot: string): AeadKey {
  if (typeof text !== 'string')
    throw invalidKey('not-text', slot, typeof text, 'Give the key as text.')
  const bytes = utf8(text)
  if (bytes.length === 32 && /^[\x21-\x7e]+$/.test(text)) return importAeadKey(bytes)
  throw invalidKey('malformed-api-v3-key', slot, `${bytes.length} bytes`, hint(text))
}

function invalidKey(
  code: 'not-text' | 'malformed-api-v3-key',
  slot: string,
  found: string,
  fix: string,
) {
  return new ConfigurationError(code, {
    slot,
    found,
    expected: 'an APIv3 key of 32 printable ASCII characters',
    fix,
  })
}

/** The most likely mistake. Describes the form of the value and never shows the value. */
function hint(text: string): string {
  const where =
    'It is the key that you set yourself on the merchant platform (账户中心 → API安全 → APIv3密钥).'
  if (text === '') return `The value is empty: is its environment variable set? ${where}`
  if (text.includes('-----BEGIN'))
    return `A PEM was given: that is a key pair's or a certificate's place. ${where}`
  if (/\s/.test(text))
    return `There is white space in it, perhaps a line end from a file: trim it. ${where}`
  if (/[^\x21-\x7e]/.test(text))
    return `There are characters in it that are not printable ASCII. ${where}`
  if (/^[0-9a-fA-F]{64}$/.test(text))
    return `It looks like hex of 32 bytes: WeChat Pay takes the text itself. ${where}`
  if (/^[0-9A-Za-z+/]{43}=$/.test(text))
    return `It looks like base64 of 32 bytes: WeChat Pay takes the text itself. ${where}`
  if (/^[0-9a-fA-F]+$/.test(text)) return `It looks like hex, perhaps a serial number. ${where}`
  return where
}
