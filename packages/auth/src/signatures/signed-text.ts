import { consistsOf, isVisible } from '@wechatpay-entrust/base'
import { provider } from '#crypto'

const encoder = new TextEncoder()
const lineFeed = 10

/**
 * What is signed, of requests and messages alike: the head's lines and then the body, each with a
 * line feed after it.
 */
export function signedText(head: readonly string[], body: Uint8Array): Uint8Array {
  let text = ''
  for (const line of head) text += `${line}\n`
  // Written in place, as this is done for each message; UTF-8 takes at most three bytes for a unit
  // of UTF-16.
  const whole = provider.allocate(text.length * 3 + body.length + 1)
  const { written } = encoder.encodeInto(text, whole)
  whole.set(body, written)
  whole[written + body.length] = lineFeed
  return whole.subarray(0, written + body.length + 1)
}

/**
 * A nonce: 1 to 128 of visible ASCII without comma and quote, for a header that came twice arrives
 * joined by a comma.
 */
export const noncePattern = /^[!#-+\--~]{1,128}$/

/** Whether it is one: what the pattern says, in less time. */
export const isNonce = (text: string): boolean => consistsOf(text, 128, isNonceCharacter)
const isNonceCharacter = (code: number) => isVisible(code) && code !== 0x22 && code !== 0x2c
