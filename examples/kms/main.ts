/**
 * Pre-signs against the mock, over real HTTP, with a private key that only (a stub of) AWS KMS has.
 */
import { readFileSync } from 'node:fs'
import { KMSClient } from '@aws-sdk/client-kms'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { createWeChatPay } from 'wechatpay-entrust'
import { createKmsSigner } from './kms-signer.ts'
import { startKmsStub } from './kms-stub.ts'

const keyId = 'alias/wechatpay-merchant'
const server = await startMockServer()
const stub = await startKmsStub(keyId, readFileSync(server.merchantPrivateKeyPath, 'utf8'), 20)
const client = new KMSClient({
  region: 'ap-east-1',
  // For the stub only. In production omit endpoint and credentials: the SDK finds those of the role.
  endpoint: stub.endpoint,
  credentials: { accessKeyId: 'TESTING', secretAccessKey: 'TESTING' },
  maxAttempts: 2,
})
try {
  const wechatpay = createWeChatPay({
    mchid: server.mchid,
    serialNumber: server.merchantSerialNumber,
    privateKey: createKmsSigner({ client, keyId }), // no key in this process
    apiV3Key: server.apiV3Key,
    publicKey: { id: server.publicKeyId, pem: readFileSync(server.publicKeyPath, 'utf8') },
    baseUrl: server.baseUrl,
  })
  const example = new URL(
    '../../spec/examples/qs-mini-program-pre-entrust-sign.request.json',
    import.meta.url,
  )
  const json = JSON.parse(readFileSync(example, 'utf8'))
  const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json })
  console.log(`pre-signed with a key in KMS: ${data.pre_entrustweb_id}`)

  for (const inFlight of [1, 16]) {
    const start = performance.now()
    const each = async () => {
      for (let i = 0; i < 64 / inFlight; i++) await wechatpay.getCertificates()
    }
    await Promise.all(Array.from({ length: inFlight }, each))
    const ms = performance.now() - start
    console.log(
      `64 whole calls, ${inFlight} in flight, KMS responds after 20 ms: ${(ms / 64).toFixed(1)} ms each`,
    )
  }
  wechatpay.close()
} finally {
  client.destroy()
  stub.close()
  await server.close()
}
