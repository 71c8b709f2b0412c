import { encodeHex } from '@wechatpay-entrust/base'

/**
 * Filled in advance: the random source takes as long for 1024 bytes as for 16, and longer than the
 * rest of making a nonce.
 */
const pool = new Uint8Array(1024)
let used = pool.length

/**
 * `byteLength` bytes from the runtime's secure random source, as lower-case hex (two characters per
 * byte).
 */
export function randomHex(byteLength: number): string {
  if (byteLength > pool.length) return encodeHex(crypto.getRandomValues(new Uint8Array(byteLength)))
  if (used + byteLength > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += byteLength
  return encodeHex(pool.subarray(used - byteLength, used))
}
