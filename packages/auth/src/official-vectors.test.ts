import { utf8 } from '@wechatpay-entrust/base'
import { describe, expect, test } from 'vitest'
import { importCertificate, importRsaPublicKey } from './crypto/index.ts'
import { createPlatformKeys } from './keys/platform-keys.ts'
import { verifyMessage } from './signatures/message-signature.ts'
import { requestText } from './signatures/request-signature.ts'
import { providers, vectors } from './testing/vectors.ts'

interface SignedVector {
  readonly headers: Record<string, string>
  readonly body: string
  readonly publicKey: string
  readonly certificate: string
}

const requests = vectors<{
  publicKey: string
  timestamp: number
  nonce_str: string
  vectors: { name: string; method: string; url: string; body: string; signature: string }[]
}>('official-request-signatures.json')

describe.each(providers)(
  'official request signatures through the $name implementation',
  (provider) => {
    const key = importRsaPublicKey(requests.publicKey, 'publicKey', provider)

    test.each(requests.vectors)(
      '$name: the published signature fits the text that we build',
      async (vector) => {
        const { method, url, body, signature } = vector
        const text = requestText(
          { method, url, body: utf8(body) },
          String(requests.timestamp),
          requests.nonce_str,
        )
        expect(await key.verify(text, Buffer.from(signature, 'base64'))).toBe(true)
      },
    )
  },
)

test('the official response verifies under its public key id, at its time and at no other', async () => {
  const { headers, body, publicKey } = vectors<SignedVector>('official-response-signature.json')
  const platformKeys = createPlatformKeys({
    publicKey: { id: headers['Wechatpay-Serial'] as string, pem: publicKey },
  })
  const at = Number(headers['Wechatpay-Timestamp'])
  const verify = (clock: () => number) =>
    verifyMessage({ headers, body: utf8(body) }, { platformKeys, clock })
  expect(await verify(() => at * 1000)).toEqual({
    serialNumber: headers['Wechatpay-Serial'],
    timestamp: at,
    skewSeconds: 0,
  })
  await expect(verify(Date.now)).rejects.toMatchObject({ code: 'stale-timestamp' })
})

test('the signature of the official Go SDK’s notification verifies under its certificate', async () => {
  const { headers, body, certificate } = vectors<SignedVector>('official-notification.json')
  expect(importCertificate(certificate).serialNumber).toBe(headers['Wechatpay-Serial'])
  const clock = () => Number(headers['Wechatpay-Timestamp']) * 1000
  const platformKeys = createPlatformKeys({ platformCertificates: [certificate], clock })
  const verified = await verifyMessage({ headers, body: utf8(body) }, { platformKeys, clock })
  expect(verified.serialNumber).toBe('D7CE59D1F522D701')
})
