import { expect, test } from 'vitest'
import { isUnsent, unsent } from './unsent.ts'

test('an unsent error has the mark and keeps the cause, if there is one', () => {
  const cause = new Error('the reason')
  const error = unsent('not sent', cause)
  expect(error).toMatchObject({ message: 'not sent', unsent: true, cause })
  expect(isUnsent(error)).toBe(true)
  expect('cause' in unsent('not sent')).toBe(false)
})

test('only an Error with the mark set to true is unsent', () => {
  const fromAnotherCopy = Object.assign(new TypeError('x'), { unsent: true })
  expect(isUnsent(fromAnotherCopy)).toBe(true)
  const others = [new Error('x'), Object.assign(new Error('x'), { unsent: 1 }), { unsent: true }]
  expect([...others, undefined, null, 'unsent'].map(isUnsent)).not.toContain(true)
})
