import { ConfigurationError } from '../errors.ts'

/**
 * Loads sm-crypto-v2 at the first use and nowhere else: whoever uses RSA and AES need not have it.
 */
export async function loadSmCrypto() {
  try {
    return await import('sm-crypto-v2')
  } catch {
    throw new ConfigurationError('missing-library', {
      slot: 'sm',
      found: 'no package sm-crypto-v2, which computes SM2, SM3 and SM4',
      expected: 'it beside @wechatpay-entrust/auth, as an optional peer dependency',
      fix: 'Install it: npm install sm-crypto-v2',
    })
  }
}
