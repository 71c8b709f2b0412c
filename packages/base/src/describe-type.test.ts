import { expect, test } from 'vitest'
import { describeOption, describeType } from './describe-type.ts'

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [[1], 'an array'],
  ['secret', 'a value of type string'],
  [{ secret: 1 }, 'a value of type object'],
  [() => 'secret', 'a value of type function'],
  [true, 'a value of type boolean'],
  [1n, 'a value of type bigint'],
  [Symbol('secret'), 'a value of type symbol'],
])('the type of a value, and not the value: %#', (value, expected) => {
  expect(describeType(value)).toBe(expected)
  expect(describeOption(value)).toBe(expected)
})

test('a number is shown only of an option', () => {
  expect(describeType(4477)).toBe('a value of type number')
  expect(describeOption(4477)).toBe('4477')
  expect(describeOption(Number.NaN)).toBe('NaN')
})
