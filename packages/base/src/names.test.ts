import { expect, test } from 'vitest'
import { findUnknownName, nearestName } from './names.ts'

test('a mistyped name is found with the nearest one', () => {
  expect(findUnknownName({ timeOut: 1 }, ['signal', 'timeout'])).toEqual({
    name: 'timeOut',
    nearest: 'timeout',
  })
  expect(findUnknownName({ headers: {} }, ['json', 'timeout'])?.nearest).toBeUndefined()
})

test('known members, and members that are undefined, are accepted', () => {
  expect(findUnknownName({ json: 1, data: undefined }, ['json'])).toBeUndefined()
})

test('a very long name costs no time', () => {
  expect(nearestName('x'.repeat(1e6), ['json'])).toBeUndefined()
  expect(findUnknownName({ ['x'.repeat(1e6)]: 1 }, ['json'])?.name).toHaveLength(40)
})
