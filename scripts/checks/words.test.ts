import { expect, test } from 'vitest'
import { findHardWords } from './words.ts'

test('a hard word is found with its place and the plain word, in any case and form', () => {
  expect(findHardWords('a.md', 'Whoever reads\nthis is mended')).toEqual([
    'a.md:1: write "anyone who" instead of "Whoever"',
    'a.md:2: write "fix" instead of "mended"',
  ])
})

test('longer words that only contain one are left alone', () => {
  expect(findHardWords('a.md', 'recommend, amend, commended, unfitting')).toEqual([])
})
