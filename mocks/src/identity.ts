import {
  type Certificate,
  importCertificate,
  importRsaPrivateKey,
  type RsaPrivateKey,
  type RsaPublicKey,
} from '@wechatpay-entrust/auth/crypto'
import { mockKeys } from './keys.ts'

/** A key of the platform, and the serial number or public key id under which the merchant knows it. */
export interface Signer {
  readonly serialNumber: string
  readonly key: RsaPrivateKey
}

/** The fixed test keys, parsed: WeChat Pay's private halves and the merchant's public one. */
export interface Identity {
  readonly mchid: string
  readonly merchant: { readonly serialNumber: string; readonly publicKey: RsaPublicKey }
  readonly certificate: Signer & { readonly pem: string; readonly parsed: Certificate }
  readonly publicKey: Signer
  readonly apiV3Key: string
}

let parsed: Identity | undefined

/** Parses the keys at first use. They are immutable, so all mocks of a process use the same. */
export function mockIdentity(): Identity {
  parsed ??= parse()
  return parsed
}

function parse(): Identity {
  const { mchid, merchant, platform, publicKey, apiV3Key } = mockKeys
  return {
    mchid,
    merchant: {
      serialNumber: merchant.serialNumber,
      publicKey: importCertificate(merchant.certificate, 'merchant.certificate').publicKey,
    },
    certificate: {
      serialNumber: platform.serialNumber,
      key: importRsaPrivateKey(platform.privateKey, 'platform.privateKey'),
      pem: platform.certificate,
      parsed: importCertificate(platform.certificate, 'platform.certificate'),
    },
    publicKey: { serialNumber: publicKey.id, key: importRsaPrivateKey(publicKey.privateKey, 'publicKey.privateKey') },
    apiV3Key,
  }
}
