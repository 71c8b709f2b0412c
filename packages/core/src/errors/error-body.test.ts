import { mask, printable } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { readErrorBody } from './error-body.ts'

const read = (text: string, personal: string[] = []) =>
  readErrorBody(new TextEncoder().encode(text), personal)

test('T-03 a body that is not an object with a code or a message is not read', () => {
  for (const text of ['null', '[]', '5', '"PARAM_ERROR"', '{}', '{"code":5}'])
    expect(read(text), text).toBeUndefined()
})

test('T-03 a code consists of at most 64 capital letters, digits and underscores', () => {
  const codeOf = (code: string) => read(JSON.stringify({ code, message: 'm' }))?.code
  expect(codeOf(`A${'1'.repeat(63)}`)).toHaveLength(64)
  for (const code of [`A${'1'.repeat(64)}`, 'A-B', 'A\n', 'xA', '1A', ''])
    expect(codeOf(code), code).toBeUndefined()
})

test('a detail may have any shape; the message contains only the texts of field and issue', () => {
  const messageOf = (detail: unknown) =>
    read(JSON.stringify({ code: 'X', message: 'm', detail }))?.message
  expect(messageOf({ field: '/a', value: 'secret', issue: 'bad' })).toBe('m (/a: bad)')
  expect(messageOf({ field: { a: 1 }, issue: ['b'] })).toBe('m')
  expect([null, 5, 'text', []].map(messageOf)).toEqual(['m', 'm', 'm', 'm'])
})

test('T-26 every occurrence of a personal value is masked, and half surrogates are dropped', () => {
  expect(printable(mask('o1 and o1 again', ['o1']))).toBe('[…] and […] again')
  expect(printable('a\ud83db\udc00\u0085\u2029c')).toBe('a b c')
})
