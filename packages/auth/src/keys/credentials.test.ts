import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  verify,
} from 'node:crypto'
import { inspect } from 'node:util'
import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { signRequest } from '../signatures/request-signature.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createCredentials } from './credentials.ts'

const { mchid, serialNumber, privateKey, publicKey, certificate } = testingKeys.merchant
const { other } = testingKeys

const pkcs8 = Buffer.from(privateKey.replace(/-----.*-----|\s/g, ''), 'base64')
const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
const cryptoKey = (algorithm: object = rsa, usages: KeyUsage[] = ['sign']) =>
  crypto.subtle.importKey('pkcs8', pkcs8, algorithm as RsaHashedImportParams, false, usages)

test('the signature of a PEM key verifies with node:crypto, alone and concurrently', async () => {
  const credentials = createCredentials({ mchid, serialNumber, privateKey })
  for (const concurrent of [false, true]) {
    const signature = await credentials.sign(utf8('免密支付'), { concurrent })
    expect(verify('RSA-SHA256', Buffer.from('免密支付'), publicKey, signature)).toBe(true)
  }
})

test('a sign function replaces the key', async () => {
  const sign = (message: Uint8Array) => Promise.resolve(new Uint8Array(256).fill(message.length))
  const credentials = createCredentials({ mchid, serialNumber, privateKey: { sign } })
  expect(await credentials.sign(new Uint8Array([1, 2]))).toEqual(new Uint8Array(256).fill(2))
})

test('a sign function gets the message in a buffer of its own', async () => {
  let seen: Uint8Array | undefined
  const sign = (message: Uint8Array) => {
    seen = message
    return new Uint8Array(256)
  }
  const credentials = createCredentials({ mchid, serialNumber, privateKey: { sign } })
  await signRequest(credentials, { method: 'GET', url: '/v3/certificates', body: new Uint8Array() })
  expect(seen?.length).toBeGreaterThan(40)
  expect(seen?.buffer.byteLength).toBe(seen?.length)
})

test.each([
  '',
  '19000"0109',
  '1900\r\nX',
  '1900,0109',
  '商户号',
  'x'.repeat(33),
  1900000109 as unknown as string,
])('mchid %j: malformed-mchid (T-15)', async (bad) => {
  const error = await thrownBy(() => createCredentials({ mchid: bad, serialNumber, privateKey }))
  expect(error).toMatchObject({
    name: 'ConfigurationError',
    code: 'malformed-mchid',
    slot: 'mchid',
  })
  if (bad !== '') expect(error.message).not.toContain(bad)
})

const badSerials = [
  '',
  '3D:7A',
  'xyz',
  '3D7A"',
  '3D7A\n',
  'A'.repeat(41),
  'PUB_KEY_ID_0119',
  undefined,
  3071,
] as string[]
test.each(badSerials)('serialNumber %j: malformed-serial-number (T-15)', async (bad) => {
  const error = await thrownBy(() => createCredentials({ mchid, serialNumber: bad, privateKey }))
  expect(error).toMatchObject({ code: 'malformed-serial-number', slot: 'serialNumber' })
  expect(error.message).toContain('openssl x509')
  if (bad !== '') expect(error.message).not.toContain(String(bad))
})

test('a platform public key id as serialNumber is recognised', async () => {
  const error = await thrownBy(() =>
    createCredentials({ mchid, serialNumber: 'PUB_KEY_ID_01', privateKey }),
  )
  expect(error.message).toContain('id of a WeChat Pay public key')
})

test('neither inspect nor JSON shows the key (T-26)', () => {
  const credentials = createCredentials({ mchid, serialNumber, privateKey })
  const shown =
    inspect(credentials, { depth: null, showHidden: true }) + JSON.stringify(credentials)
  expect(shown).not.toContain(privateKey.split('\n')[3])
})

test('PEM, KeyObject and CryptoKey give the same signature', async () => {
  const forms = [privateKey, createPrivateKey(privateKey), await cryptoKey()]
  const signatures = await Promise.all(
    forms.map(async (form) => {
      const { sign } = createCredentials({ mchid, serialNumber, privateKey: form })
      return Buffer.from(await sign(utf8('免密支付'))).toString('hex')
    }),
  )
  expect(new Set(signatures).size).toBe(1)
})

