/** What the two implementations, `node.ts` and `web.ts`, have in common. */
export interface Encoding {
  readonly name: 'node' | 'web'
  /** Bytes with unknown content. */
  allocate(length: number): Uint8Array
  /** The UTF-8 bytes of a text that is not secret: on Node they lie in a shared pool. */
  fromText(text: string): Uint8Array
  /** Lenient: `decodeBase64` makes the strict check. Throws or returns anything for a bad text. */
  fromBase64(text: string): Uint8Array
  toBase64(bytes: Uint8Array): string
}
