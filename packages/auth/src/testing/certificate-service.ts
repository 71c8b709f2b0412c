import { utf8 } from '@wechatpay-entrust/base'
import { importRsaPrivateKey } from '../crypto/index.ts'
import { signMessage } from '../signatures/message-signature.ts'
import { certificateWith, serialField, validityField, versionField } from './certificates.ts'
import { testingKeys } from './vectors.ts'

const { platform, apiV3Key } = testingKeys

/** A platform certificate of the test key, with any serial number and validity. */
export const platformCertificate = (
  serialNumber: string,
  from: string,
  to: string,
): IssuedCertificate => ({
  serialNumber,
  pem: certificateWith({
    head: [versionField, serialField(serialNumber)],
    validity: validityField(from, to),
  }),
})

export interface IssuedCertificate {
  readonly serialNumber: string
  readonly pem: string
}

/** An entry of the list, encrypted with AES-GCM of `node:crypto`; `wrong` replaces members. */
export async function sealedEntry(
  { serialNumber, pem }: IssuedCertificate,
  wrong: object = {},
  key: string = apiV3Key,
) {
  const { createCipheriv } = await import('node:crypto')
  const nonce = '61f9c719728a'
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('certificate'))
  const sealed = Buffer.concat([cipher.update(pem), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  )
  const encrypt_certificate = {
    algorithm: 'AEAD_AES_256_GCM',
    nonce,
    associated_data: 'certificate',
    ciphertext: sealed,
  }
  return {
    serial_no: serialNumber,
    effective_time: '',
    expire_time: '',
    encrypt_certificate,
    ...wrong,
  }
}

export interface CertificateService {
  readonly sent: Request[]
  readonly fetch: typeof globalThis.fetch
  /** The certificates in the response; change it between downloads. */
  list: IssuedCertificate[]
  /** Serial number of the signing key. Default: the first of the list. */
  signedBy: string | undefined
  /** Returns another response, or throws. */
  failWith: (() => Response | Promise<Response>) | undefined
}

/**
 * A fake `GET /v3/certificates` that responds `{}` for any other path. Responses are signed with
 * the platform's test key.
 */
export function certificateService(
  list: IssuedCertificate[],
  clock: () => number = Date.now,
): CertificateService {
  const service: CertificateService = {
    sent: [],
    list,
    signedBy: undefined,
    failWith: undefined,
    async fetch(input, init) {
      const request = new Request(input, init)
      service.sent.push(request)
      const isList = new URL(request.url).pathname === '/v3/certificates'
      if (isList && service.failWith) return service.failWith()
      const data = await Promise.all(service.list.map((one) => sealedEntry(one)))
      return signedResponse(
        isList ? { data } : {},
        service.signedBy ?? service.list[0]?.serialNumber ?? '',
        clock,
      )
    },
  }
  return service
}

/** A JSON response, signed with the platform's test key, with any serial number. */
export async function signedResponse(
  value: unknown,
  serialNumber: string,
  clock: () => number = Date.now,
  status = 200,
) {
  const body = utf8(JSON.stringify(value)) as Uint8Array<ArrayBuffer>
  const key = importRsaPrivateKey(platform.privateKey)
  return new Response(body, {
    status,
    headers: await signMessage(body, { key, serialNumber, clock }),
  })
}
