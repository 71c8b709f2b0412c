import { allocate } from '@wechatpay-entrust/base'

const encoder = new TextEncoder()
const lineFeed = 10

/**
 * The signed text of requests and messages: the lines of the head, then the body, each followed by
 * a line feed.
 */
export function signedText(head: readonly string[], body: Uint8Array): Uint8Array {
  let text = ''
  for (const line of head) text += `${line}\n`
  // Written in place, because this runs for each message. A UTF-16 code unit takes at most three
  // bytes in UTF-8.
  const whole = allocate(text.length * 3 + body.length + 1)
  const { written } = encoder.encodeInto(text, whole)
  whole.set(body, written)
  whole[written + body.length] = lineFeed
  return whole.subarray(0, written + body.length + 1)
}

/**
 * A nonce: 1 to 128 characters of visible ASCII without comma and quote. A header that came twice
 * is joined with a comma, so it does not match.
 */
export const noncePattern = /^[!#-+\--~]{1,128}$/
