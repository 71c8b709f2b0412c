import { verify } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { createCredentials } from './credentials.ts'
import { utf8 } from './crypto/index.ts'
import { testingKeys, thrownBy } from './testing/vectors.ts'

const { mchid, serialNumber, privateKey, publicKey } = testingKeys.merchant

test('the signature of a PEM key verifies with node:crypto, alone and with others in flight', async () => {
  const credentials = createCredentials({ mchid, serialNumber, privateKey })
  for (const concurrent of [false, true]) {
    const signature = await credentials.sign(utf8('免密支付'), { concurrent })
    expect(verify('RSA-SHA256', Buffer.from('免密支付'), publicKey, signature)).toBe(true)
  }
})

test('a sign function stands in for the key', async () => {
  const sign = (message: Uint8Array) => Promise.resolve(message.toReversed())
  const credentials = createCredentials({ mchid, serialNumber, privateKey: { sign } })
  expect(await credentials.sign(new Uint8Array([1, 2]))).toEqual(new Uint8Array([2, 1]))
})

test.each(['', '19000"0109', '1900\r\nX', '1900,0109', '商户号', 'x'.repeat(33), 1900000109 as unknown as string])(
  'mchid %j: malformed-mchid (T-15)',
  async (bad) => {
    const error = await thrownBy(() => createCredentials({ mchid: bad, serialNumber, privateKey }))
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'malformed-mchid', slot: 'mchid' })
    if (bad !== '') expect(error.message).not.toContain(bad)
  },
)

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
  const error = await thrownBy(() => createCredentials({ mchid, serialNumber: 'PUB_KEY_ID_01', privateKey }))
  expect(error.message).toContain('id of a WeChat Pay public key')
})

test('neither inspect nor JSON shows the key (T-26)', () => {
  const credentials = createCredentials({ mchid, serialNumber, privateKey })
  const shown = inspect(credentials, { depth: null, showHidden: true }) + JSON.stringify(credentials)
  expect(shown).not.toContain(privateKey.split('\n')[3])
})
