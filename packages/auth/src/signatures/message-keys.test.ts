import { utf8 } from '@wechatpay-entrust/base'
import { expect, test, vi } from 'vitest'
import { importRsaPrivateKey } from '../crypto/index.ts'
import type { PlatformKey, PlatformKeys } from '../keys/platform-key.ts'
import { platformKeys, signed } from '../testing/responding.ts'
import { testingKeys, thrownBy } from '../testing/vectors.ts'
import { signMessage, verifyMessage } from './message-signature.ts'

const body = utf8('{}')

/** Keys of another scheme or another library: no known modulus, and verifying is asynchronous. */
async function verifyWith(key: Partial<PlatformKey> | undefined, more: Partial<PlatformKeys> = {}) {
  const headers = await signed(body)
  const keys = { ...platformKeys, find: () => key as PlatformKey, ...more }
  return verifyMessage({ headers: new Headers(headers), body }, { platformKeys: keys })
}

test('a key whose verify is asynchronous decides when it is done (T-01)', async () => {
  await expect(verifyWith({ verify: async () => true })).resolves.toMatchObject({
    serialNumber: expect.any(String),
  })
  expect(await thrownBy(() => verifyWith({ verify: async () => false }))).toMatchObject({
    code: 'mismatch',
  })
})

test('the scheme of the key is required: unsupported-signature-type (T-13)', async () => {
  const key = { signatureType: 'WECHATPAY2-SM2-WITH-SM3', verify: () => true } as const
  const error = await thrownBy(() => verifyWith(key))
  expect(error).toMatchObject({ code: 'unsupported-signature-type' })
  expect(error.message).toMatch(/expected WECHATPAY2-SM2-WITH-SM3, the scheme of the key/)
  const { 'Wechatpay-Signature-Type': _, ...headers } = await signed(body)
  const keys = { ...platformKeys, find: () => key as unknown as PlatformKey }
  const without = await thrownBy(() => verifyMessage({ headers, body }, { platformKeys: keys }))
  expect(without.message).toContain('Wechatpay-Signature-Type: found nothing; expected')
})

test('signMessage tells the key whether other messages are being signed, by default not', async () => {
  const { privateKey, serialNumber } = testingKeys.platform
  const sign = vi.fn(importRsaPrivateKey(privateKey).sign)
  const key = { ...importRsaPrivateKey(privateKey), sign }
  await signMessage(body, { key, serialNumber })
  await signMessage(body, { key, serialNumber, concurrent: true })
  expect(sign.mock.calls.map(([, options]) => options)).toEqual([
    { concurrent: false },
    { concurrent: true },
  ])
})

test('a signature that is no base64, for a key without a known length: malformed-signature (T-10)', async () => {
  const headers = { ...(await signed(body)), 'Wechatpay-Signature': '%%%' }
  const keys = { ...platformKeys, find: () => ({ verify: () => true }) as unknown as PlatformKey }
  const error = await thrownBy(() =>
    verifyMessage({ headers: new Headers(headers), body }, { platformKeys: keys }),
  )
  expect(error.message).toContain('expected base64 of the signature.')
})

test('before any key is known the text says so: unknown-serial', async () => {
  const error = await thrownBy(() => verifyWith(undefined, { serials: [] }))
  expect(error).toMatchObject({ code: 'unknown-serial' })
  expect(error.message).toContain('known are none yet.')
})
