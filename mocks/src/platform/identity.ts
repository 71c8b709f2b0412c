import {
  type Certificate,
  importCertificate,
  importRsaPrivateKey,
  type RsaPrivateKey,
  type RsaPublicKey,
} from '@wechatpay-entrust/auth/crypto'
import { mockKeys } from './keys.ts'

/**
 * A key of the platform, with the serial number or public key id that the merchant knows it by.
 */
export interface Signer {
  readonly serialNumber: string
  readonly key: RsaPrivateKey
}

/** A platform certificate (平台证书) with its private key. */
export interface PlatformCertificate extends Signer {
  readonly pem: string
  readonly parsed: Certificate
}

/**
 * The merchant, and the parsed fixed test keys: WeChat Pay's private keys and the merchant's public
 * key.
 */
export interface Identity {
  readonly mchid: string
  readonly merchant: { readonly serialNumber: string; readonly publicKey: RsaPublicKey }
  /** The certificate that signs at the start, and the one that signs after a rotation. */
  readonly certificates: readonly [PlatformCertificate, PlatformCertificate]
  readonly publicKey: Signer
  readonly apiV3Key: string
}

let parsed: Omit<Identity, 'mchid'> | undefined

/**
 * Parses the keys at first use. They are immutable, so all mocks of a process share them; only the
 * mchid differs.
 */
export function mockIdentity(mchid: string): Identity {
  parsed ??= parse()
  return { ...parsed, mchid }
}

function parse(): Omit<Identity, 'mchid'> {
  const { merchant, platform, nextPlatform, publicKey, apiV3Key } = mockKeys
  return {
    merchant: {
      serialNumber: merchant.serialNumber,
      publicKey: importCertificate(merchant.certificate, 'merchant.certificate').publicKey,
    },
    certificates: [
      parseCertificate(platform, 'platform'),
      parseCertificate(nextPlatform, 'nextPlatform'),
    ],
    publicKey: {
      serialNumber: publicKey.id,
      key: importRsaPrivateKey(publicKey.privateKey, 'publicKey.privateKey'),
    },
    apiV3Key,
  }
}

function parseCertificate(
  { serialNumber, privateKey, certificate }: (typeof mockKeys)['platform' | 'nextPlatform'],
  slot: string,
): PlatformCertificate {
  const key = importRsaPrivateKey(privateKey, `${slot}.privateKey`)
  return {
    serialNumber,
    key,
    pem: certificate,
    parsed: importCertificate(certificate, `${slot}.certificate`),
  }
}
