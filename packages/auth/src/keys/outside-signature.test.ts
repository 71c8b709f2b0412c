import { constants, createHash, sign as signWithNode } from 'node:crypto'
import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createCredentials } from './credentials.ts'

const { mchid, serialNumber, certificate, privateKey } = testingKeys.merchant
const right = (message: Uint8Array) => signWithNode('RSA-SHA256', message, privateKey)
const digest = (message: Uint8Array) => createHash('sha256').update(message).digest()
const pss = (message: Uint8Array) =>
  signWithNode('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING })
const signedWith = (sign: (message: Uint8Array) => unknown, extra: object = { serialNumber }) =>
  thrownBy(() =>
    createCredentials({ mchid, ...extra, privateKey: { sign: sign as () => Uint8Array } }).sign(
      utf8('message'),
    ),
  )

test.each([
  [
    'base64 bytes',
    (m: Uint8Array) => utf8(right(m).toString('base64')),
    '344 bytes that are base64',
  ],
  [
    'hex bytes',
    (m: Uint8Array) => utf8(right(m).toString('hex')),
    '512 bytes that are base64 or hex',
  ],
  ['base64 text', (m: Uint8Array) => right(m).toString('base64'), 'a value of type string'],
  ['nothing', () => undefined, 'nothing'],
  ['no bytes', () => new Uint8Array(), 'no bytes'],
  [
    'a length of no RSA key',
    () => new Uint8Array(255),
    '255 bytes; expected a signature of 256, 384, 512',
  ],
])('a sign function that returns %s: unusable-key', async (_, sign, found) => {
  const error = await signedWith(sign)
  expect(error).toMatchObject({ code: 'unusable-key', slot: 'privateKey.sign' })
  expect(error.message).toContain(found)
  expect(error.message).toContain('RSASSA-PKCS1-v1_5 with SHA-256')
})

test('with the certificate the length must be that of its key', async () => {
  const error = await signedWith(() => new Uint8Array(512), { certificate })
  expect(error.message).toContain('512 bytes; expected a signature of 256 bytes')
})

test('the digest of a digest is named; PSS is named as a possible cause', async () => {
  const twice = await signedWith((message) => right(digest(message)), { certificate })
  expect(twice).toMatchObject({ code: 'mismatched-certificate', slot: 'privateKey.sign' })
  expect(twice.message).toContain('a function that signed the digest of a digest')
  const other = await signedWith(pss, { certificate })
  expect(other).toMatchObject({ code: 'mismatched-certificate' })
  expect(other.message).toContain('not PSS')
  expect(other.message).toContain('Otherwise it signs with another key.')
})
