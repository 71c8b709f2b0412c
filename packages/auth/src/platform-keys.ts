import type { Clock } from './clock.ts'
import { type Certificate, importCertificate } from './crypto/certificate.ts'
import type { MaybePromise, RsaPublicKey } from './crypto/provider.ts'
import { importRsaPublicKey } from './crypto/rsa.ts'
import { ConfigurationError, SignatureError } from './errors.ts'

/** WeChat Pay's public keys, each found by the exact `Wechatpay-Serial` of a message. */
export interface PlatformKeys {
  /** Goes out as `Wechatpay-Serial`: asks WeChat Pay to sign its answer with this key. */
  readonly requestSerial: string
  /** All serial numbers and ids known. */
  readonly serials: readonly string[]
  /** @throws SignatureError `expired-certificate` */
  find(serialNumber: string): MaybePromise<RsaPublicKey | undefined>
}

export interface PlatformKeysOptions {
  /** WeChat Pay public key (微信支付公钥): its id, `PUB_KEY_ID_` and digits, and the text of `pub_key.pem`. */
  readonly publicKey?: { readonly id: string; readonly pem: string } | undefined
  /** Platform certificates (平台证书) as PEM texts; may be given beside the public key while switching. */
  readonly platformCertificates?: readonly string[] | undefined
  /** Take the published keys of the mock. Default false: whoever has the mock's sources could forge answers. */
  readonly allowMockKeys?: boolean | undefined
  /** Judges the certificates' expiry. Default `Date.now`. */
  readonly clock?: Clock | undefined
}

const publicKeyIdPrefix = 'PUB_KEY_ID_'
/** "MOCK" in hex: how the serial numbers of the mock's certificates begin. */
const mockSerialPrefix = '4D4F434B'
const mockPublicKeyId = 'PUB_KEY_ID_00000000000000000000000077796775'

/**
 * Holds the fixed keys of WeChat Pay: one public key, any number of platform certificates, or both during the switch
 * from one to the other (灰度切换). Nothing is shared between two calls, hence nothing between two merchants.
 *
 * @throws ConfigurationError `no-platform-key`, `malformed-public-key-id`, `duplicate-key`, `mock-keys`, and those of
 * a key or certificate: `not-text`, `not-pem`, `wrong-kind`, `malformed-key`, `not-rsa`, `weak-key`
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
  const { publicKey, platformCertificates = [], allowMockKeys = false, clock = Date.now } = options
  const keys = new Map<string, { readonly publicKey: RsaPublicKey; readonly notAfter?: Date }>()
  if (publicKey) {
    requirePublicKeyId(publicKey.id)
    keys.set(publicKey.id, { publicKey: importRsaPublicKey(publicKey.pem, 'publicKey.pem') })
  }
  const certificates = platformCertificates.map((pem, index) =>
    importCertificate(pem, `platformCertificates[${index}]`),
  )
  for (const [index, certificate] of certificates.entries()) {
    if (keys.has(certificate.serialNumber)) throw duplicate(index, certificate.serialNumber)
    keys.set(certificate.serialNumber, certificate)
  }
  const serials = [...keys.keys()]
  if (serials.length === 0) throw noPlatformKey()
  if (!allowMockKeys) for (const serial of serials) refuseMockKey(serial)
  return {
    get requestSerial() {
      return publicKey?.id ?? newest(certificates, clock())
    },
    serials,
    find(serialNumber) {
      const key = keys.get(serialNumber)
      if (key?.notAfter && key.notAfter.getTime() < clock()) {
        throw new SignatureError(
          'expired-certificate',
          `The platform certificate ${serialNumber} expired on ${key.notAfter.toISOString()}. ` +
            'Configure the one that replaced it; a genuine message is not signed with an expired one.',
        )
      }
      return key?.publicKey
    },
  }
}

/** The newest certificate that is in force; where none is, the newest of all. */
function newest(certificates: readonly Certificate[], now: number): string {
  const inForce = certificates.filter(
    ({ notBefore, notAfter }) => notBefore.getTime() <= now && now <= notAfter.getTime(),
  )
  const candidates = inForce.length > 0 ? inForce : certificates
  return candidates.reduce((a, b) => (b.notBefore > a.notBefore ? b : a)).serialNumber
}

function requirePublicKeyId(id: string): void {
  // The documents say 32 digits, their own example has 34: only the prefix and digits are sure.
  if (typeof id === 'string' && /^PUB_KEY_ID_[0-9]{1,64}$/.test(id)) return
  const serial = typeof id === 'string' && /^[0-9A-Fa-f]{1,40}$/.test(id)
  throw new ConfigurationError('malformed-public-key-id', {
    slot: 'publicKey.id',
    found: serial ? 'the serial number of a certificate' : 'another form',
    expected: `${publicKeyIdPrefix} and digits`,
    fix: 'Copy the id of the WeChat Pay public key (微信支付公钥ID) from the merchant platform, prefix included.',
  })
}

function duplicate(index: number, serialNumber: string): ConfigurationError {
  return new ConfigurationError('duplicate-key', {
    slot: `platformCertificates[${index}]`,
    found: `certificate ${serialNumber} a second time`,
    expected: 'each certificate once',
    fix: 'Remove one of them.',
  })
}

function noPlatformKey(): ConfigurationError {
  return new ConfigurationError('no-platform-key', {
    slot: 'publicKey',
    found: 'neither a WeChat Pay public key nor a platform certificate',
    expected: 'at least one of publicKey and platformCertificates',
    fix: 'Without one no answer can be verified. Newer accounts have a public key (微信支付公钥), older ones certificates.',
  })
}

function refuseMockKey(serial: string): void {
  if (!serial.startsWith(mockSerialPrefix) && serial !== mockPublicKeyId) return
  throw new ConfigurationError('mock-keys', {
    slot: serial === mockPublicKeyId ? 'publicKey' : 'platformCertificates',
    found: `the published key ${serial} of the mock`,
    expected: "WeChat Pay's own key, unless baseUrl is on this machine",
    fix: 'Against the mock in process, say allowMockKeys: true; never do so in production.',
  })
}
