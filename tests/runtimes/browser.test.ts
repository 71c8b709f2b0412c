import { expect, test } from 'vitest'
import { fileCases } from './file-cases.ts'
import { cases, provider } from './suite.ts'

test.each([...cases, ...fileCases])('$name', ({ run }) => run())

test('a browser has WebCrypto only', () => {
  expect(provider()).toBe('web')
})
