import { readFileSync } from 'node:fs'
import { provider as nodeProvider } from '../crypto/node.ts'
import { provider as webProvider } from '../crypto/web.ts'

const folder = new URL('../../../../spec/vectors/', import.meta.url)

/** A file of `spec/vectors`, parsed. */
export const vectors = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T

/** RSA-2048 keys for tests, published with the sources. */
export const testingKeys = vectors<{
  merchant: {
    mchid: string
    serialNumber: string
    privateKey: string
    privateKeyPkcs1: string
    certificate: string
    publicKey: string
  }
  platform: { serialNumber: string; privateKey: string; certificate: string }
  publicKey: { id: string; privateKey: string; publicKey: string }
  other: { serialNumber: string; privateKey: string; certificate: string; publicKey: string }
  apiV3Key: string
}>('testing-keys.json')

export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

/** Every cryptography suite runs once for each. */
export const providers = [nodeProvider, webProvider]

/** The error that a call throws or rejects with; throws if there is none. */
export async function thrownBy(call: () => unknown): Promise<Error & { code?: string }> {
  try {
    await call()
  } catch (error) {
    return error as Error
  }
  throw new Error('expected an error, got none')
}
