import { expect, test } from 'vitest'
import { noncePattern, signedText } from './signed-text.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

test('each line and the body are followed by a line feed, in UTF-8', () => {
  expect(text(signedText(['1', '微信\u{1f600}'], new TextEncoder().encode('{}')))).toBe(
    '1\n微信\u{1f600}\n{}\n',
  )
  expect(text(signedText([], new Uint8Array()))).toBe('\n')
})

test('a nonce has 1 to 128 characters of visible ASCII without comma and quote (T-16, T-29)', () => {
  for (let code = 0; code < 0x3000; code++) {
    const isAllowed = code > 0x20 && code < 0x7f && code !== 0x22 && code !== 0x2c
    for (const before of ['', 'a']) {
      const nonce = `${before}${String.fromCharCode(code)}${before}`
      expect(noncePattern.test(nonce), JSON.stringify(nonce)).toBe(isAllowed)
    }
  }
  const lengths = [0, 1, 128, 129, 1_000_000].map((length) => noncePattern.test('a'.repeat(length)))
  expect(lengths).toEqual([false, true, true, false, false])
  expect(['a\n', '\n', 'aa\u{1f600}'].map((nonce) => noncePattern.test(nonce))).not.toContain(true)
})
