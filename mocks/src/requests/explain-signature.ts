import { sha256 } from '@wechatpay-entrust/auth/crypto'
import {
  type Authorization,
  parseAuthorization,
  requestText,
} from '@wechatpay-entrust/auth/platform'
import { decodeBase64, utf8 } from '@wechatpay-entrust/base'
import { mockIdentity } from '../platform/identity.ts'
import { mockKeys } from '../platform/keys.ts'
import { likelyTexts } from './likely-mistakes.ts'
import type { RequestDetail } from './request-log.ts'

/** Why the signature of a request is invalid, as far as it can be found out. */
export interface SignatureFinding {
  /**
   * `text`: another text was signed, and it was found. `unknown-text`: another one, which was not
   * found. `private-key`: not the merchant's key, or no RSA signature in this scheme. `hash`: not
   * over SHA-256.
   */
  readonly cause: 'text' | 'unknown-text' | 'private-key' | 'hash'
  readonly message: string
  /** With `text`: what was signed. */
  readonly signed_text: string | null
}

/**
 * Finds out what a client signed instead of what it sent. A signature with the right key reveals
 * the hash of the signed text, and the usual mistakes are few enough to try all of them. Null if
 * the request was not rejected because of its signature.
 */
export async function explainSignature(request: RequestDetail): Promise<SignatureFinding | null> {
  const { verification, method, path, headers } = request
  const { canonical_text, steps } = verification
  if (
    canonical_text === null ||
    steps.find(({ name }) => name === 'signature')?.result !== 'failed'
  )
    return null
  const authorization = parseAuthorization(headers.authorization)
  const signed = recoverDigest(authorization)
  if (signed === undefined)
    return finding(
      'private-key',
      "The signature was not made with the merchant's private key, or not by RSA with PKCS #1 v1.5",
    )
  if (signed.hash !== 'SHA-256')
    return finding('hash', `The signature is over ${signed.hash}; expected SHA-256`)
  const body = bodyOf(canonical_text, { method, path }, authorization)
  for (const { text, mistakes } of likelyTexts(
    { method, url: path, body, headers },
    authorization,
  )) {
    const digest = await sha256(utf8(text))
    if (digest.every((octet, index) => octet === signed.digest[index]))
      return {
        cause: 'text',
        message: `Another text was signed: ${mistakes.join('; ')}`,
        signed_text: text,
      }
  }
  return finding(
    'unknown-text',
    'The key is right, and another text was signed than the one below; compare it with what your client signs',
  )
}

const finding = (cause: SignatureFinding['cause'], message: string): SignatureFinding => ({
  cause,
  message,
  signed_text: null,
})

/** The body as in the canonical text: `body` of the detail lacks a byte order mark. */
function bodyOf(
  text: string,
  { method, path }: { method: string; path: string },
  authorization: Authorization,
): string {
  const { timestamp, nonce_str } = authorization
  const empty = new TextDecoder().decode(
    requestText({ method, url: path, body: utf8('') }, timestamp, nonce_str),
  )
  return text.slice(empty.length - 1, -1)
}

/** What comes before the hash in PKCS #1 v1.5 (RFC 8017, 9.2), as hex. */
const digestInfos = {
  'SHA-256': '3031300d060960864801650304020105000420',
  'SHA-1': '3021300906052b0e03021a05000414',
  'SHA-512': '3051300d060960864801650304020305000440',
  MD5: '3020300c06082a864886f70d020505000410',
}

/**
 * The hash that was signed with the merchant's private key; undefined if another key signed. This
 * only explains a signature that was already rejected; it never accepts one.
 */
function recoverDigest({
  signature,
}: Authorization): { hash: string; digest: Uint8Array } | undefined {
  const bytes = decodeBase64(signature)
  if (bytes === undefined) return undefined
  const { modulus } = mockIdentity(mockKeys.mchid).merchant.publicKey
  const padded = toHex(raise(toNumber(bytes), toNumber(modulus)), modulus.length)
  for (const [hash, info] of Object.entries(digestInfos)) {
    const [, digest] = new RegExp(`^0001(?:ff){8,}00${info}((?:[0-9a-f]{2})+)$`).exec(padded) ?? []
    if (digest !== undefined)
      return {
        hash,
        digest: Uint8Array.from(digest.match(/../g) ?? [], (octet) => Number(`0x${octet}`)),
      }
  }
  return undefined
}

const toNumber = (bytes: Uint8Array): bigint =>
  BigInt(`0x0${Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('')}`)
const toHex = (value: bigint, octets: number): string =>
  value.toString(16).padStart(octets * 2, '0')

/** Raises to the power of 65537, the public exponent of all RSA keys in use. */
function raise(base: bigint, modulus: bigint): bigint {
  let power = base
  for (let bit = 0; bit < 16; bit += 1) power = (power * power) % modulus
  return (power * base) % modulus
}
