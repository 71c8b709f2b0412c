import { readFileSync } from 'node:fs'

/** TESTING KEYS, published with the sources. */
export const keys = JSON.parse(
  readFileSync(new URL('../../spec/vectors/testing-keys.json', import.meta.url), 'utf8'),
) as {
  readonly merchant: { readonly mchid: string }
  readonly publicKey: {
    readonly id: string
    readonly privateKey: string
    readonly publicKey: string
  }
  readonly other: { readonly privateKey: string }
  readonly apiV3Key: string
}
