// wechatpay-axios-plugin is a second implementation, by other authors and in use for years. It is
// tested in both directions.

import { createCredentials, createPlatformKeys, signRequest } from '@wechatpay-entrust/auth'
import { importCertificate } from '@wechatpay-entrust/auth/crypto'
import { parseAuthorization, verifyRequest } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import { receiveNotification } from '@wechatpay-entrust/notification'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Aes, Formatter, Rsa, Wechatpay, type WechatpayAxiosPlugin } from 'wechatpay-axios-plugin'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { mockKeys } from '../platform/keys.ts'
import { preSignBody, preSignPath } from './by-hand.ts'
import { startReceiver } from './receiver.ts'

// Its declarations put the class into a namespace that the exported class does not carry along.
const { AesGcm } = Aes as unknown as typeof WechatpayAxiosPlugin.Aes
const { mchid, apiV3Key, merchant, platform, publicKey } = mockKeys
const modes = [
  ['certificate', platform.serialNumber, platform.certificate, platform.privateKey],
  ['public key', publicKey.id, publicKey.publicKey, publicKey.privateKey],
] as const

let server: MockServer
beforeEach(async () => {
  server = await startMockServer()
})
afterEach(() => server.close())

function createPlugin(serial: string, pem: string) {
  const config = {
    baseURL: server.baseUrl,
    mchid,
    serial: merchant.serialNumber,
    privateKey: merchant.privateKey,
    certs: { [serial]: pem },
  }
  // biome-ignore lint/suspicious/noExplicitAny: its chain is made of any property name
  return new Wechatpay(config) as any
}

test.each(modes)(
  'it pre-signs, verifies our response, and opens our notification (%s)',
  async (_mode, serial, pem) => {
    const receiver = await startReceiver()
    const plugin = createPlugin(serial, pem)
    const body = { ...preSignBody, notify_url: receiver.url }
    const headers = { 'Wechatpay-Serial': serial }
    const { status, data } =
      await plugin.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post(body, {
        headers,
      })
    expect([status, data.out_contract_code]).toEqual([200, preSignBody.out_contract_code])

    await server.mock.user.signs(data)
    const [notification] = receiver.received
    await receiver.close()
    const header = (name: string) => notification?.headers.get(`Wechatpay-${name}`) ?? ''
    const raw = notification?.body.toString('utf8') ?? ''
    expect(header('Serial')).toBe(serial)
    const key = Rsa.from(pem, Rsa.KEY_TYPE_PUBLIC)
    expect(
      Rsa.verify(
        Formatter.response(header('Timestamp'), header('Nonce'), raw),
        header('Signature'),
        key,
      ),
    ).toBe(true)
    const { nonce, associated_data, ciphertext } = JSON.parse(raw).resource
    const contract = JSON.parse(AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data))

    const path = { service_id: '12535', out_contract_code: preSignBody.out_contract_code, headers }
    const queried =
      await plugin.v3.passwordExemptContract.contracts.serviceId._service_id_.outContractCode._out_contract_code_.get(
        path,
      )
    expect(queried.data).toEqual(contract)
  },
)

test('it rejects our response if it has another key, and is rejected if it signs with another key', async () => {
  const plugin = createPlugin(publicKey.id, publicKey.publicKey)
  await expect(plugin.v3.certificates.get()).rejects.toMatchObject({
    code: 'EV3_RES_HEADER_PLATFORM_SERIAL',
  })
  const forger = new Wechatpay({
    baseURL: server.baseUrl,
    mchid,
    serial: merchant.serialNumber,
    privateKey: publicKey.privateKey,
    certs: { [publicKey.id]: publicKey.publicKey },
    // biome-ignore lint/suspicious/noExplicitAny: its chain is made of any property name
  } as never) as any
  await expect(forger.v3.certificates.get()).rejects.toMatchObject({
    response: { status: 401, data: { code: 'SIGN_ERROR' } },
  })
})

test.each(modes)(
  'we verify and open the notification that it signs and seals (%s)',
  async (_mode, serial, _pem, privateKey) => {
    const resource = {
      mchid,
      out_contract_code: preSignBody.out_contract_code,
      contract_display_account: '微信代扣用户A',
    }
    const nonce = Formatter.nonce(12)
    const ciphertext = AesGcm.encrypt(JSON.stringify(resource), apiV3Key, nonce, 'entrust')
    const body = JSON.stringify({
      id: 'EV-2018022511223320873',
      create_time: '2015-05-20T13:29:35+08:00',
      event_type: 'ENTRUST.SIGN',
      resource_type: 'encrypt-resource',
      resource: {
        original_type: 'entrust',
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext,
        associated_data: 'entrust',
        nonce,
      },
    })
    const [timestamp, random] = [String(Formatter.timestamp()), Formatter.nonce()]
    const headers = {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': random,
      'Wechatpay-Serial': serial,
      'Wechatpay-Signature': Rsa.sign(
        Formatter.response(timestamp, random, body),
        Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE),
      ),
    }
    const platformKeys = createPlatformKeys({
      publicKey: { id: publicKey.id, pem: publicKey.publicKey },
      platformCertificates: [platform.certificate],
      allowMockKeys: true,
    })
    const event = await receiveNotification(
      { headers, body: utf8(body) },
      { platformKeys, apiV3Key, mchid },
    )
    expect(event).toMatchObject({ kind: 'signed', resource })
  },
)

test('we verify its Authorization header, and it verifies ours', async () => {
  const [method, url, body] = ['POST', preSignPath, JSON.stringify(preSignBody)] as const
  const [timestamp, nonce] = [Formatter.timestamp(), Formatter.nonce()]
  const signature = Rsa.sign(
    Formatter.request(method, url, timestamp, nonce, body),
    Rsa.from(merchant.privateKey, Rsa.KEY_TYPE_PRIVATE),
  )
  const authorization = Formatter.authorization(
    mchid,
    nonce,
    signature,
    timestamp,
    merchant.serialNumber,
  )
  const key = importCertificate(merchant.certificate).publicKey
  const read = await verifyRequest(
    { method, url, body: utf8(body), authorization },
    { findKey: () => key },
  )
  expect(read).toMatchObject({ mchid, nonce_str: nonce })

  const credentials = createCredentials({
    mchid,
    serialNumber: merchant.serialNumber,
    privateKey: merchant.privateKey,
  })
  const ours = parseAuthorization(await signRequest(credentials, { method, url, body: utf8(body) }))
  const text = Formatter.request(method, url, ours.timestamp, ours.nonce_str, body)
  expect(
    Rsa.verify(text, ours.signature, Rsa.from(merchant.certificate, Rsa.KEY_TYPE_PUBLIC)),
  ).toBe(true)
})
