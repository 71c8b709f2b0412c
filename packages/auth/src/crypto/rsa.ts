import { encodeHex } from '@wechatpay-entrust/base'
import { provider as defaultProvider } from '#crypto'
import { ConfigurationError } from '../errors.ts'
import { contentsOf, type DerElement, derTag, readDer, readInside, writeDer } from './der.ts'
import { copyAgain, readPem } from './pem.ts'
import type { CryptoProvider, RsaPrivateKey, RsaPublicKey } from './provider.ts'

const rsaEncryption = '2a864886f70d010101'

/** Algorithms that are often given instead of RSA, by the hex of their object identifier. */
const otherAlgorithms: Record<string, string> = {
  '2a864886f70d01010a': 'an RSA-PSS key',
  '2a8648ce3d0201': 'an EC or SM2 key',
  '2b6570': 'an Ed25519 key',
  '2b656e': 'an X25519 key',
  '2a8648ce380401': 'a DSA key',
}

const minimumBits = 2048
const maximumBits = 8192

/**
 * Imports an RSA public key in PEM: `PUBLIC KEY` (SPKI) or `RSA PUBLIC KEY` (PKCS#1), 2048 to 8192
 * bits, exponent odd and at least 65537.
 *
 * @throws ConfigurationError `not-text`, `not-pem`, `wrong-kind`, `malformed-key`, `not-rsa`,
 * `weak-key`
 */
export function importRsaPublicKey(
  pem: string,
  slot = 'publicKey',
  provider: CryptoProvider = defaultProvider,
): RsaPublicKey {
  const expected = 'an RSA public key in PEM'
  const { label, der } = readPem(pem, { slot, labels: ['PUBLIC KEY', 'RSA PUBLIC KEY'], expected })
  return publicKeyFromSpki(label === 'PUBLIC KEY' ? der : wrapPublicKey(der), slot, provider)
}

/** The same for DER, e.g. from a certificate. */
export function publicKeyFromSpki(
  spki: Uint8Array,
  slot: string,
  provider: CryptoProvider,
): RsaPublicKey {
  return guardMalformed(slot, 'an RSA public key', () => {
    const [whole] = readDer(spki)
    const [algorithm, keyBits] = readInside(whole, derTag.sequence)
    requireRsa(algorithm, slot)
    const bits = contentsOf(keyBits, derTag.bitString)
    const [modulus, exponent] = readInside(readDer(bits.subarray(1))[0], derTag.sequence)
    return { ...requireStrong(modulus, exponent, slot), ...provider.rsaPublicKey(spki) }
  })
}

/**
 * Imports an RSA private key in PEM: `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1), under
 * the same policy.
 *
 * @throws ConfigurationError `not-text`, `not-pem`, `wrong-kind`, `encrypted-key`, `malformed-key`,
 * `not-rsa`, `weak-key`
 */
export function importRsaPrivateKey(
  pem: string,
  slot = 'privateKey',
  provider: CryptoProvider = defaultProvider,
): RsaPrivateKey {
  const expected = 'an RSA private key in PEM'
  const labels = ['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY']
  const { label, der } = readPem(pem, { slot, labels, expected })
  if (label === 'EC PRIVATE KEY') throw notRsa(slot, 'an EC or SM2 key')
  return privateKeyFromPkcs8(label === 'PRIVATE KEY' ? der : wrapPrivateKey(der), slot, provider)
}

/** The same for DER, e.g. from a KeyObject. */
export function privateKeyFromPkcs8(
  pkcs8: Uint8Array,
  slot: string,
  provider: CryptoProvider,
): RsaPrivateKey {
  return guardMalformed(slot, 'an RSA private key', () => {
    const [whole] = readDer(pkcs8)
    const [, algorithm, key] = readInside(whole, derTag.sequence)
    requireRsa(algorithm, slot)
    const inner = readDer(contentsOf(key, derTag.octetString))[0]
    const [, modulus, exponent] = readInside(inner, derTag.sequence)
    return { ...requireStrong(modulus, exponent, slot), ...provider.rsaPrivateKey(pkcs8) }
  })
}

