/** The interface of the two implementations, `node.ts` and `web.ts`. */
export interface Encoding {
  readonly name: 'node' | 'web'
  /** Bytes with unknown content. */
  allocate(length: number): Uint8Array
  /** The UTF-8 bytes of a text that is not secret: on Node they lie in a shared memory pool. */
  fromText(text: string): Uint8Array
  /**
   * Lenient: for an invalid text it may throw or return any bytes. `decodeBase64` checks strictly.
   */
  fromBase64(text: string): Uint8Array
  toBase64(bytes: Uint8Array): string
}
