import { constants, privateDecrypt, publicEncrypt, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { PlatformKeys } from '../keys/platform-key.ts'
import { createPlatformKeys } from '../keys/platform-keys.ts'
import { testWithOpenssl } from '../testing/openssl.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createFieldDecryption, createFieldEncryption } from './sensitive-fields.ts'

const { platform, publicKey, merchant, other } = testingKeys
const certificates = createPlatformKeys({ platformCertificates: [platform.certificate] })
const keyOfId = createPlatformKeys({ publicKey: { id: publicKey.id, pem: publicKey.publicKey } })
const oaep = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }

const scheme = [
  '-pkeyopt',
  'rsa_padding_mode:oaep',
  '-pkeyopt',
  'rsa_oaep_md:sha1',
  '-pkeyopt',
  'rsa_mgf1_md:sha1',
]

test('a field is encrypted with the key that requests name, and node:crypto decrypts it', async () => {
  for (const [keys, serial, pem] of [
    [certificates, platform.serialNumber, platform.privateKey],
    [keyOfId, publicKey.id, publicKey.privateKey],
  ] as const) {
    const { serialNumber, encrypt } = await createFieldEncryption(keys)
    expect(serialNumber).toBe(serial)
    const ciphertext = Buffer.from(await encrypt('张三'), 'base64')
    expect(privateDecrypt({ key: pem, ...oaep }, ciphertext).toString()).toBe('张三')
    expect(await encrypt('张三')).not.toBe(ciphertext.toString('base64'))
  }
})

test('what node:crypto encrypts for the merchant is decrypted', async () => {
  const ciphertext = publicEncrypt({ key: merchant.certificate, ...oaep }, Buffer.from('李四 ✓'))
  const { decrypt } = createFieldDecryption(merchant.privateKey)
  expect(await decrypt(ciphertext.toString('base64'))).toBe('李四 ✓')
})

testWithOpenssl(
  'OpenSSL decrypts what we encrypt, and we decrypt what it encrypts',
  async (openssl) => {
    const { encrypt } = await createFieldEncryption(certificates)
    const merchantKey = new X509Certificate(merchant.certificate).publicKey.export({
      format: 'pem',
      type: 'spki',
    })
    const ours = Buffer.from(await encrypt('王五'), 'base64')
    const files = { ours, platform: platform.privateKey, merchant: merchantKey, name: '赵六' }
    for (const [name, contents] of Object.entries(files)) writeFileSync(openssl.at(name), contents)
    const opened = openssl('pkeyutl', '-decrypt', '-inkey', 'platform', '-in', 'ours', ...scheme)
    expect(opened.stdout.toString()).toBe('王五')

    openssl(
      'pkeyutl',
      '-encrypt',
      '-pubin',
      '-inkey',
      'merchant',
      '-in',
      'name',
      '-out',
      'theirs',
      ...scheme,
    )
    const { decrypt } = createFieldDecryption(merchant.privateKey)
    expect(await decrypt(readFileSync(openssl.at('theirs')).toString('base64'))).toBe('赵六')
  },
)

test('214 bytes fit a key of 2048 bits, 215 do not, and the error shows length and field but no value', async () => {
  const { encrypt } = await createFieldEncryption(certificates)
  expect(await encrypt('a'.repeat(214))).toHaveLength(344)
  expect(await encrypt('')).toHaveLength(344)
  expect(await encrypt('中'.repeat(71))).toHaveLength(344)
  const error = await thrownBy(() => encrypt('中'.repeat(72), '/contact/name'))
  expect(error).toBeInstanceOf(RangeError)
  expect(error.message).toContain(
    '/contact/name: found 216 bytes in UTF-8; RSAES-OAEP with a key of 2048 bits takes at most 214',
  )
  expect(error.message).not.toContain('中')
})

test('before the first download no key can encrypt, and no field is sent unencrypted', async () => {
  const none: PlatformKeys = { requestSerial: undefined, serials: [], find: () => undefined }
  expect(await thrownBy(() => createFieldEncryption(none))).toMatchObject({
    code: 'no-platform-key',
  })
})

test('encryption waits for keys that are being downloaded', async () => {
  let loaded = false
  const later: PlatformKeys = {
    get requestSerial() {
      return loaded ? certificates.requestSerial : undefined
    },
    serials: [],
    find: (serial) => certificates.find(serial),
    ready: async () => {
      loaded = true
    },
  }
  expect(await createFieldEncryption(later)).toMatchObject({ serialNumber: platform.serialNumber })
})

test('T-07 an expired certificate encrypts nothing', async () => {
  const clock = () => Date.parse('2200-01-01T00:00:00Z')
  const expired = createPlatformKeys({ platformCertificates: [platform.certificate], clock })
  expect(await thrownBy(() => createFieldEncryption(expired))).toMatchObject({
    code: 'expired-certificate',
  })
})

test('a ciphertext for another key, a changed one and invalid base64 give the same error, without padding details', async () => {
  const { decrypt } = createFieldDecryption(merchant.privateKey)
  const encrypted = (pem: string, text: string | Uint8Array) =>
    publicEncrypt({ key: pem, ...oaep }, Buffer.from(text as string))
  const changed = encrypted(merchant.certificate, '张三')
  changed[9] = (changed[9] as number) ^ 1
  const bad = [
    encrypted(other.certificate, '张三'),
    changed,
    Buffer.alloc(256),
    Buffer.from('short'),
  ]
  for (const ciphertext of [...bad, encrypted(merchant.certificate, new Uint8Array([0xff]))]) {
    const error = await thrownBy(() => decrypt(ciphertext.toString('base64'), '/name'))
    expect(error).toMatchObject({ code: 'undecryptable-field', slot: 'privateKey' })
    expect(error.message).toMatch(/at \/name \d+ bytes that this private key does not open/)
    expect(error.cause).toBeUndefined()
  }
  expect(await thrownBy(() => decrypt('张三'))).toMatchObject({
    message: expect.stringContaining('not base64'),
  })
})

test('an object with a decrypt function replaces a PEM', async () => {
  const hsm = {
    decrypt: (ciphertext: Uint8Array) =>
      privateDecrypt({ key: merchant.privateKey, ...oaep }, ciphertext),
  }
  const ciphertext = publicEncrypt({ key: merchant.certificate, ...oaep }, Buffer.from('张三'))
  expect(await createFieldDecryption(hsm).decrypt(ciphertext.toString('base64'))).toBe('张三')
})

test('T-08 a wrong kind of private key is rejected', async () => {
  expect(await thrownBy(() => createFieldDecryption(merchant.certificate))).toMatchObject({
    code: 'wrong-kind',
  })
})
