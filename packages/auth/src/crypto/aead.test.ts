import { concatBytes, decodeBase64, utf8 } from '@wechatpay-entrust/base'
import { describe, expect, test } from 'vitest'
import { provider } from '#crypto'
import { providers } from '../testing/vectors.ts'
import { importAeadKey, sha256 } from './index.ts'

const key = utf8('a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb')
const nonce = utf8('uluk4a9R25RW')

test('the suite runs on the implementation that its project names', () => {
  expect(provider.name).toBe(process.env.CRYPTO_PROVIDER ?? 'node')
})

test('SHA-256 of no bytes is the known value', async () => {
  for (const provider of providers) {
    const digest = await provider.sha256(new Uint8Array())
    expect(Buffer.from(digest).toString('hex')).toMatch(/^e3b0c44298fc1c149afbf4c8996fb924/)
  }
  expect(await sha256(concatBytes([]))).toHaveLength(32)
})

describe.each(providers)('AES-256-GCM through the $name implementation', (provider) => {
  const aead = importAeadKey(key, provider)
  const associatedData = utf8('associatedData')

  test('opens the vector of the official Java SDK', async () => {
    const ciphertext = decodeBase64('ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=') as Uint8Array
    expect(new TextDecoder().decode(await aead.open({ nonce, associatedData, ciphertext }))).toBe(
      'message',
    )
    const wrong = {
      nonce: utf8('uluk4a9R25RX'),
      associatedData: utf8('other'),
      ciphertext: ciphertext.with(0, 1),
    }
    for (const [part, value] of Object.entries(wrong)) {
      await expect(async () =>
        aead.open({ nonce, associatedData, ciphertext, [part]: value }),
      ).rejects.toThrow()
    }
  })

  test('no ciphertext shorter than a whole tag reaches the cipher (T-11)', async () => {
    for (let length = 0; length < 16; length++) {
      const ciphertext = new Uint8Array(length)
      await expect(async () => aead.open({ nonce, associatedData, ciphertext })).rejects.toThrow(
        RangeError,
      )
    }
  })

  test('a tag cut to four bytes is rejected by the implementation itself (T-11)', async () => {
    const tag = await aead.seal({ nonce, associatedData, plaintext: new Uint8Array() })
    const own = provider.aes256Gcm(key)
    expect(await own.open({ nonce, associatedData, ciphertext: tag })).toHaveLength(0)
    await expect(async () =>
      own.open({ nonce, associatedData, ciphertext: tag.subarray(0, 4) }),
    ).rejects.toThrow()
  })

  test('nonces and keys of other lengths are rejected (T-11)', async () => {
    for (const length of [0, 11, 13, 16]) {
      const input = {
        nonce: new Uint8Array(length),
        associatedData,
        ciphertext: new Uint8Array(32),
      }
      await expect(async () => aead.open(input)).rejects.toThrow(RangeError)
      await expect(async () => aead.seal({ ...input, plaintext: key })).rejects.toThrow(RangeError)
    }
    for (const length of [0, 16, 24, 31, 33]) {
      expect(() => importAeadKey(new Uint8Array(length), provider)).toThrow(RangeError)
    }
  })
})
