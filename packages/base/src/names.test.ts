import { expect, test } from 'vitest'
import { findUnknownName, nearestName, nearestNames } from './names.ts'

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

test('the nearest names come first, and only those with at most so many differing characters', () => {
  const known = ['v3/bills', 'v3/bill/{id}', 'v3/orders', 'V3/Bills']
  expect(nearestNames('v3/bils', known, 1)).toEqual(['v3/bills', 'V3/Bills'])
  expect(nearestNames('v3/bils', known, 6)).toEqual([
    'v3/bills',
    'V3/Bills',
    'v3/orders',
    'v3/bill/{id}',
  ])
  expect(nearestNames('other', known, 3)).toEqual([])
})
