import { randomHex as systemRandomHex } from '@wechatpay-entrust/auth/crypto'

/** Random lower-case hex characters, two for each byte. */
export type RandomHex = (bytes: number) => string

/**
 * Numbers from 0 (included) to 1 (excluded), the same sequence for the same seed. The algorithm is
 * mulberry32: never use it for keys.
 */
export function createDice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Ids and nonces: from the system, or with a seed the same sequence, so that a test can compare whole
 * responses.
 */
export function createRandomHex(seed: number | undefined): {
  readonly randomHex: RandomHex
  reset(): void
} {
  if (seed === undefined) return { randomHex: systemRandomHex, reset: () => undefined }
  let roll = createDice(seed)
  const byte = () =>
    Math.floor(roll() * 256)
      .toString(16)
      .padStart(2, '0')
  return {
    randomHex: (bytes) => Array.from({ length: bytes }, byte).join(''),
    reset() {
      roll = createDice(seed)
    },
  }
}
