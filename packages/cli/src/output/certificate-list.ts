import { importCertificate } from '@wechatpay-entrust/auth/crypto'
import type { CertificateList } from '@wechatpay-entrust/core'
import { openResource } from '@wechatpay-entrust/notification'

export interface OpenedCertificate {
  readonly serialNumber: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly pem: string
}

/**
 * Opens each certificate of a verified list with the APIv3 key. Certificates of another scheme (国密)
 * are skipped.
 *
 * @throws {NotificationError} `not-openable`: another APIv3 key
 */
export async function openCertificates(
  { data }: CertificateList,
  apiV3Key: readonly string[],
): Promise<OpenedCertificate[]> {
  const sealed = data
    .map((one) => one.encrypt_certificate)
    .filter(({ algorithm }) => algorithm === 'AEAD_AES_256_GCM')
  return Promise.all(
    sealed.map(async (resource) => {
      const pem = new TextDecoder().decode(await openResource(resource, apiV3Key))
      const { serialNumber, notBefore, notAfter } = importCertificate(pem, 'GET /v3/certificates')
      return { serialNumber, notBefore, notAfter, pem }
    }),
  )
}