/** AlgorithmIdentifier of rsaEncryption, with the NULL that RFC 3279 requires. */
const rsaAlgorithm = writeDer(
  derTag.sequence,
  writeDer(derTag.oid, new Uint8Array([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01])),
  writeDer(derTag.null),
)

const wrapPublicKey = (pkcs1: Uint8Array): Uint8Array =>
  writeDer(derTag.sequence, rsaAlgorithm, writeDer(derTag.bitString, new Uint8Array([0]), pkcs1))

const wrapPrivateKey = (pkcs1: Uint8Array): Uint8Array =>
  writeDer(
    derTag.sequence,
    writeDer(derTag.integer, new Uint8Array([0])),
    rsaAlgorithm,
    writeDer(derTag.octetString, pkcs1),
  )

function requireRsa(algorithm: DerElement | undefined, slot: string): void {
  const [identifier] = readInside(algorithm, derTag.sequence)
  const oid = encodeHex(contentsOf(identifier, derTag.oid))
  if (oid !== rsaEncryption)
    throw notRsa(slot, otherAlgorithms[oid] ?? 'a key of another algorithm')
}

export function notRsa(slot: string, found: string): ConfigurationError {
  return new ConfigurationError('not-rsa', {
    slot,
    found,
    expected: 'an RSA key',
    remedy: {
      en: 'The scheme WECHATPAY2-SHA256-RSA2048 accepts only RSA keys.',
      zh: '签名方式 WECHATPAY2-SHA256-RSA2048 只支持 RSA 密钥。',
    },
  })
}

/** The modulus and its length, after the check that the key is strong enough. */
function requireStrong(
  modulus: DerElement | undefined,
  exponent: DerElement | undefined,
  slot: string,
) {
  const octets = contentsOf(modulus, derTag.integer)
  const modulusLength = bitLength(octets)
  requireStrength(modulusLength, contentsOf(exponent, derTag.integer), slot)
  // A copy, because a view (as Buffer's slice() returns) gives access to all of the key's DER,
  // which may be private.
  return {
    modulusLength,
    modulus: new Uint8Array(octets.subarray(octets.length - Math.ceil(modulusLength / 8))),
  }
}

/**
 * The key policy: long enough, not too long (a huge key would make verification very slow), no
 * small exponent.
 */
export function requireStrength(bits: number, exponent: Uint8Array, slot: string): void {
  const weak = (found: string) =>
    new ConfigurationError('weak-key', {
      slot,
      found,
      expected: `${minimumBits} to ${maximumBits} bits and an odd public exponent of at least 65537`,
      remedy: {
        en: 'Use the key that the merchant platform issued; do not generate one with other parameters.',
        zh: '请使用商户平台签发的密钥，不要自行生成其他参数的密钥。',
      },
    })
  if (bits < minimumBits || bits > maximumBits) throw weak(`an RSA key of ${bits} bits`)
  const odd = ((exponent.at(-1) ?? 0) & 1) === 1
  if (bitLength(exponent) < 17 || !odd)
    throw weak('an RSA key with a small or even public exponent')
}

function bitLength(integer: Uint8Array): number {
  const first = integer.findIndex((octet) => octet !== 0)
  return first < 0 ? 0 : (integer.length - first) * 8 - Math.clz32(integer[first] as number) + 24
}

/**
 * Turns an error of the DER reader or the runtime into a ConfigurationError that names the slot.
 */
export function guardMalformed<T>(slot: string, expected: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ConfigurationError) throw error
    throw new ConfigurationError('malformed-key', {
      slot,
      found: 'a PEM block whose contents cannot be read',
      expected,
      remedy: copyAgain,
    })
  }
}
