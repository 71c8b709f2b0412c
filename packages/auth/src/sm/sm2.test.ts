import { readFileSync, writeFileSync } from 'node:fs'
import { concatBytes, decodeBase64, encodeBase64, utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { derTag, readDer, readInside, writeDer } from '../crypto/der.ts'
import { createCredentials } from '../keys/credentials.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'
import { createPlatformKeys } from '../keys/platform-keys.ts'
import { signMessage, verifyMessage } from '../signatures/message-signature.ts'
import { requestText, signRequest } from '../signatures/request-signature.ts'
import { testWithOpenssl } from '../testing/openssl.ts'
import { testingKeys, thrownBy, vectors } from '../testing/vectors.ts'
import { importSm2PrivateKey, importSm2PublicKey, sm2SignatureType } from './index.ts'

const { sm2 } = vectors<{
  sm2: {
    privateKey: string
    publicKey: string
    message: string
    signature: string
    otherCurveKey: string
  }
}>('sm-testing.json')
const privateKey = await importSm2PrivateKey(sm2.privateKey)
const publicKey = await importSm2PublicKey(sm2.publicKey)
const message = utf8(sm2.message)
const published = decodeBase64(sm2.signature) as Uint8Array

const userId = ['-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']

test('a signature of OpenSSL verifies, and one over other bytes does not', () => {
  expect(publicKey.verify(message, published)).toBe(true)
  expect(publicKey.verify(utf8('hellp'), published)).toBe(false)
})

testWithOpenssl('OpenSSL verifies what we sign, and we verify what it signs', (openssl) => {
  const files = { key: sm2.privateKey, pub: sm2.publicKey, message, ours: privateKey.sign(message) }
  for (const [name, contents] of Object.entries(files)) writeFileSync(openssl.at(name), contents)
  const common = ['-in', 'message', '-rawin', ...userId]
  const verified = openssl(
    'pkeyutl',
    '-verify',
    '-pubin',
    '-inkey',
    'pub',
    '-sigfile',
    'ours',
    ...common,
  )
  expect(verified.stdout.toString()).toContain('Signature Verified Successfully')
  openssl('pkeyutl', '-sign', '-inkey', 'key', '-out', 'theirs', ...common)
  expect(publicKey.verify(message, readFileSync(openssl.at('theirs')))).toBe(true)
})

testWithOpenssl('OpenSSL decrypts what we encrypt, and we decrypt what it encrypts', (openssl) => {
  const files = {
    key: sm2.privateKey,
    pub: sm2.publicKey,
    name: '张三',
    ours: publicKey.encrypt(utf8('李四')),
  }
  for (const [name, contents] of Object.entries(files)) writeFileSync(openssl.at(name), contents)
  openssl('pkeyutl', '-encrypt', '-pubin', '-inkey', 'pub', '-in', 'name', '-out', 'theirs')
  expect(privateKey.decrypt(readFileSync(openssl.at('theirs')))).toEqual(utf8('张三'))
  expect(openssl('pkeyutl', '-decrypt', '-inkey', 'key', '-in', 'ours').stdout.toString()).toBe(
    '李四',
  )
})

test('a changed ciphertext cannot be decrypted', () => {
  const ciphertext = publicKey.encrypt(utf8('张三'))
  ciphertext[ciphertext.length - 1] = (ciphertext.at(-1) as number) ^ 1
  expect(() => privateKey.decrypt(ciphertext)).toThrow('does not open')
})

const [r, s] = readInside(readDer(published)[0], derTag.sequence).map(
  ({ contents }) => contents,
) as [Uint8Array, Uint8Array]
const order = Buffer.from('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123', 'hex')
const encoded = (...scalars: Uint8Array[]) =>
  writeDer(derTag.sequence, ...scalars.map((scalar) => writeDer(derTag.integer, scalar)))
const zero = new Uint8Array([0])

test.each([
  ['a byte after it', concatBytes([published, zero])],
  ['a byte inside, after s', writeDer(derTag.sequence, published.subarray(2), zero)],
  ['a third number', encoded(r, s, zero)],
  ['one number only', encoded(r)],
  ['one leading zero too many', encoded(concatBytes([zero, zero, r]), s)],
  ['a long form of the length', concatBytes([new Uint8Array([0x30, 0x81]), published.subarray(1)])],
  ['r = 0', encoded(zero, s)],
  ['s = 0', encoded(r, zero)],
  ['s = n', encoded(r, concatBytes([zero, order]))],
  ['a negative r', encoded(new Uint8Array([0x80, ...r.subarray(1)]), s)],
  ['r and s bare', concatBytes([r, s])],
  ['nothing', new Uint8Array()],
])('T-10 a signature with %s is rejected', (_, signature) => {
  expect(publicKey.verify(message, signature)).toBe(false)
})

test.each([
  ['an RSA key', testingKeys.merchant.privateKey, testingKeys.merchant.publicKey, 'wrong-kind'],
  ['no PEM', 'sm2_key.pem', 'sm2_pub.pem', 'not-pem'],
  ['the other half', sm2.publicKey, sm2.privateKey, 'wrong-kind'],
])('T-08 %s is not accepted as an SM2 key', async (_, secret, open, code) => {
  expect(await thrownBy(() => importSm2PrivateKey(secret))).toMatchObject({
    code,
    slot: 'privateKey',
  })
  expect(await thrownBy(() => importSm2PublicKey(open))).toMatchObject({ code, slot: 'publicKey' })
})

test('T-08 an EC key on another curve is rejected', async () => {
  expect(await thrownBy(() => importSm2PrivateKey(sm2.otherCurveKey))).toMatchObject({
    code: 'wrong-kind',
  })
})

test('T-22 a point that is not on the curve is rejected', async () => {
  const lines = sm2.publicKey.split('\n')
  const der = Buffer.from(lines.slice(1, -2).join(''), 'base64')
  der[der.length - 1] = (der.at(-1) as number) ^ 1
  const pem = `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`
  expect(await thrownBy(() => importSm2PublicKey(pem))).toMatchObject({ code: 'malformed-key' })
})

const platformKeys: PlatformKeys = {
  requestSerial: '5157F09E',
  serials: ['5157F09E'],
  find: (serial) => (serial === '5157F09E' ? publicKey : undefined),
}
const body = utf8('{"code":"SUCCESS"}')

/** A message signed like WeChat Pay does with SM2. */
async function signedWithSm2(): Promise<Record<string, string>> {
  const key = { ...privateKey, modulusLength: 0, modulus: new Uint8Array() }
  const headers = await signMessage(body, { key, serialNumber: '5157F09E' })
  return { ...headers, 'Wechatpay-Signature-Type': sm2SignatureType }
}

test('an SM2 key signs requests with its own scheme, and a message that names that scheme verifies', async () => {
  const credentials = createCredentials({
    mchid: '1900009191',
    serialNumber: '157056765AB5',
    privateKey,
  })
  const request = { method: 'POST', url: '/v3/x', body }
  const value = await signRequest(credentials, request, {
    nonce_str: 'fixednonce',
    clock: () => 1636620536000,
  })
  expect(value).toMatch(
    /^WECHATPAY2-SM2-WITH-SM3 mchid="1900009191",nonce_str="fixednonce",signature="[^"]+",/,
  )
  const signature = decodeBase64(/signature="([^"]+)"/.exec(value)?.[1] as string) as Uint8Array
  expect(publicKey.verify(requestText(request, '1636620536', 'fixednonce'), signature)).toBe(true)
  expect(
    await verifyMessage({ headers: await signedWithSm2(), body }, { platformKeys }),
  ).toMatchObject({
    serialNumber: '5157F09E',
  })
})

