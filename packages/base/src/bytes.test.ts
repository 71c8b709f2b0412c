import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64, utf8 } from './bytes.ts'
import { encoding as nodeEncoding } from './encoding/node.ts'
import { encoding as webEncoding } from './encoding/web.ts'

test('only canonical base64 is accepted (T-10)', () => {
  expect([...(decodeBase64('aGVsbG8=') ?? [])]).toEqual([...utf8('hello')])
  const bad = [
    'aGVs*bG8=',
    'aGVsbG8',
    'aGVsbG8==',
    'aGVsbG9=',
    'aGVs bG8=',
    'aGVsbG8=\n',
    '-_8=',
    'aGVsbG8=x',
    '=',
    'a',
  ]
  expect(bad.map(decodeBase64)).toEqual(bad.map(() => undefined))
})

test('a base64 text is accepted exactly if encoding its bytes gives the same text (T-10)', () => {
  const letters = 'ABQRghwxz019+/=-_ \n\t*\u0100\u00c1'
  let state = 1
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const letter = () => letters[random(letters.length)] as string
  const texts = ['', '=', '==', 'A===', '====', 'AA==AA==', 'AA=A', 'A=AA', 'AAA=AAA=']
  for (let round = 0; round < 3000; round++) {
    const genuine = encodeBase64(Uint8Array.from({ length: random(9) }, () => random(256)))
    const at = random(genuine.length + 1)
    texts.push(genuine, genuine.slice(0, at) + letter() + genuine.slice(at + random(2)))
    texts.push(genuine.slice(0, at), Array.from({ length: 4 * random(3) }, letter).join(''))
  }
  for (const text of texts) {
    const whole = Buffer.from(text, 'base64')
    const bytes = decodeBase64(text)
    expect(bytes && Buffer.from(bytes).toString('base64'), text).toBe(
      whole.toString('base64') === text ? text : undefined,
    )
  }
})

test('both implementations write and read the same base64', () => {
  const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7) & 0xff)
  for (const encoding of [nodeEncoding, webEncoding]) {
    expect(encoding.toBase64(bytes)).toBe(encodeBase64(bytes))
    expect(Buffer.from(encoding.fromBase64(encodeBase64(bytes))).equals(bytes)).toBe(true)
  }
})

test('only the bytes of a view are encoded, not its whole buffer', () => {
  expect(encodeBase64(utf8('xxhelloxx').subarray(2, 7))).toBe('aGVsbG8=')
})
