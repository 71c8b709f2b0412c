// CommonJS: require() of the built packages, every entry that Node can load, and one message signed and verified.
const assert = require('node:assert')
const { readFileSync } = require('node:fs')
const { join } = require('node:path')
const { createWeChatPay } = require('wechatpay-entrust')
const {
  createCredentials,
  createPlatformKeys,
  signRequest,
  verifyMessage,
} = require('@wechatpay-entrust/auth')
const { importRsaPrivateKey, importRsaPublicKey } = require('@wechatpay-entrust/auth/crypto')
const { signMessage, verifyRequest } = require('@wechatpay-entrust/auth/platform')
const { receiveNotification } = require('@wechatpay-entrust/notification')
const { createMock } = require('@wechatpay-entrust/mock')

async function main() {
  const folder = join(__dirname, '../../spec/vectors/testing-keys.json')
  const { merchant, platform } = JSON.parse(readFileSync(folder, 'utf8'))
  const { mchid, serialNumber, privateKey } = merchant
  const request = { method: 'GET', url: '/v3/certificates', body: new Uint8Array() }
  const authorization = await signRequest(
    createCredentials({ mchid, serialNumber, privateKey }),
    request,
  )
  const findKey = () => importRsaPublicKey(merchant.publicKey)
  assert.equal(
    (await verifyRequest({ ...request, authorization }, { findKey })).mchid,
    merchant.mchid,
  )

  const body = new TextEncoder().encode('{}')
  const key = importRsaPrivateKey(platform.privateKey)
  const headers = await signMessage(body, { key, serialNumber: platform.serialNumber })
  const platformKeys = createPlatformKeys({ platformCertificates: [platform.certificate] })
  assert.equal(
    (await verifyMessage({ headers, body }, { platformKeys })).serialNumber,
    platform.serialNumber,
  )

  const mock = createMock({ deliver: async () => 204 })
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })
  const { data } = await wechatpay.getCertificates()
  assert.ok(data.data.length > 0)
  assert.equal(typeof receiveNotification, 'function')
  wechatpay.close()
  console.log('require() works')
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
