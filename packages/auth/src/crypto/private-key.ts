import { isRecord, type MaybePromise } from '@wechatpay-entrust/base'
import { provider as defaultProvider } from '#crypto'
import { ConfigurationError } from '../errors.ts'
import type { CryptoProvider, SignOptions } from './provider.ts'
import { importRsaPrivateKey, notRsa, privateKeyFromPkcs8, requireStrength } from './rsa.ts'

/** The members of Node's `KeyObject` that are used here. */
export interface KeyObjectLike {
  readonly type: string
  export(options: { readonly type: 'pkcs8'; readonly format: 'der' }): Uint8Array
}

/**
 * The members of WebCrypto's `CryptoKey` that are used here. Not the type `CryptoKey`: that of the
 * DOM and that of `node:crypto` are incompatible, and without the DOM's types there is none.
 */
export interface CryptoKeyLike {
  readonly type: string
  readonly extractable: boolean
  readonly algorithm: { readonly name: string }
  readonly usages: readonly string[]
}

/**
 * The accepted forms of a private key: PEM text, a `KeyObject` of Node, a `CryptoKey`.
 */
export type PrivateKeyInput = string | KeyObjectLike | CryptoKeyLike

/**
 * A private key that signs. The modulus is undefined if it cannot be read, as for a CryptoKey.
 */
export interface SigningKey {
  readonly modulus?: Uint8Array
  sign(message: Uint8Array, options?: SignOptions): MaybePromise<Uint8Array>
}

const expected = 'an RSA private key: PEM text, a KeyObject or a CryptoKey'

/**
 * Imports an RSA private key in any of its forms, all under the same policy.
 *
 * @throws ConfigurationError the codes of `importRsaPrivateKey`, and `unusable-key` for a CryptoKey
 * for another use
 */
export function importSigningKey(
  given: PrivateKeyInput,
  slot = 'privateKey',
  provider: CryptoProvider = defaultProvider,
): SigningKey {
  if (isCryptoKey(given)) return signingCryptoKey(given, slot)
  if (isKeyObject(given)) {
    if (given.type !== 'private') throw wrongKind(slot, `a KeyObject of type "${given.type}"`)
    return privateKeyFromPkcs8(exported(given, slot), slot, provider)
  }
  return importRsaPrivateKey(given, slot, provider)
}

const isCryptoKey = (given: PrivateKeyInput): given is CryptoKeyLike =>
  isRecord(given) && 'algorithm' in given && 'usages' in given

const isKeyObject = (given: PrivateKeyInput): given is KeyObjectLike =>
  isRecord(given) && typeof given.export === 'function'

/** The DER of a KeyObject, so that it passes the same policy as PEM. */
function exported(key: KeyObjectLike, slot: string): Uint8Array {
  try {
    return key.export({ type: 'pkcs8', format: 'der' })
  } catch {
    throw unusable(slot, 'a KeyObject that cannot be exported')
  }
}

/**
 * A CryptoKey may not be extractable, so it signs itself, and its `algorithm` is checked against
 * the policy.
 */
function signingCryptoKey(key: CryptoKeyLike, slot: string): SigningKey {
  if (key.type !== 'private') throw wrongKind(slot, `a CryptoKey of type "${key.type}"`)
  const { name, modulusLength, publicExponent, hash } = key.algorithm as RsaHashedKeyAlgorithm
  if (name !== 'RSASSA-PKCS1-v1_5') throw notRsa(slot, `a CryptoKey for ${name}`)
  if (hash.name !== 'SHA-256') throw unusable(slot, `a CryptoKey for ${hash.name}`)
  if (!key.usages.includes('sign')) throw unusable(slot, 'a CryptoKey that may not sign')
  requireStrength(modulusLength, publicExponent, slot)
  return {
    sign: async (message) =>
      new Uint8Array(
        await crypto.subtle.sign(name, key as CryptoKey, message as Uint8Array<ArrayBuffer>),
      ),
  }
}

function wrongKind(slot: string, found: string): ConfigurationError {
  return new ConfigurationError('wrong-kind', {
    slot,
    found,
    expected,
    remedy: {
      en: 'This option needs another key: check that the options are not mixed up.',
      zh: '这里需要另一个密钥：请检查各配置项是否填反。',
    },
  })
}

function unusable(slot: string, found: string): ConfigurationError {
  return new ConfigurationError('unusable-key', {
    slot,
    found,
    expected: `${expected} for RSASSA-PKCS1-v1_5 with SHA-256 that may sign`,
    remedy: {
      en: 'Import it with that algorithm and the usage "sign", or pass { sign }, a function that signs.',
      zh: '请以该算法导入，用途（usages）包含 "sign"；或者传入 { sign }，由您自己的函数签名。',
    },
  })
}
