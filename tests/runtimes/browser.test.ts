import { expect, test } from 'vitest'
import { cases, provider } from './suite.ts'

test.each(cases)('$name', ({ run }) => run())

test('a browser has WebCrypto only', () => {
  expect(provider()).toBe('web')
})
