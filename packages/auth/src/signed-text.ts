import { concatBytes, utf8 } from './crypto/bytes.ts'

const lineFeed = utf8('\n')

/** What is signed, of requests and messages alike: the head's lines and then the body, each with a line feed after it. */
export function signedText(head: readonly string[], body: Uint8Array): Uint8Array {
  return concatBytes([utf8(head.map((line) => `${line}\n`).join('')), body, lineFeed])
}

/** A nonce: printable ASCII without comma and quote, for a header that came twice arrives joined by a comma. */
export const noncePattern = /^[!#-+\--~]{1,128}$/
