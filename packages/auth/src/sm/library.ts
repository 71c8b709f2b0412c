import { ConfigurationError } from '../errors.ts'

/**
 * Loads sm-crypto-v2 at the first use: with RSA and AES it need not be installed.
 */
export async function loadSmCrypto() {
  try {
    return await import('sm-crypto-v2')
  } catch {
    throw new ConfigurationError('missing-library', {
      slot: 'sm',
      found: 'no package sm-crypto-v2, which computes SM2, SM3 and SM4',
      expected: 'it beside @wechatpay-entrust/auth, as an optional peer dependency',
      remedy: {
        en: 'Install it: npm install sm-crypto-v2',
        zh: '请安装：npm install sm-crypto-v2',
      },
    })
  }
}

/** The library returns bytes as hex. */
export const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
