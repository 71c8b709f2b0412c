import { expect, test } from 'vitest'
import { mask, printable, quote } from './text.ts'

test('printable makes one line without control or direction characters, and cuts it', () => {
  expect(printable(' a\r\n\u001b[31mb\u202ec\u2028d\ud83d ')).toBe('a [31mb c d')
  expect(printable('微信😀')).toBe('微信😀')
  expect([printable('abcd', 4), printable('abcde', 4)]).toEqual(['abcd', 'abcd…'])
})

test('mask replaces each value wherever it occurs, as text and not as a pattern', () => {
  expect(mask('o1 and o1, then a.b and axb', ['o1', 'a.b'])).toBe('[…] and […], then […] and axb')
  expect(mask('unchanged', [])).toBe('unchanged')
})

test('quote shows at most 64 characters of printable ASCII, and how many there were', () => {
  expect(quote('a\n"微')).toBe('"a?"?"')
  expect(quote('x'.repeat(64))).toBe(`"${'x'.repeat(64)}"`)
  expect(quote('x'.repeat(65))).toBe(`"${'x'.repeat(64)}" … (65 characters)`)
})
