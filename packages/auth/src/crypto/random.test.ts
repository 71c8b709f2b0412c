import { expect, test } from 'vitest'
import { randomHex } from './random.ts'

test('a million nonces are all different (T-37)', () => {
  const seen = new Set<string>()
  for (let i = 0; i < 1_000_000; i++) seen.add(randomHex(16))
  expect(seen.size).toBe(1_000_000)
  expect(randomHex(16)).toMatch(/^[0-9a-f]{32}$/)
})
