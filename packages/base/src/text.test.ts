import { expect, test } from 'vitest'
import { isNonce, noncePattern } from '../../auth/src/signatures/signed-text.ts'
import { consistsOf, isVisible, isWordOrDash } from './text.ts'

const characters = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code))

test.each<[string, (text: string) => boolean, RegExp]>([
  ['visible ASCII', (text) => consistsOf(text, 4, isVisible), /^[\x21-\x7e]{1,4}$/],
  ['letters, digits, _ and -', (text) => consistsOf(text, 4, isWordOrDash), /^[0-9A-Za-z_-]{1,4}$/],
  ['a nonce', isNonce, noncePattern],
])('%s is what its expression says', (_name, holds, expression) => {
  const wrong = (text: string) => holds(text) !== expression.test(text)
  for (const place of [0, 1, 2, 3]) {
    const texts = characters.map(
      (character) => `${'a'.repeat(place)}${character}${'a'.repeat(3 - place)}`,
    )
    expect(texts.filter(wrong)).toEqual([])
  }
  expect(['a'.repeat(128), 'a'.repeat(129)].filter(wrong)).toEqual([])
  expect(['', 'a', 'aaaa', 'aaaaa', 'a\n', '\n', 'aa\u{1f600}'].filter(wrong)).toEqual([])
})
