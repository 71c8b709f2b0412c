import { describeType, isRecord, type Remedy, utf8 } from '@wechatpay-entrust/base'
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
    throw invalidKey('malformed-api-v3-key', 'apiV3Key', 'an empty list', {
      en: 'Pass the current key.',
      zh: '请传入当前的 APIv3 密钥。',
    })
  return { ring: [first, ...rest] }
}

const isImported = (value: string | readonly string[] | ApiV3Keys): value is ApiV3Keys =>
  isRecord(value) && 'ring' in value

function importOne(text: unknown, slot: string): AeadKey {
  if (typeof text !== 'string')
    throw invalidKey('not-text', slot, describeType(text), {
      en: 'Pass the key as text.',
      zh: '请以文本形式传入 APIv3 密钥。',
    })
  const bytes = utf8(text)
  if (bytes.length === 32 && /^[\x21-\x7e]+$/.test(text)) return importAeadKey(bytes)
  throw invalidKey('malformed-api-v3-key', slot, `${bytes.length} bytes`, hint(text))
}

function invalidKey(
  code: 'not-text' | 'malformed-api-v3-key',
  slot: string,
  found: string,
  remedy: Remedy,
) {
  return new ConfigurationError(code, {
    slot,
    found,
    expected: 'an APIv3 key of 32 printable ASCII characters',
    remedy,
  })
}

/** The most likely mistake. Describes the form of the value and never shows the value. */
function hint(text: string): Remedy {
  const found = mistakes.find(({ test }) => test(text))
  return {
    en: `${found === undefined ? '' : `${found.en} `}It is the key that you set yourself on the merchant platform (账户中心 → API安全 → APIv3密钥).`,
    zh: `${found?.zh ?? ''}APIv3 密钥由您在商户平台（账户中心 → API安全 → APIv3密钥）自行设置。`,
  }
}

const mistakes: readonly (Remedy & { readonly test: (text: string) => boolean })[] = [
  {
    test: (text) => text === '',
    en: 'The value is empty: check that its environment variable is set.',
    zh: '值为空：请检查环境变量是否已设置。',
  },
  {
    test: (text) => text.includes('-----BEGIN'),
    en: 'A PEM file was given: it belongs into another option.',
    zh: '传入的是 PEM 文件，应填写到其他配置项。',
  },
  {
    test: (text) => text.includes('\0'),
    en: 'It contains NUL characters, as of a file in UTF-16: save that file as UTF-8.',
    zh: '值中含有 NUL 字符，文件可能是 UTF-16 编码：请另存为 UTF-8。',
  },
  {
    test: (text) => /\s/.test(text),
    en: 'It contains white space, perhaps a line end from a file: trim it.',
    zh: '值中含有空白字符（可能是文件末尾的换行）：请去除。',
  },
  {
    test: (text) => /[^\x21-\x7e]/.test(text),
    en: 'It contains characters that are not printable ASCII.',
    zh: '值中含有非 ASCII 可见字符。',
  },
  {
    test: (text) => /^[0-9a-fA-F]{64}$/.test(text),
    en: 'It looks like hex of 32 bytes: WeChat Pay uses the text itself.',
    zh: '看起来是 32 字节的十六进制：微信支付使用的是文本本身，不要编码。',
  },
  {
    test: (text) => /^[0-9A-Za-z+/]{43}=$/.test(text),
    en: 'It looks like base64 of 32 bytes: WeChat Pay uses the text itself.',
    zh: '看起来是 32 字节的 base64：微信支付使用的是文本本身，不要编码。',
  },
  {
    test: (text) => /^[0-9a-fA-F]+$/.test(text),
    en: 'It looks like hex, perhaps a serial number.',
    zh: '看起来是十六进制，可能是证书序列号。',
  },
]
