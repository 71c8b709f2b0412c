import { readFileSync } from 'node:fs'
import { createPlatformKeys } from '@wechatpay-entrust/auth'
import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { flipBit, keys, rejectionOf, responseTo } from '../testing/fixtures.ts'
import { openResource, sealResource } from './resource.ts'

const vector = (name: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../../spec/vectors/${name}.json`, import.meta.url), 'utf8'),
  )

// https://github.com/wechatpay-apiv3/wechatpay-go, core/notify/notify_test.go
const official = vector('official-notification')
const clock = () => 1_624_523_846_000
const message = { headers: official.headers as Record<string, string>, body: utf8(official.body) }
const platformKeys = createPlatformKeys({ platformCertificates: [official.certificate], clock })
const overrides = { platformKeys, clock, mchid: '1234567890' }

test("the official SDK's notification verifies, and its 16-byte key is rejected as configuration", async () => {
  expect(
    await rejectionOf(message, { ...overrides, apiV3Key: official.apiV3KeyOf16Bytes }),
  ).toEqual({
    name: 'ConfigurationError',
    code: 'malformed-api-v3-key',
  })
  // It gets as far as the seal, which is AES-128: signature, freshness and envelope have held by
  // then.
  expect(await rejectionOf(message, overrides)).toEqual({
    name: 'NotificationError',
    code: 'not-openable',
  })
  expect((await responseTo(message, overrides)).status).toBe(401)
})

test("of the official SDK's notification no bit of the body, the nonce or the signature can change", async () => {
  for (let bit = 0; bit < message.body.length * 8; bit += 7) {
    expect(
      (await rejectionOf({ ...message, body: flipBit(message.body, bit) }, overrides)).name,
    ).toBe('SignatureError')
  }
  for (const name of [
    'Wechatpay-Nonce',
    'Wechatpay-Signature',
    'Wechatpay-Timestamp',
    'Wechatpay-Serial',
  ]) {
    const value = Buffer.from(message.headers[name] ?? '', 'latin1')
    for (let bit = 0; bit < value.length * 8; bit++) {
      const headers = {
        ...message.headers,
        [name]: Buffer.from(flipBit(value, bit)).toString('latin1'),
      }
      expect((await rejectionOf({ ...message, headers }, overrides)).name).toBe('SignatureError')
    }
  }
})

// https://github.com/wechatpay-apiv3/wechatpay-java,
// core/src/test/java/com/wechat/pay/java/core/cipher/AeadAesCipherTest.java
const { apiV3Key, plaintext, algorithm, nonce, associated_data, ciphertext } =
  vector('official-aead')
const sealed = { algorithm, nonce, associated_data, ciphertext }

test("the official SDK's sealed resource opens, and is what we seal", async () => {
  expect(Buffer.from(await openResource(sealed, apiV3Key)).toString()).toBe(plaintext)
  expect(
    await sealResource({ plaintext: utf8(plaintext), nonce, associated_data, apiV3Key }),
  ).toEqual(sealed)
})

test("the official SDK's sealed resource does not open with other associated data, another nonce or another key", async () => {
  for (const change of [
    { associated_data: 'wrong' },
    { associated_data: '' },
    { nonce: 'uluk4a9R25RX' },
  ]) {
    await expect(openResource({ ...sealed, ...change }, apiV3Key)).rejects.toMatchObject({
      code: 'not-openable',
    })
  }
  await expect(openResource(sealed, keys.apiV3Key)).rejects.toMatchObject({ code: 'not-openable' })
})