test('a KeyObject or CryptoKey of another kind or usage has its own error (T-08, T-22)', async () => {
  const short = { ...rsa, modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) }
  const pair = (algorithm: object, usages: KeyUsage[] = ['sign', 'verify']) =>
    crypto.subtle.generateKey(
      algorithm as RsaHashedKeyGenParams,
      false,
      usages,
    ) as Promise<CryptoKeyPair>
  const rejected: [unknown, string, RegExp][] = [
    [createPublicKey(publicKey), 'wrong-kind', /KeyObject of type "public"/],
    [createSecretKey(Buffer.alloc(32)), 'wrong-kind', /KeyObject of type "secret"/],
    [generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, 'not-rsa', /EC or SM2/],
    [generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey, 'not-rsa', /RSA-PSS/],
    [generateKeyPairSync('ed25519').privateKey, 'not-rsa', /Ed25519/],
    [generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey, 'weak-key', /1024 bits/],
    [
      (await pair({ ...short, modulusLength: 2048 })).publicKey,
      'wrong-kind',
      /CryptoKey of type "public"/,
    ],
    [await cryptoKey({ name: 'RSA-PSS', hash: 'SHA-256' }), 'not-rsa', /CryptoKey for RSA-PSS/],
    [
      await cryptoKey({ name: 'RSA-OAEP', hash: 'SHA-256' }, ['decrypt']),
      'not-rsa',
      /CryptoKey for RSA-OAEP/,
    ],
    [
      (await pair({ name: 'ECDSA', namedCurve: 'P-256' })).privateKey,
      'not-rsa',
      /CryptoKey for ECDSA/,
    ],
    [await cryptoKey({ ...rsa, hash: 'SHA-1' }), 'unusable-key', /CryptoKey for SHA-1/],
    [(await pair(short)).privateKey, 'weak-key', /1024 bits/],
    [pkcs8, 'not-text', /type object/],
    [{ sign: 'no function' }, 'not-text', /type object/],
  ]
  for (const [given, code, message] of rejected) {
    const error = await thrownBy(() =>
      createCredentials({ mchid, serialNumber, privateKey: given as string }),
    )
    expect(error).toMatchObject({ name: 'ConfigurationError', code, slot: 'privateKey' })
    expect(error.message).toMatch(message)
  }
})

test('a KeyObject that cannot be exported: unusable-key', async () => {
  const held = {
    type: 'private',
    export(): Uint8Array {
      throw new Error('engine key')
    },
  }
  const error = await thrownBy(() => createCredentials({ mchid, serialNumber, privateKey: held }))
  expect(error).toMatchObject({ code: 'unusable-key' })
})

test('the certificate gives the serial number; a given one may have any case, which becomes upper case, and leading zeros', () => {
  expect(createCredentials({ mchid, certificate, privateKey }).serialNumber).toBe(serialNumber)
  const spelt = serialNumber.toLowerCase()
  expect(
    createCredentials({ mchid, serialNumber: spelt, certificate, privateKey }).serialNumber,
  ).toBe(serialNumber)
  expect(createCredentials({ mchid, serialNumber: spelt, privateKey }).serialNumber).toBe(
    serialNumber,
  )
})

test('a serial number of another certificate: mismatched-serial-number', async () => {
  const given = { mchid, serialNumber: other.serialNumber, certificate, privateKey }
  const error = await thrownBy(() => createCredentials(given))
  expect(error).toMatchObject({ code: 'mismatched-serial-number', slot: 'serialNumber' })
  expect(error.message).toContain(serialNumber)
})

test('a private key of another certificate: mismatched-certificate, at once for PEM and KeyObject', async () => {
  for (const key of [other.privateKey, createPrivateKey(other.privateKey)]) {
    const error = await thrownBy(() => createCredentials({ mchid, certificate, privateKey: key }))
    expect(error).toMatchObject({ code: 'mismatched-certificate', slot: 'privateKey' })
  }
})

test('a private key that cannot be read is checked against the certificate by its first signature', async () => {
  const strange = createCredentials({ mchid, serialNumber, privateKey: other.privateKey })
  const wrong = createCredentials({ mchid, certificate, privateKey: { sign: strange.sign } })
  for (const message of ['a', 'b']) {
    expect(await thrownBy(() => wrong.sign(utf8(message)))).toMatchObject({
      code: 'mismatched-certificate',
    })
  }
  for (const key of [
    await cryptoKey(),
    { sign: createCredentials({ mchid, serialNumber, privateKey }).sign },
  ]) {
    const own = createCredentials({ mchid, certificate, privateKey: key })
    for (const message of ['a', 'b']) {
      expect(
        verify('RSA-SHA256', Buffer.from(message), publicKey, await own.sign(utf8(message))),
      ).toBe(true)
    }
  }
})

test('neither a serial number nor a certificate: malformed-serial-number, and the message suggests the file', async () => {
  const error = await thrownBy(() => createCredentials({ mchid, privateKey }))
  expect(error).toMatchObject({ code: 'malformed-serial-number' })
  expect(error.message).toContain('`certificate`')
})
