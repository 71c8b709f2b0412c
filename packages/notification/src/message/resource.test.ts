import { createCipheriv, createDecipheriv } from 'node:crypto'
import { utf8 } from '@wechatpay-entrust/base'
import { describe, expect, test } from 'vitest'
import { keys, seal } from '../testing/fixtures.ts'
import { openResource, type SealedResource, sealResource } from './resource.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const openingError = (resource: object) =>
  openResource(resource as SealedResource, keys.apiV3Key).then(
    () => 'opened',
    (error: { name: string; code: string }) => `${error.name} ${error.code}`,
  )

describe('second implementation, node:crypto', () => {
  test('we open what it seals', async () => {
    expect(text(await openResource(seal('{"a":"签约"}'), keys.apiV3Key))).toBe('{"a":"签约"}')
  })

  test('it opens what we seal', async () => {
    const sealed = await sealResource({
      plaintext: utf8('{"a":"签约"}'),
      associated_data: 'entrust',
      apiV3Key: keys.apiV3Key,
    })
    const bytes = Buffer.from(sealed.ciphertext, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keys.apiV3Key, sealed.nonce, {
      authTagLength: 16,
    })
    decipher.setAAD(Buffer.from('entrust')).setAuthTag(bytes.subarray(-16))
    expect(
      decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8'),
    ).toBe('{"a":"签约"}')
  })

  test('absent associated data is empty associated data', async () => {
    const cipher = createCipheriv('aes-256-gcm', keys.apiV3Key, '61f9c719728a')
    const ciphertext = Buffer.concat([
      cipher.update('x'),
      cipher.final(),
      cipher.getAuthTag(),
    ]).toString('base64')
    const sealed = { algorithm: 'AEAD_AES_256_GCM', nonce: '61f9c719728a', ciphertext }
    expect(text(await openResource(sealed, keys.apiV3Key))).toBe('x')
    expect(text(await openResource({ ...sealed, associated_data: '' }, keys.apiV3Key))).toBe('x')
  })
})

test('each nonce that we seal with is a new one', async () => {
  const seals = Array.from({ length: 50 }, () =>
    sealResource({ plaintext: utf8(''), associated_data: '', apiV3Key: keys.apiV3Key }),
  )
  expect(new Set((await Promise.all(seals)).map(({ nonce }) => nonce)).size).toBe(50)
})

test('while the key changes, the current and the previous one both open', async () => {
  const previous = 'previous-api-v3-key-of-32-bytes!'
  const ring = [keys.apiV3Key, previous]
  expect(text(await openResource(seal('new'), ring))).toBe('new')
  expect(text(await openResource(seal('old', previous), ring))).toBe('old')
  await expect(openResource(seal('other', 'k'.repeat(32)), ring)).rejects.toMatchObject({
    code: 'not-openable',
    message: expect.stringContaining('none of the 2'),
  })
})

test('T-11 a ciphertext shorter than its tag is rejected, and one of 16 bytes is verified as a tag', async () => {
  const sealed = seal('')
  const tag = Buffer.from(sealed.ciphertext, 'base64')
  for (let length = 0; length <= 15; length++) {
    const ciphertext = tag.subarray(0, length).toString('base64')
    expect(await openingError({ ...sealed, ciphertext })).toBe(
      'NotificationError malformed-ciphertext',
    )
  }
  expect(await openingError({ ...sealed, ciphertext: Buffer.alloc(16).toString('base64') })).toBe(
    'NotificationError not-openable',
  )
  expect(await openingError(sealed)).toBe('opened')
})

test('T-11 a nonce of 11 or 13 bytes is rejected', async () => {
  const nonces = [
    '12345678901',
    '1234567890123',
    '',
    '字字字字a',
    undefined,
    null,
    123456789012,
    ['123456789012'],
  ]
  for (const nonce of nonces)
    expect(await openingError({ ...seal('x'), nonce })).toBe('NotificationError malformed-nonce')
})

test('T-10 base64 that only a lenient decoder accepts is rejected', async () => {
  const { ciphertext, ...sealed } = seal('1234')
  const unpadded = ciphertext.replace(/=+$/, '')
  const forms = [
    unpadded,
    `${ciphertext}\n`,
    ` ${ciphertext}`,
    `${ciphertext}=`,
    `${ciphertext}AAAA`,
    `-_${ciphertext.slice(2)}`,
    undefined,
    null,
    7,
    [ciphertext],
  ]
  expect(unpadded).not.toBe(ciphertext)
  for (const form of forms) {
    expect(await openingError({ ...sealed, ciphertext: form })).toBe(
      'NotificationError malformed-ciphertext',
    )
  }
})

test('T-13 any other algorithm is rejected', async () => {
  const others = [
    'none',
    '',
    'aead_aes_256_gcm',
    'AEAD_AES_256_GCM ',
    'AEAD_SM4_GCM',
    'AEAD_AES_128_GCM',
    ['AEAD_AES_256_GCM'],
    1,
    null,
    undefined,
    {},
  ]
  for (const algorithm of others) {
    expect(await openingError({ ...seal('x'), algorithm })).toBe(
      'NotificationError unsupported-algorithm',
    )
  }
})

test('associated data that is not a string is rejected', async () => {
  for (const associated_data of [1, null, ['entrust'], {}]) {
    expect(await openingError({ ...seal('x'), associated_data })).toBe(
      'NotificationError malformed-associated-data',
    )
  }
})

test('one flipped bit in nonce, associated data, ciphertext or tag, and nothing comes out', async () => {
  const sealed = seal('{"contract_state":"SIGNED"}')
  const bytes = Buffer.from(sealed.ciphertext, 'base64')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(await openingError({ ...sealed, ciphertext: flipped.toString('base64') })).toBe(
      'NotificationError not-openable',
    )
  }
  for (const field of ['nonce', 'associated_data'] as const) {
    for (let bit = 0; bit < sealed[field].length * 7; bit++) {
      const flipped = Buffer.from(sealed[field])
      flipped[Math.floor(bit / 7)] = (flipped[Math.floor(bit / 7)] ?? 0) ^ (1 << (bit % 7))
      expect(await openingError({ ...sealed, [field]: flipped.toString('latin1') })).toBe(
        'NotificationError not-openable',
      )
    }
  }
})
