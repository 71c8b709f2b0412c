import { encodeHex } from '@wechatpay-entrust/base'
import { contentsOf, type DerElement, derTag, readDer, readInside } from '../crypto/der.ts'
import { readPem } from '../crypto/pem.ts'
import { guardMalformed } from '../crypto/rsa.ts'
import { ConfigurationError } from '../errors.ts'

const ecPublicKey = '2a8648ce3d0201'
const sm2Curve = '2a811ccf5501822d'

/** The order of the curve's base point (GB/T 32918.5): r, s and the private key are smaller. */
export const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

/** The private key of a PKCS#8 PEM, 64 hex characters. */
export function readSm2PrivateKey(pem: string, slot: string): string {
  const expected = 'an SM2 private key in PEM (PKCS#8)'
  const { der } = readPem(pem, { slot, labels: ['PRIVATE KEY'], expected })
  return guardMalformed(slot, expected, () => {
    const [, algorithm, wrapped] = readInside(readDer(der)[0], derTag.sequence)
    requireSm2(algorithm, slot)
    const [, secret] = readInside(
      readDer(contentsOf(wrapped, derTag.octetString))[0],
      derTag.sequence,
    )
    const octets = contentsOf(secret, derTag.octetString)
    const d = BigInt(`0x${encodeHex(octets)}`)
    if (octets.length !== 32 || d < 1n || d > order - 2n)
      throw new Error('private key out of range')
    return encodeHex(octets)
  })
}

/**
 * The uncompressed point of an SPKI PEM, 130 hex characters. The library checks whether it is on
 * the curve.
 */
export function readSm2PublicKey(pem: string, slot: string): string {
  const expected = 'an SM2 public key in PEM'
  const { der } = readPem(pem, { slot, labels: ['PUBLIC KEY'], expected })
  return guardMalformed(slot, expected, () => {
    const [algorithm, bits] = readInside(readDer(der)[0], derTag.sequence)
    requireSm2(algorithm, slot)
    const point = contentsOf(bits, derTag.bitString).subarray(1)
    if (point.length !== 65 || point[0] !== 4) throw new Error('not an uncompressed point')
    return encodeHex(point)
  })
}

function requireSm2(algorithm: DerElement | undefined, slot: string): void {
  const [identifier, curve] = readInside(algorithm, derTag.sequence)
  const isEc = encodeHex(contentsOf(identifier, derTag.oid)) === ecPublicKey
  if (isEc && encodeHex(contentsOf(curve, derTag.oid)) === sm2Curve) return
  throw new ConfigurationError('wrong-kind', {
    slot,
    found: isEc ? 'an EC key on another curve' : 'a key of another algorithm',
    expected: 'an SM2 key',
    remedy: {
      en: 'The scheme SM2-WITH-SM3 accepts only SM2 keys; use the main entry for RSA keys.',
      zh: '签名方式 SM2-WITH-SM3 只支持 SM2 密钥；RSA 密钥请使用主入口。',
    },
  })
}

/**
 * An ASN.1 signature `SEQUENCE { r, s }` as `r ‖ s`, 128 hex characters; undefined unless it is
 * exactly one canonical DER encoding of two numbers from 1 to n − 1. The library is lenient: it
 * also accepts trailing bytes.
 */
export function readSm2Signature(signature: Uint8Array): string | undefined {
  try {
    const [whole, ...after] = readDer(signature)
    const [r, s, ...more] = readInside(whole, derTag.sequence).map(readScalar)
    // DER allows only the shortest form of a length: one octet here, as a signature has at most 72
    // bytes.
    const minimal = signature[1] === signature.length - 2
    return r && s && minimal && after.length + more.length === 0 ? r + s : undefined
  } catch {
    return undefined
  }
}

function readScalar(element: DerElement): string {
  const octets = contentsOf(element, derTag.integer)
  const [first = 0x80, second = 0x80] = octets
  const minimal =
    first < 0x80 && (first !== 0 || second >= 0x80) && element.encoded.length === octets.length + 2
  const value = BigInt(`0x${encodeHex(octets)}`)
  if (!minimal || value < 1n || value >= order) throw new Error('no canonical scalar')
  return value.toString(16).padStart(64, '0')
}
