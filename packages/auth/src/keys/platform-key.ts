import type { MaybePromise } from '@wechatpay-entrust/base'
import type { Certificate } from '../crypto/certificate.ts'
import type { RsaPublicKey } from '../crypto/provider.ts'
import { ConfigurationError, SignatureError } from '../errors.ts'
import type { Clock } from '../signatures/freshness.ts'

/** A public key of WeChat Pay: RSA, or a key of another scheme with its `signatureType`. */
export interface PlatformKey extends Pick<RsaPublicKey, 'verify' | 'encrypt'> {
  /**
   * A message is accepted only if it names this scheme. Default: `WECHATPAY2-SHA256-RSA2048`, which
   * a message may leave out.
   */
  readonly signatureType?: string | undefined
  /**
   * For an RSA key, in bits. It determines the length of signatures and the longest field that can
   * be encrypted.
   */
  readonly modulusLength?: number | undefined
  /** For an RSA key: big-endian, without leading zeros. */
  readonly modulus?: Uint8Array | undefined
}

/** WeChat Pay's public keys, each found by the exact `Wechatpay-Serial` of a message. */
export interface PlatformKeys {
  /**
   * Sent as `Wechatpay-Serial`: asks WeChat Pay to sign its response with this key, and names the
   * key that encrypts fields. Undefined only while no key is known.
   */
  readonly requestSerial: string | undefined
  /** All known serial numbers and ids. */
  readonly serials: readonly string[]
  /** @throws SignatureError `expired-certificate` */
  find(serialNumber: string): MaybePromise<PlatformKey | undefined>
  /** Called before each request is signed. The request waits for the promise, if there is one. */
  ready?(signal?: AbortSignal): MaybePromise<void>
}

export interface KeySetParts {
  readonly publicKey?: { readonly id: string; readonly key: RsaPublicKey } | undefined
  readonly certificates: readonly Certificate[]
  readonly clock: Clock
  readonly allowMockKeys: boolean
}

/** "MOCK" in hex: how the serial numbers of the mock's certificates begin. */
const mockSerialPrefix = '4D4F434B'
const mockPublicKeyId = 'PUB_KEY_ID_00000000000000000000000077796775'

/** Whether a serial number or public key id is one of the mock's, whose private keys are published. */
export const isMockSerial = (serial: string): boolean =>
  serial.startsWith(mockSerialPrefix) || serial === mockPublicKeyId

/**
 * A fixed set of keys.
 *
 * @throws ConfigurationError `mock-keys`
 */
export function createKeySet({ publicKey, certificates, clock, allowMockKeys }: KeySetParts) {
  const keys = new Map<string, { readonly publicKey: RsaPublicKey; readonly notAfter?: Date }>()
  if (publicKey) keys.set(publicKey.id, { publicKey: publicKey.key })
  for (const certificate of certificates) keys.set(certificate.serialNumber, certificate)
  const serials = [...keys.keys()]
  if (!allowMockKeys) for (const serial of serials) rejectMockKey(serial)
  return {
    get requestSerial() {
      return publicKey?.id ?? newest(certificates, clock())?.serialNumber
    },
    serials,
    find(serialNumber: string) {
      const key = keys.get(serialNumber)
      if (key?.notAfter && key.notAfter.getTime() < clock())
        throw expired(serialNumber, key.notAfter)
      return key?.publicKey
    },
  }
}

/** The newest certificate in force; if none is in force, the newest of all. */
function newest(certificates: readonly Certificate[], now: number): Certificate | undefined {
  const inForce = certificates.filter(
    ({ notBefore, notAfter }) => notBefore.getTime() <= now && now <= notAfter.getTime(),
  )
  const candidates = inForce.length > 0 ? inForce : certificates
  return candidates.toSorted((a, b) => b.notBefore.getTime() - a.notBefore.getTime())[0]
}

function expired(serialNumber: string, notAfter: Date): SignatureError {
  return new SignatureError(
    'expired-certificate',
    `The platform certificate ${serialNumber} expired on ${notAfter.toISOString()}.`,
  )
}

function rejectMockKey(serial: string): void {
  if (!isMockSerial(serial)) return
  throw new ConfigurationError('mock-keys', {
    slot: serial === mockPublicKeyId ? 'publicKey' : 'platformCertificates',
    found: `the published key ${serial} of the mock`,
    expected: "WeChat Pay's own key, unless baseUrl is on this machine",
    remedy: {
      en: 'For a mock in the same process, set allowMockKeys: true; never do so in production.',
      zh: '使用同进程的模拟服务时请设置 allowMockKeys: true；生产环境切勿设置。',
    },
  })
}
