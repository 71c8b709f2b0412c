/** Pre-signs against the mock, over real HTTP, with a private key that only SoftHSM has. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { createWeChatPay } from 'wechatpay-entrust'
import { createPkcs11Signer } from './pkcs11-signer.ts'
import { createSoftToken } from './soft-token.ts'

const { values } = parseArgs({
  options: { library: { type: 'string', default: '/usr/lib/softhsm/libsofthsm2.so' } },
})
const server = await startMockServer()
const { remove, ...token } = createSoftToken(readFileSync(server.merchantPrivateKeyPath, 'utf8'))
const signer = createPkcs11Signer({ library: values.library, ...token })
try {
  const wechatpay = createWeChatPay({
    mchid: server.mchid,
    serialNumber: server.merchantSerialNumber,
    privateKey: signer, // no key in this process
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
  console.log(`pre-signed with a key in SoftHSM: ${data.pre_entrustweb_id}`)

  const message = new TextEncoder().encode(
    'POST\n/v3/example\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n{}\n',
  )
  for (const inFlight of [1, 8]) {
    const start = performance.now()
    const each = async () => {
      for (let i = 0; i < 160 / inFlight; i++) await signer.sign(message)
    }
    await Promise.all(Array.from({ length: inFlight }, each))
    const ms = performance.now() - start
    console.log(`160 signatures, ${inFlight} in flight: ${(ms / 160).toFixed(2)} ms each`)
  }
  wechatpay.close()
} finally {
  signer.close()
  remove()
  await server.close()
}
