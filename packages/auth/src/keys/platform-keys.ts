import { describeType } from '@wechatpay-entrust/base'
import { importCertificate } from '../crypto/certificate.ts'
import { importRsaPublicKey } from '../crypto/rsa.ts'
import { ConfigurationError } from '../errors.ts'
import { requireKnownOptions } from '../known-options.ts'
import type { Clock } from '../signatures/freshness.ts'
import { createKeySet, type PlatformKeys } from './platform-key.ts'

export interface PlatformKeysOptions {
  /**
   * WeChat Pay public key (微信支付公钥): its id, `PUB_KEY_ID_` and digits, and the text of
   * `pub_key.pem`.
   */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined
  /**
   * Platform certificates (平台证书) as PEM texts. Give them together with the public key while you
   * switch from one to the other.
   */
  readonly platformCertificates?: readonly string[] | undefined
  /**
   * Accept the published keys of the mock. Default false: anyone who has the mock's sources could
   * forge responses.
   */
  readonly allowMockKeys?: boolean | undefined
  /** Used to check whether a certificate has expired. Default `Date.now`. */
  readonly clock?: Clock | undefined
}

const optionNames: { readonly [Name in keyof Required<PlatformKeysOptions>]: true } = {
  publicKey: true,
  platformCertificates: true,
  allowMockKeys: true,
  clock: true,
}

const publicKeyNames: { readonly [Name in 'id' | 'pem']: true } = { id: true, pem: true }

/**
 * Creates a fixed set of WeChat Pay's keys: one public key, any number of platform certificates, or
 * both during the switch from one to the other (灰度切换). Two calls share nothing, so two merchants
 * share nothing.
 *
 * @throws ConfigurationError `unknown-option`, `no-platform-key`, `malformed-public-key-id`, `duplicate-key`,
 * `mock-keys`, and the codes of a key or certificate: `not-text`, `not-pem`, `wrong-kind`,
 * `malformed-key`, `not-rsa`, `weak-key`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012153196
 * @example
 * ```ts
 * import { readFileSync } from 'node:fs'
 * import { createPlatformKeys } from '@wechatpay-entrust/auth'
 *
 * const platformKeys = createPlatformKeys({
 *   publicKey: { id: 'PUB_KEY_ID_0119000091912026112300000000', pem: readFileSync('pub_key.pem', 'utf8') },
 * })
 * ```
 */
export function createPlatformKeys(options: PlatformKeysOptions): PlatformKeys {
  requireKnownOptions(options, optionNames)
  const { publicKey, platformCertificates = [], allowMockKeys = false, clock = Date.now } = options
  const known = publicKey && importPublicKey(publicKey)
  if (!Array.isArray(platformCertificates)) throw notAList(platformCertificates)
  const certificates = platformCertificates.map((pem, index) =>
    importCertificate(pem, `platformCertificates[${index}]`),
  )
  const serials = certificates.map(({ serialNumber }) => serialNumber)
  const second = serials.findIndex((serial, index) => serials.indexOf(serial) < index)
  if (second >= 0) throw duplicate(second, serials[second] as string)
  if (!known && certificates.length === 0) throw noPlatformKey()
  return createKeySet({ publicKey: known, certificates, clock, allowMockKeys })
}

/**
 * The public key and its id.
 *
 * @throws ConfigurationError `malformed-public-key-id`, and the codes of a public key
 */
export function importPublicKey(given: { readonly id: string; readonly pem: string }) {
  requireKnownOptions(given, publicKeyNames, 'publicKey')
  const { id, pem } = given
  // The official pages require 32 digits, but their own example has 34: the number is not checked.
  if (typeof id === 'string' && /^PUB_KEY_ID_[0-9]{1,64}$/.test(id))
    return { id, key: importRsaPublicKey(pem, 'publicKey.pem') }
  const serial = typeof id === 'string' && /^[0-9A-Fa-f]{1,40}$/.test(id)
  throw new ConfigurationError('malformed-public-key-id', {
    slot: 'publicKey.id',
    found: serial ? 'the serial number of a certificate' : 'another form',
    expected: 'PUB_KEY_ID_ and digits',
    remedy: {
      en: 'Copy the id of the WeChat Pay public key (微信支付公钥ID) from the merchant platform, including the prefix.',
      zh: '请从商户平台复制微信支付公钥ID，包括前缀 PUB_KEY_ID_。',
    },
  })
}

function notAList(found: unknown): ConfigurationError {
  return new ConfigurationError('not-text', {
    slot: 'platformCertificates',
    found: typeof found === 'string' ? 'one text' : describeType(found),
    expected: 'a list of X.509 certificates in PEM',
    remedy: {
      en: "Write [pem], for one certificate too. createWeChatPay also accepts 'download'.",
      zh: "只有一张平台证书时也请写成 [pem]。createWeChatPay 还可使用 'download'。",
    },
  })
}

function duplicate(index: number, serialNumber: string): ConfigurationError {
  return new ConfigurationError('duplicate-key', {
    slot: `platformCertificates[${index}]`,
    found: `certificate ${serialNumber} a second time`,
    expected: 'each certificate once',
    remedy: {
      en: 'Remove one of them.',
      zh: '请删除其中一张。',
    },
  })
}

function noPlatformKey(): ConfigurationError {
  return new ConfigurationError('no-platform-key', {
    slot: 'publicKey',
    found: 'neither a WeChat Pay public key nor a platform certificate',
    expected: 'at least one of publicKey and platformCertificates',
    remedy: {
      en: 'Without a key no response can be verified. Newer accounts have a public key (微信支付公钥), older ones have certificates (平台证书).',
      zh: '没有密钥就无法验签。新商户使用微信支付公钥，老商户使用平台证书。',
    },
  })
}