test('T-13 a message that does not name the scheme of its key is rejected', async () => {
  const headers = await signedWithSm2()
  const { 'Wechatpay-Signature-Type': _, ...unnamed } = headers
  const rsa = { ...headers, 'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048' }
  for (const changed of [unnamed, rsa])
    expect(
      await thrownBy(() => verifyMessage({ headers: changed, body }, { platformKeys })),
    ).toMatchObject({
      code: 'unsupported-signature-type',
    })
  // The same serial number with an RSA key: the same as without the adapter.
  const { certificate, serialNumber } = testingKeys.platform
  const rsaKeys = createPlatformKeys({ platformCertificates: [certificate] })
  const renamed = { ...headers, 'Wechatpay-Serial': serialNumber }
  expect(
    await thrownBy(() => verifyMessage({ headers: renamed, body }, { platformKeys: rsaKeys })),
  ).toMatchObject({
    code: 'unsupported-signature-type',
  })
})

test('T-01 an SM2 message with another body is a mismatch, and one in a lenient form malformed or a mismatch', async () => {
  const headers = await signedWithSm2()
  expect(
    await thrownBy(() => verifyMessage({ headers, body: utf8('{}') }, { platformKeys })),
  ).toMatchObject({
    code: 'mismatch',
  })
  const longer = encodeBase64(
    concatBytes([decodeBase64(headers['Wechatpay-Signature'] as string) as Uint8Array, zero]),
  )
  const changed = { ...headers, 'Wechatpay-Signature': longer }
  expect(
    await thrownBy(() => verifyMessage({ headers: changed, body }, { platformKeys })),
  ).toMatchObject({
    code: 'mismatch',
  })
})

test('T-15 a scheme with a space or quote is rejected', async () => {
  for (const signatureType of ['A B', 'A"', '', 'wechatpay'])
    expect(
      await thrownBy(() =>
        createCredentials({
          mchid: '1',
          serialNumber: 'A1',
          privateKey: { sign: privateKey.sign, signatureType },
        }),
      ),
    ).toMatchObject({ code: 'unusable-key', slot: 'privateKey.signatureType' })
})
