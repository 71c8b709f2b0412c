import { decodeBase64, encodeBase64, utf8 } from '@wechatpay-entrust/base'
import { expect, test, vi } from 'vitest'
import { importAeadKey } from '../crypto/aead.ts'
import { hex, testingKeys, thrownBy, vectors } from '../testing/vectors.ts'
import { importSm4ApiV3Key } from './index.ts'
import { importSm4Gcm } from './sm4.ts'

interface Vector {
  readonly apiV3Key: string
  readonly nonce: string
  readonly associatedData: string
  readonly ciphertext: string
  readonly plaintext: string
}
const { sm4Gcm } = vectors<{ sm4Gcm: Vector[] }>('sm-testing.json')
const [published] = sm4Gcm as [Vector]
const input = {
  nonce: utf8(published.nonce),
  associatedData: utf8(published.associatedData),
  ciphertext: decodeBase64(published.ciphertext) as Uint8Array,
}

/** RFC 8998, appendix A.1: SM4-GCM. */
const rfc8998 = {
  key: hex('0123456789abcdeffedcba9876543210'),
  nonce: hex('00001234567800000000abcd'),
  associatedData: hex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
  plaintext: hex(
    'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa',
  ),
  ciphertext: hex(
    '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d83de3541e4c2b58177e065a9bf7b62ec',
  ),
}

test('the published vector can be decrypted, and encrypting it again gives the same bytes', async () => {
  const [key] = (await importSm4ApiV3Key(published.apiV3Key)).ring
  expect(key.algorithm).toBe('AEAD_SM4_GCM')
  expect(await key.open(input)).toEqual(utf8(published.plaintext))
  const sealed = await key.seal({ ...input, plaintext: utf8(published.plaintext) })
  expect(encodeBase64(sealed)).toBe(published.ciphertext)
})

test('the vector of RFC 8998 works in both directions', async () => {
  const key = await importSm4Gcm(rfc8998.key)
  expect(await key.open(rfc8998)).toEqual(rfc8998.plaintext)
  expect(await key.seal(rfc8998)).toEqual(rfc8998.ciphertext)
})

test('T-12 one flipped bit in ciphertext, tag, nonce or associated data gives no plaintext', async () => {
  const [key] = (await importSm4ApiV3Key(published.apiV3Key)).ring
  for (const part of ['ciphertext', 'nonce', 'associatedData'] as const) {
    for (let at = 0; at < input[part].length; at++) {
      const flipped = Uint8Array.from(input[part])
      flipped[at] = (flipped[at] as number) ^ 1
      expect(() => key.open({ ...input, [part]: flipped })).toThrow('authentication tag mismatch')
    }
  }
})

test('T-11 a short or missing tag and a nonce of another length are rejected', async () => {
  const [key] = (await importSm4ApiV3Key(published.apiV3Key)).ring
  for (const ciphertext of [input.ciphertext.slice(0, -1), input.ciphertext.slice(0, 16)])
    expect(() => key.open({ ...input, ciphertext })).toThrow('authentication tag mismatch')
  expect(() => key.open({ ...input, ciphertext: new Uint8Array(15) })).toThrow(RangeError)
  expect(() => key.open({ ...input, nonce: new Uint8Array(16) })).toThrow(RangeError)
  expect(() => key.seal({ ...input, plaintext: utf8('a'), nonce: new Uint8Array(11) })).toThrow(
    RangeError,
  )
})

test('T-13 AES with the same APIv3 key does not decrypt an SM4 ciphertext', async () => {
  await expect(async () => importAeadKey(utf8(published.apiV3Key)).open(input)).rejects.toThrow()
})

test('T-24 an invalid APIv3 key is rejected', async () => {
  for (const key of ['short', `${testingKeys.apiV3Key}\n`, undefined as unknown as string])
    expect(await thrownBy(() => importSm4ApiV3Key(key))).toMatchObject({
      code: 'malformed-api-v3-key',
    })
})

test('without sm-crypto-v2 the error explains how to install it', async () => {
  vi.resetModules()
  vi.doMock('sm-crypto-v2', () => {
    throw new Error("Cannot find package 'sm-crypto-v2'")
  })
  const { importSm4ApiV3Key } = await import('./index.ts')
  expect(await thrownBy(() => importSm4ApiV3Key(published.apiV3Key))).toMatchObject({
    code: 'missing-library',
    message: expect.stringContaining('npm install sm-crypto-v2'),
  })
  vi.doUnmock('sm-crypto-v2')
})
