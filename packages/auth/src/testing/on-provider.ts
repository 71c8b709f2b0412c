import { sha256 } from '@wechatpay-entrust/auth/crypto'

// Without this check the suite could silently run on the other implementation or on an old build.
const found = sha256(new Uint8Array()) instanceof Promise ? 'web' : 'node'
const expected = process.env.CRYPTO_PROVIDER ?? 'node'
if (found !== expected)
  throw new Error(`the suite runs on the ${found} implementation, not on ${expected}`)
