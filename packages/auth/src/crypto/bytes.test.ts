import { describe, expect, test } from 'vitest'
import { provider } from '#crypto'
import { providers } from '../testing/vectors.ts'
import { concatBytes, decodeBase64, encodeBase64, importAeadKey, randomHex, sha256, utf8 } from './index.ts'

const key = utf8('a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb')
const nonce = utf8('uluk4a9R25RW')

test('the suite runs on the implementation that its project names', () => {
  expect(provider.name).toBe(process.env.CRYPTO_PROVIDER ?? 'node')
})

test('base64 is taken in its one canonical form only (T-10)', () => {
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

test('a base64 text is taken exactly if encoding its bytes gives it again, whatever is done to it (T-10)', () => {
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
  for (const provider of providers) {
    expect(provider.toBase64(bytes)).toBe(encodeBase64(bytes))
    expect(Buffer.from(provider.fromBase64(encodeBase64(bytes))).equals(bytes)).toBe(true)
  }
})

test('a view on a larger buffer is encoded alone', () => {
  expect(encodeBase64(utf8('xxhelloxx').subarray(2, 7))).toBe('aGVsbG8=')
})

test('SHA-256 of nothing is the known value', async () => {
  for (const provider of providers) {
    const digest = await provider.sha256(new Uint8Array())
    expect(Buffer.from(digest).toString('hex')).toMatch(/^e3b0c44298fc1c149afbf4c8996fb924/)
  }
  expect(await sha256(concatBytes([]))).toHaveLength(32)
})

test('a million nonces are all different (T-37)', () => {
  const seen = new Set<string>()
  for (let i = 0; i < 1_000_000; i++) seen.add(randomHex(16))
  expect(seen.size).toBe(1_000_000)
  expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/)
})

describe.each(providers)('AES-256-GCM through the $name implementation', (provider) => {
  const aead = importAeadKey(key, provider)
  const associatedData = utf8('associatedData')

  test('opens the vector of the official Java SDK', async () => {
    const ciphertext = decodeBase64('ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=') as Uint8Array
    expect(new TextDecoder().decode(await aead.open({ nonce, associatedData, ciphertext }))).toBe('message')
    const wrong = { nonce: utf8('uluk4a9R25RX'), associatedData: utf8('other'), ciphertext: ciphertext.with(0, 1) }
    for (const [part, value] of Object.entries(wrong)) {
      await expect(async () => aead.open({ nonce, associatedData, ciphertext, [part]: value })).rejects.toThrow()
    }
  })

  test('no ciphertext shorter than a whole tag reaches the cipher (T-11)', async () => {
    for (let length = 0; length < 16; length++) {
      const ciphertext = new Uint8Array(length)
      await expect(async () => aead.open({ nonce, associatedData, ciphertext })).rejects.toThrow(RangeError)
    }
  })

  test('a tag cut to four bytes is refused by the implementation itself (T-11)', async () => {
    const tag = await aead.seal({ nonce, associatedData, plaintext: new Uint8Array() })
    const own = provider.aes256Gcm(key)
    expect(await own.open({ nonce, associatedData, ciphertext: tag })).toHaveLength(0)
    await expect(async () => own.open({ nonce, associatedData, ciphertext: tag.subarray(0, 4) })).rejects.toThrow()
  })

  test('nonces and keys of other lengths are refused (T-11)', async () => {
    for (const length of [0, 11, 13, 16]) {
      const input = { nonce: new Uint8Array(length), associatedData, ciphertext: new Uint8Array(32) }
      await expect(async () => aead.open(input)).rejects.toThrow(RangeError)
      await expect(async () => aead.seal({ ...input, plaintext: key })).rejects.toThrow(RangeError)
    }
    for (const length of [0, 16, 24, 31, 33]) {
      expect(() => importAeadKey(new Uint8Array(length), provider)).toThrow(RangeError)
    }
  })
})
