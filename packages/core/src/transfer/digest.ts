import { concatBytes, encodeHex } from '@wechatpay-entrust/base'
import { builtin } from './builtin.ts'

/** The hash functions of APIv3, by the names that WebCrypto has for them. */
export type Algorithm = 'SHA-1' | 'SHA-256'

/** Computes the hash of a file, which arrives in chunks. */
export interface Digest {
  update(chunk: Uint8Array): void
  /** Lower-case hex. */
  end(): Promise<string>
}

interface NodeHash {
  update(chunk: Uint8Array): unknown
  digest(form: 'hex'): string
}

/** Whether the hash is computed chunk by chunk. WebCrypto needs all bytes at once. */
export const isStreaming = (): boolean => nodeCrypto() !== undefined

export function createDigest(algorithm: Algorithm): Digest {
  const hash = nodeCrypto()?.createHash(algorithm.replace('-', '').toLowerCase())
  if (hash) {
    return {
      update(chunk) {
        hash.update(chunk)
      },
      end: async () => hash.digest('hex'),
    }
  }
  const chunks: Uint8Array[] = []
  return {
    update(chunk) {
      chunks.push(chunk)
    },
    async end() {
      const whole = concatBytes(chunks) as Uint8Array<ArrayBuffer>
      return encodeHex(new Uint8Array(await crypto.subtle.digest(algorithm, whole)))
    },
  }
}

const nodeCrypto = () => builtin<{ createHash(algorithm: string): NodeHash }>('node:crypto')
