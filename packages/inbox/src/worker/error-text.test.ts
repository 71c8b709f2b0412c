import { expect, test } from 'vitest'
import { errorText } from './error-text.ts'

test('an error becomes one line of at most 500 characters', () => {
  expect(errorText(new RangeError('two\n  lines'))).toBe('RangeError: two lines')
  expect(errorText('thrown text')).toBe('thrown text')
  expect(errorText(undefined)).toBe('undefined')
  expect(errorText(new Error('x'.repeat(9_000)))).toHaveLength(500)
})

test('T-26: personal values are removed at any depth, the longest first', () => {
  const resource = {
    openid: 'oUser',
    inner: [{ sub_openid: 'oUser-and-more' }],
    contract_display_account: '张三',
    mchid: '1',
  }
  expect(errorText(new Error('oUser-and-more, oUser, 张三, 1'), resource)).toBe(
    'Error: [redacted], [redacted], [redacted], 1',
  )
  expect(errorText(new Error('oUser'), { openid: '', sub_openid: null })).toBe('Error: oUser')
})
