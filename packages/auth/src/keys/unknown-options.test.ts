import { expect, test } from 'vitest'
import { signRequest } from '../signatures/request-signature.ts'
import { credentials } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { createCredentials } from './credentials.ts'
import { createDownloadedKeys } from './downloaded-keys.ts'
import { createPlatformKeys } from './platform-keys.ts'

const { merchant, platform, publicKey, apiV3Key } = testingKeys
const { mchid, serialNumber, privateKey } = merchant
const key = { id: publicKey.id, pem: publicKey.publicKey }
const platformCertificates = [platform.certificate]

test.each([
  [
    'createCredentials',
    () => createCredentials({ mchid, serialNumber, privateKey, serial: 'A' } as never),
    'serial',
  ],
  [
    'createPlatformKeys',
    () => createPlatformKeys({ platformCertificates, allowMockKey: true } as never),
    'allowMockKey',
  ],
  [
    'publicKey',
    () => createPlatformKeys({ publicKey: { ...key, type: 1 } as never }),
    'publicKey.type',
  ],
  [
    'createDownloadedKeys',
    () => createDownloadedKeys({ credentials, apiV3Key, onevent: 1 } as never),
    'onevent',
  ],
])('%s rejects an unknown option by name', async (_, create, slot) => {
  expect(await thrownBy(create)).toMatchObject({
    name: 'ConfigurationError',
    code: 'unknown-option',
    slot,
  })
})

test('the nearest known name is suggested, else all are listed', async () => {
  const near = () => createPlatformKeys({ platformCertificates, allowMockKey: true } as never)
  expect((await thrownBy(near)).message).toBe(
    'allowMockKey: found a name that does not exist; expected allowMockKeys. ' +
      'Write allowMockKeys, if you meant that.',
  )
  const far = () => createPlatformKeys({ platformCertificates, somethingElse: true } as never)
  expect((await thrownBy(far)).message).toBe(
    'somethingElse: found a name that does not exist; ' +
      'expected one of publicKey, platformCertificates, allowMockKeys, clock. Leave it out.',
  )
})

test('a serial number in lower case is sent in capitals, also from credentials made by hand', async () => {
  const request = { method: 'GET', url: '/v3/x', body: new Uint8Array() }
  const byHand = { mchid, serialNumber: serialNumber.toLowerCase(), sign: credentials.sign }
  expect(await signRequest(byHand, request)).toContain(`serial_no="${serialNumber}"`)
})
