import { inspect } from 'node:util'
import { ConfigurationError, importApiV3Keys } from '@wechatpay-entrust/auth'
import { expect, test } from 'vitest'
import { keys, seen } from '../testing/fixtures.ts'

function rejectionOfKey(value: unknown) {
  try {
    importApiV3Keys(value as string)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    seen.push(error)
    return error
  }
  throw new Error('accepted, but an error was expected')
}

test('T-24 a key of any length other than 32 is rejected, with the length found', () => {
  for (let length = 0; length <= 64; length++) {
    const key = 'k'.repeat(length)
    if (length === 32) expect(importApiV3Keys(key).ring).toHaveLength(1)
    else
      expect(rejectionOfKey(key)).toMatchObject({
        slot: 'apiV3Key',
        code: 'malformed-api-v3-key',
        message: expect.stringContaining(`${length} bytes`),
      })
  }
})

test.each([
  ['0123456789abcdef'.repeat(4), 'looks like hex of 32 bytes'],
  [Buffer.alloc(32, 7).toString('base64'), 'looks like base64 of 32 bytes'],
  ['3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2', 'looks like hex'],
  [`${'k'.repeat(32)}\n`, 'white space'],
  [` ${'k'.repeat(31)}`, 'white space'],
  [`${'钥'.repeat(10)}kk`, 'not printable ASCII'],
  ['钥'.repeat(32), 'not printable ASCII'],
  ['', 'environment variable'],
  [keys.merchant.privateKey, 'PEM'],
])('T-24 the error for %j contains: %s', (key, hint) => {
  const error = rejectionOfKey(key)
  expect(error.message).toContain(hint)
  if (key.length > 12) expect(error.message).not.toContain(key.slice(0, 12))
})

test('a key that is not a string is rejected, with its slot', () => {
  expect(rejectionOfKey(undefined)).toMatchObject({ code: 'not-text', slot: 'apiV3Key' })
  expect(rejectionOfKey(Buffer.alloc(32))).toMatchObject({ code: 'not-text' })
  expect(rejectionOfKey([])).toMatchObject({ code: 'malformed-api-v3-key' })
  expect(rejectionOfKey([keys.apiV3Key, 'short'])).toMatchObject({
    code: 'malformed-api-v3-key',
    slot: 'apiV3Key[1]',
  })
})

test('T-26 imported keys show nothing of the key', () => {
  const imported = importApiV3Keys([keys.apiV3Key])
  const shown = inspect(imported, { depth: null, showHidden: true }) + JSON.stringify(imported)
  expect(shown).not.toContain(keys.apiV3Key)
  expect(importApiV3Keys(imported)).toBe(imported)
})
