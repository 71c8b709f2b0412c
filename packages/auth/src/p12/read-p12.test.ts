import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { readP12 } from './index.ts'

const { merchant } = testingKeys
const { mchid } = merchant
const file = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../../spec/vectors/p12/${name}.p12`, import.meta.url))
const fingerprint = (pem: string) => new X509Certificate(pem).fingerprint256
const pkcs8 = (pem: string) =>
  createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }).toString('hex')

test.each([
  ['legacy', 'made as older ones are: RC2-40, triple DES, SHA-1'],
  ['modern', 'made by OpenSSL 3: PBES2 with AES-256-CBC, SHA-256'],
  ['several-unencrypted', 'with four certificates, one of an EC key'],
  ['merchant-last', 'with the merchant certificate after two others'],
])('%s.p12, %s, gives the private key and the certificate that belongs to it', async (name) => {
  const contents = await readP12(file(name), { mchid })
  expect(pkcs8(contents.privateKey)).toBe(pkcs8(merchant.privateKey))
  expect(fingerprint(contents.certificate)).toBe(fingerprint(merchant.certificate))
  expect(contents.serialNumber).toBe(merchant.serialNumber)
})

test('a given password is used instead of the merchant id', async () => {
  expect(await readP12(file('modern'), { mchid: '1', password: mchid })).toHaveProperty(
    'serialNumber',
  )
})

test.each(['legacy', 'modern', 'no-key'])(
  'a wrong password for %s.p12: wrong-password',
  async (name) => {
    expect(await thrownBy(() => readP12(file(name), { password: '1900009192' }))).toMatchObject({
      name: 'ConfigurationError',
      code: 'wrong-password',
      slot: 'password',
      message: expect.stringContaining('The password is the merchant id (商户号)'),
    })
  },
)

test('without password and merchant id it is rejected before the file is read', async () => {
  expect(await thrownBy(() => readP12(file('modern'), {}))).toMatchObject({
    code: 'wrong-password',
  })
})

test.each([
  ['no-key', 'without a private key'],
  ['no-certificate', 'without a certificate'],
  ['two-keys', '2 private keys in one file'],
  ['others-certificate', 'no certificate that belongs to the private key'],
])('T-23 %s.p12 is rejected: %s', async (name, found) => {
  expect(await thrownBy(() => readP12(file(name), { mchid }))).toMatchObject({
    code: 'malformed-p12',
    slot: 'p12',
    message: expect.stringContaining(found),
  })
})

test('T-08 the EC key of a .p12 is rejected', async () => {
  expect(await thrownBy(() => readP12(file('ec'), { mchid }))).toMatchObject({
    code: 'not-rsa',
    slot: 'p12',
  })
})

test.each([
  ['PEM', new TextEncoder().encode(merchant.certificate), 'PEM text'],
  ['nothing', new Uint8Array(), '0 bytes that are no PKCS#12 file'],
  ['half a file', file('modern').slice(0, 900), '900 bytes that are no PKCS#12 file'],
  ['text', 'apiclient_cert.p12' as unknown as Uint8Array, 'a value of type string'],
])('T-23 %s in place of a .p12 is rejected', async (_, bytes, found) => {
  expect(await thrownBy(() => readP12(bytes, { mchid }))).toMatchObject({
    code: 'malformed-p12',
    message: expect.stringContaining(found),
  })
})

test('T-23 a flipped bit anywhere in the file is rejected', async () => {
  const original = file('modern')
  for (let at = 0; at < original.length; at += 97) {
    const bytes = Uint8Array.from(original)
    bytes[at] = (bytes[at] as number) ^ 1
    const outcome = await readP12(bytes, { mchid }).catch((error: unknown) => error)
    // Some bits have no effect, e.g. in a label. The contents must then be unchanged.
    if (outcome instanceof Error)
      expect(['wrong-password', 'malformed-p12']).toContain(Reflect.get(outcome, 'code'))
    else expect(outcome).toMatchObject({ serialNumber: merchant.serialNumber })
  }
})

test('T-26 no error repeats the password', async () => {
  const error = await thrownBy(() => readP12(file('modern'), { password: 'a secret of mine' }))
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('a secret')
})

test('without node-forge the error explains how to install it', async () => {
  vi.resetModules()
  vi.doMock('node-forge', () => {
    throw new Error("Cannot find package 'node-forge'")
  })
  const { readP12 } = await import('./index.ts')
  expect(await thrownBy(() => readP12(file('modern'), { mchid }))).toMatchObject({
    code: 'missing-library',
    message: expect.stringContaining('npm install node-forge'),
  })
  vi.doUnmock('node-forge')
})
