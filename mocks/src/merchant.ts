import { mockKeys } from './platform/keys.ts'

/** The settings for a client of the mock; they match `createWeChatPay`. */
export interface MockMerchant {
  readonly mchid: string
  readonly serialNumber: string
  readonly privateKey: string
  readonly apiV3Key: string
  readonly publicKey: { readonly id: string; readonly pem: string }
  readonly platformCertificates: readonly string[]
  readonly allowMockKeys: true
}

export function mockMerchant(mchid: string): MockMerchant {
  const { apiV3Key, merchant, platform, publicKey } = mockKeys
  return {
    mchid,
    serialNumber: merchant.serialNumber,
    privateKey: merchant.privateKey,
    apiV3Key,
    publicKey: { id: publicKey.id, pem: publicKey.publicKey },
    platformCertificates: [platform.certificate],
    allowMockKeys: true,
  }
}
