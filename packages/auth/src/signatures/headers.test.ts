import { expect, test } from 'vitest'
import { headerValue, headerValues } from './headers.ts'

test('headerValues: a Headers has one joined value, a plain object keeps several, in any case', () => {
  const headers = new Headers([
    ['A', '1'],
    ['A', '2'],
  ])
  expect(headerValues(headers, 'a')).toEqual(['1, 2'])
  expect(headerValues(headers, 'b')).toEqual([])
  const plain = { A: ['1', '2'], a: '3', B: undefined, C: '' }
  expect(headerValues(plain, 'a')).toEqual(['1', '2', '3'])
  expect(headerValues(plain, 'b')).toEqual([])
  expect(headerValues(plain, 'c')).toEqual([''])
})

test('headerValue joins repeated values, and tells an empty value from none', () => {
  const plain = { A: ['1', '2'], a: '3', C: '', D: [] }
  expect(headerValue(plain, 'a')).toBe('1, 2, 3')
  expect(headerValue(plain, 'b')).toBeUndefined()
  expect(headerValue(plain, 'c')).toBe('')
  expect(headerValue(plain, 'd')).toBeUndefined()
  expect(headerValue(new Headers({ A: '' }), 'a')).toBe('')
  expect(headerValue(new Headers(), 'a')).toBeUndefined()
})

test('a header named "get" does not make a plain object a Headers', () => {
  expect(headerValue({ get: 'x', A: '1' }, 'a')).toBe('1')
})
