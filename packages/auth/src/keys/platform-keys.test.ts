import { expect, test } from 'vitest'
import { certificateWith, serialField, versionField } from '../testing/certificates.ts'
import { testingKeys, thrownBy, vectors } from '../testing/vectors.ts'
import { createPlatformKeys } from './platform-keys.ts'

const { platform, other, publicKey } = testingKeys
const key = { id: publicKey.id, pem: publicKey.publicKey }
const expiry = Date.parse('2099-12-31T23:59:59Z')

test('requests name the public key rather than a certificate', () => {
  expect(
    createPlatformKeys({ publicKey: key, platformCertificates: [platform.certificate] })
      .requestSerial,
  ).toBe(key.id)
  expect(createPlatformKeys({ platformCertificates: [platform.certificate] }).requestSerial).toBe(
    platform.serialNumber,
  )
})

test('of several certificates, requests name the newest in force', () => {
  const { certificate, headers } = vectors<{
    certificate: string
    headers: Record<string, string>
  }>('official-notification.json')
  let now = 0
  const keys = createPlatformKeys({
    platformCertificates: [platform.certificate, certificate],
    clock: () => now,
  })
  // One is valid from 2000 to 2099, the other from 2021 to 2031.
  const askedFor = ['2010', '2026', '2040'].map((year) => {
    now = Date.parse(`${year}-01-01T00:00:00Z`)
    return keys.requestSerial
  })
  expect(askedFor).toEqual([
    platform.serialNumber,
    headers['Wechatpay-Serial'],
    platform.serialNumber,
  ])
})

test('a key is found by its exact id only (T-06)', async () => {
  const keys = createPlatformKeys({ publicKey: key, platformCertificates: [platform.certificate] })
  expect(await keys.find(key.id)).toBeDefined()
  expect(await keys.find(platform.serialNumber)).toBeDefined()
  const near = [
    key.id.toLowerCase(),
    ` ${key.id}`,
    platform.serialNumber.toLowerCase(),
    `0${platform.serialNumber}`,
  ]
  for (const serial of [
    ...near,
    '',
    'x'.repeat(10_000),
    '__proto__',
    'constructor',
    other.serialNumber,
  ]) {
    expect(await keys.find(serial)).toBeUndefined()
  }
})

test('a certificate is valid until its last second and not after (T-07)', async () => {
  let now = expiry
  const keys = createPlatformKeys({
    platformCertificates: [platform.certificate],
    clock: () => now,
  })
  expect(await keys.find(platform.serialNumber)).toBeDefined()
  now = expiry + 1
  const error = await thrownBy(() => keys.find(platform.serialNumber))
  expect(error).toMatchObject({ name: 'SignatureError', code: 'expired-certificate' })
})

test('two merchants share nothing (T-14)', async () => {
  const first = createPlatformKeys({ platformCertificates: [platform.certificate] })
  const second = createPlatformKeys({ platformCertificates: [other.certificate] })
  expect(await first.find(other.serialNumber)).toBeUndefined()
  expect(await second.find(platform.serialNumber)).toBeUndefined()
})

test('no key at all: no-platform-key', async () => {
  for (const options of [{}, { platformCertificates: [] }]) {
    expect(await thrownBy(() => createPlatformKeys(options))).toMatchObject({
      code: 'no-platform-key',
    })
  }
})

test.each([
  platform.serialNumber,
  '',
  'PUB_KEY_ID_',
  'PUB_KEY_ID_12 34',
  'pub_key_id_1234',
  'xPUB_KEY_ID_1234',
  `PUB_KEY_ID_${'1'.repeat(65)}`,
  undefined as unknown as string,
])('publicKey.id %j: malformed-public-key-id (T-06)', async (id) => {
  const error = await thrownBy(() => createPlatformKeys({ publicKey: { id, pem: key.pem } }))
  expect(error).toMatchObject({ code: 'malformed-public-key-id', slot: 'publicKey.id' })
})

test('an id of 32 digits and one of 34, as in the official example, are both accepted', () => {
  for (const digits of [32, 34]) {
    const id = `PUB_KEY_ID_${'1'.repeat(digits)}`
    expect(createPlatformKeys({ publicKey: { id, pem: key.pem } }).requestSerial).toBe(id)
  }
})

test('a certificate as public key, and the other way round: wrong-kind with the slot (T-08)', async () => {
  const crossed = await thrownBy(() =>
    createPlatformKeys({ publicKey: { id: key.id, pem: platform.certificate } }),
  )
  expect(crossed).toMatchObject({ code: 'wrong-kind', slot: 'publicKey.pem' })
  const list = [platform.certificate, key.pem]
  const second = await thrownBy(() => createPlatformKeys({ platformCertificates: list }))
  expect(second).toMatchObject({ code: 'wrong-kind', slot: 'platformCertificates[1]' })
})

test('the same certificate twice: duplicate-key', async () => {
  const platformCertificates = [platform.certificate, platform.certificate]
  expect(await thrownBy(() => createPlatformKeys({ platformCertificates }))).toMatchObject({
    code: 'duplicate-key',
  })
})

test("the mock's published public key is rejected without allowMockKeys: mock-keys (T-33)", async () => {
  const mock = { id: 'PUB_KEY_ID_00000000000000000000000077796775', pem: key.pem }
  expect(await thrownBy(() => createPlatformKeys({ publicKey: mock }))).toMatchObject({
    code: 'mock-keys',
  })
  expect(createPlatformKeys({ publicKey: mock, allowMockKeys: true }).requestSerial).toBe(mock.id)
})

test('a mock certificate is recognised only by the beginning of its serial number: mock-keys (T-33)', async () => {
  const withSerial = (serial: string) =>
    certificateWith({ head: [versionField, serialField(serial)] })
  const platformCertificates = [platform.certificate, withSerial('4d4f434b01')]
  const error = await thrownBy(() => createPlatformKeys({ platformCertificates }))
  expect(error).toMatchObject({ code: 'mock-keys', slot: 'platformCertificates' })
  expect(createPlatformKeys({ platformCertificates, allowMockKeys: true }).serials).toContain(
    '4D4F434B01',
  )
  const similar = createPlatformKeys({ platformCertificates: [withSerial('014d4f434b')] })
  expect(similar.requestSerial).toBe('014D4F434B')
})

test('platformCertificates that is not a list: not-text, and the message asks for a list', async () => {
  for (const given of [platform.certificate, 'downlod', null, 5, {}]) {
    const error = await thrownBy(() =>
      createPlatformKeys({ platformCertificates: given as unknown as string[] }),
    )
    expect(error).toMatchObject({
      name: 'ConfigurationError',
      code: 'not-text',
      slot: 'platformCertificates',
    })
    expect(error.message).toContain('[pem]')
    expect(error.message).not.toContain('BEGIN')
  }
})
