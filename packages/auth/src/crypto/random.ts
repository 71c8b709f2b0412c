import { encodeHex } from '@wechatpay-entrust/base'

/**
 * Drawn ahead: a draw takes as long for 1024 bytes as for 16, and longer than the rest of making a
 * nonce.
 */
const drawn = new Uint8Array(1024)
let used = drawn.length

/**
 * `byteLength` bytes of the runtime's secure random source, as lower-case hex: twice as many
 * characters.
 */
export function randomHex(byteLength: number): string {
  if (byteLength > drawn.length)
    return encodeHex(crypto.getRandomValues(new Uint8Array(byteLength)))
  if (used + byteLength > drawn.length) {
    crypto.getRandomValues(drawn)
    used = 0
  }
  used += byteLength
  return encodeHex(drawn.subarray(used - byteLength, used))
}
