import { constants, privateDecrypt, publicEncrypt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  createCredentials,
  createFieldDecryption,
  createFieldEncryption,
  createPlatformKeys,
  createSigningFetch,
} from '@wechatpay-entrust/auth'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { signMessage } from '@wechatpay-entrust/auth/platform'
import { utf8 } from '@wechatpay-entrust/base'
import { mapSensitiveFields } from '@wechatpay-entrust/core'
import { expect, test } from 'vitest'

const keys = JSON.parse(
  readFileSync(new URL('../../../spec/vectors/testing-keys.json', import.meta.url), 'utf8'),
)
const { merchant, platform } = keys
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }

const receiver = {
  type: 'object',
  properties: { type: { type: 'string' }, name: { type: 'string', 'x-sensitive': true } },
} as const

/**
 * Plays the platform with `node:crypto` alone: decrypts with the key that the request names, and
 * encrypts the response for the merchant.
 */
async function respond(_: unknown, init?: RequestInit): Promise<Response> {
  const json = JSON.parse(new TextDecoder().decode(init?.body as Uint8Array))
  const serial = new Headers(init?.headers).get('wechatpay-serial')
  if (serial !== platform.serialNumber) throw new Error('encrypted with another key')
  const name = privateDecrypt(
    { key: platform.privateKey, ...oaep },
    Buffer.from(json.name, 'base64'),
  ).toString()
  const sealed = publicEncrypt(
    { key: merchant.certificate, ...oaep },
    Buffer.from(`${name}先生`),
  ).toString('base64')
  const body = utf8(JSON.stringify({ ...json, name: sealed }))
  const key = importRsaPrivateKey(platform.privateKey)
  return new Response(body as Uint8Array<ArrayBuffer>, {
    headers: await signMessage(body, { key, serialNumber: platform.serialNumber }),
  })
}

test('a schema marks the field, the newest platform key encrypts it, the merchant key decrypts the response', async () => {
  const platformKeys = createPlatformKeys({ platformCertificates: [platform.certificate] })
  const { mchid, serialNumber: own, privateKey } = merchant
  const signingFetch = createSigningFetch({
    credentials: createCredentials({ mchid, serialNumber: own, privateKey }),
    platformKeys,
    fetch: respond,
  })

  const { serialNumber, encrypt } = await createFieldEncryption(platformKeys)
  const json = { type: 'PERSONAL_OPENID', name: '张三' }
  const sent = await mapSensitiveFields(receiver, json, { definitions: {}, map: encrypt })
  const response = await signingFetch(
    'https://api.mch.weixin.qq.com/v3/profitsharing/receivers/add',
    {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Wechatpay-Serial': serialNumber },
      body: JSON.stringify(sent),
    },
  )
  const { decrypt } = createFieldDecryption(merchant.privateKey)
  expect(
    await mapSensitiveFields(receiver, await response.json(), { definitions: {}, map: decrypt }),
  ).toEqual({
    type: 'PERSONAL_OPENID',
    name: '张三先生',
  })
})

test('a field that is too long is named by its place in the body', async () => {
  const platformKeys = createPlatformKeys({ platformCertificates: [platform.certificate] })
  const { encrypt } = await createFieldEncryption(platformKeys)
  const json = { name: '张'.repeat(72) }
  await expect(
    mapSensitiveFields(receiver, json, { definitions: {}, map: encrypt }),
  ).rejects.toThrow(/^\/name: found 216 bytes/)
})
