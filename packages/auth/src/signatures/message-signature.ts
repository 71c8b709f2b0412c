import {
  decodeBase64,
  encodeBase64,
  isPending,
  type MaybePromise,
  quote,
} from '@wechatpay-entrust/base'
import type { RsaPrivateKey } from '../crypto/provider.ts'
import { randomHex } from '../crypto/random.ts'
import { SignatureError } from '../errors.ts'
import type { PlatformKey, PlatformKeys } from '../keys/platform-key.ts'
import { type Clock, nowInSeconds, requireFresh } from './freshness.ts'
import { type HeadersLike, headerValue } from './headers.ts'
import { noncePattern, signedText } from './signed-text.ts'

/** The only scheme in use: RSASSA-PKCS1-v1_5 with SHA-256. */
export const signatureType = 'WECHATPAY2-SHA256-RSA2048'

/** The signatures of WeChat Pay's probes (签名探测流量) begin with it; they are wrong on purpose. */
const probePrefix = 'WECHATPAY/SIGNTEST/'

/** A response or a notification as received: its headers, and its body before any decoding. */
export interface SignedMessage {
  readonly headers: HeadersLike
  readonly body: Uint8Array
}

export interface VerifyMessageOptions {
  readonly platformKeys: PlatformKeys
  /** Default `Date.now`. */
  readonly clock?: Clock
}

/** What the headers of a verified message contain. */
export interface VerifiedMessage {
  /** The key that signed it: a platform certificate's serial number or a public key id. */
  readonly serialNumber: string
  /** Unix seconds. */
  readonly timestamp: number
  /**
   * The message's timestamp minus this machine's clock, in seconds. If it grows, the clock drifts.
   */
  readonly skewSeconds: number
}

/** The signed text: `timestamp LF nonce LF body LF`, over the body's bytes exactly as sent. */
function messageText(timestamp: string, nonce: string, body: Uint8Array): Uint8Array {
  return signedText([timestamp, nonce], body)
}

/**
 * Verifies the signature of a response or a notification: `Wechatpay-Timestamp`, `-Nonce`,
 * `-Serial` and `-Signature` over the raw body. It uses only the key that `Wechatpay-Serial` names,
 * and the timestamp must be within 300 s of the clock.
 *
 * @throws SignatureError `missing-header`, `malformed-header`, `unsupported-signature-type`,
 * `stale-timestamp`, `unknown-serial`, `expired-certificate`, `malformed-signature`, `mismatch`
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013053249
 * @example
 * ```ts
 * import { createPlatformKeys, verifyMessage } from '@wechatpay-entrust/auth'
 *
 * declare const request: Request
 * declare const publicKeyPem: string
 * const platformKeys = createPlatformKeys({ publicKey: { id: 'PUB_KEY_ID_0119000091912026112300000000', pem: publicKeyPem } })
 * const body = new Uint8Array(await request.arrayBuffer())
 * const { serialNumber, skewSeconds } = await verifyMessage({ headers: request.headers, body }, { platformKeys })
 * ```
 */
export async function verifyMessage(
  message: SignedMessage,
  options: VerifyMessageOptions,
): Promise<VerifiedMessage> {
  return verifyMessageAtOnce(message, options)
}

/**
 * Like `verifyMessage`, but returns without a promise if the message is genuine and neither finding
 * the key nor verifying is asynchronous. An error may be thrown or rejected.
 */
export function verifyMessageAtOnce(
  { headers, body }: SignedMessage,
  { platformKeys, clock = Date.now }: VerifyMessageOptions,
): MaybePromise<VerifiedMessage> {
  const timestampText = requireHeader(headers, 'wechatpay-timestamp')
  const nonce = requireHeader(headers, 'wechatpay-nonce')
  const serialNumber = requireHeader(headers, 'wechatpay-serial')
  const signatureText = requireHeader(headers, 'wechatpay-signature')
  const probe = signatureText.startsWith(probePrefix)

  if (!noncePattern.test(nonce)) {
    throw new SignatureError(
      'malformed-header',
      `Wechatpay-Nonce: found ${quote(nonce)}; expected one random token.`,
    )
  }
  const { timestamp, skewSeconds } = requireFresh(timestampText, 'Wechatpay-Timestamp', clock)
  const verifyWith = (key: PlatformKey | undefined): MaybePromise<VerifiedMessage> => {
    // The key determines the scheme. The scheme that the message names must be the same: a message
    // cannot choose one.
    requireSignatureType(headerValue(headers, 'wechatpay-signature-type'), key?.signatureType)
    if (!key) throw unknownSerial(serialNumber, platformKeys)
    const signature = decodeBase64(signatureText)
    const { modulusLength } = key
    if (!signature || (modulusLength !== undefined && signature.length !== modulusLength / 8)) {
      throw new SignatureError(
        'malformed-signature',
        `Wechatpay-Signature: found ${signatureText.length} characters${probe ? ' of a signature probe' : ''}; ` +
          `expected base64 of ${modulusLength === undefined ? 'the signature' : `${modulusLength / 8} bytes`}.`,
        { probe },
      )
    }
    const isValid = key.verify(messageText(timestampText, nonce, body), signature)
    return isPending(isValid) ? isValid.then(conclude) : conclude(isValid)
  }
  // Reject instead of throwing: V8 does not optimise a function that always throws, and in a flood
  // of forged messages it always throws.
  const conclude = (isValid: boolean): MaybePromise<VerifiedMessage> =>
    isValid
      ? { serialNumber, timestamp, skewSeconds }
      : Promise.reject(mismatch(serialNumber, body.length, probe))
  const key = platformKeys.find(serialNumber)
  return isPending(key) ? key.then(verifyWith) : verifyWith(key)
}

function requireHeader(headers: HeadersLike, name: string): string {
  const value = headerValue(headers, name)
  if (value) return value
  throw new SignatureError(
    'missing-header',
    `${documentedHeaderName(name)}: found ${value === '' ? 'an empty value' : 'nothing'}; every signed message of WeChat Pay has it.`,
  )
}

function requireSignatureType(type: string | undefined, expected = signatureType): void {
  if ((type ?? signatureType) === expected) return
  throw new SignatureError(
    'unsupported-signature-type',
    `Wechatpay-Signature-Type: found ${type === undefined ? 'nothing' : quote(type)}; expected ${expected}` +
      `${expected === signatureType ? ' or no such header' : ''}, the scheme of the key that the message names.`,
  )
}

function unknownSerial(serial: string, keys: PlatformKeys): SignatureError {
  return new SignatureError(
    'unknown-serial',
    `Wechatpay-Serial: found ${quote(serial)}; known ${keys.serials.length === 1 ? 'is' : 'are'} ` +
      `${keys.serials.join(', ') || 'none yet'}.`,
  )
}

function mismatch(serial: string, length: number, probe: boolean): SignatureError {
  return new SignatureError(
    'mismatch',
    probe
      ? 'Wechatpay-Signature is a signature probe of WeChat Pay, wrong on purpose.'
      : `Wechatpay-Signature does not match the ${length} bytes of the body with key ${serial}.`,
    { probe },
  )
}

export interface SignMessageOptions {
  readonly key: RsaPrivateKey
  /** The serial number or id by which the receiver finds the key. */
  readonly serialNumber: string
  /** Default `Date.now`. */
  readonly clock?: Clock
  /** Default 32 random hex characters. */
  readonly nonce?: string
  /** True while other messages are being signed: use the thread pool. Default false. */
  readonly concurrent?: boolean
  /**
   * Makes a signature probe (签名探测流量): a signature of the right length that is wrong on purpose
   * and has the probe's prefix. Default false.
   */
  readonly probe?: boolean
}

/**
 * Signs a message like WeChat Pay and returns its five headers, names in the documented case.
 *
 * @example
 * ```ts
 * import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
 * import { signMessage } from '@wechatpay-entrust/auth/platform'
 *
 * declare const pem: string
 * const headers = await signMessage(new TextEncoder().encode('{}'), { key: importRsaPrivateKey(pem), serialNumber: '4D4F434B01' })
 * ```
 */
export async function signMessage(
  body: Uint8Array,
  {
    key,
    serialNumber,
    clock = Date.now,
    nonce = randomHex(16),
    concurrent = false,
    probe = false,
  }: SignMessageOptions,
): Promise<Record<string, string>> {
  const timestamp = String(nowInSeconds(clock))
  const signature = encodeBase64(
    await key.sign(messageText(timestamp, nonce, body), { concurrent }),
  )
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': serialNumber,
    'Wechatpay-Signature': probe
      ? `${probePrefix}${signature.slice(probePrefix.length)}`
      : signature,
    'Wechatpay-Signature-Type': signatureType,
  }
}

/**
 * The documented spelling of a header name that fetch changed to lower case. Some clients compare
 * names case-sensitively.
 */
export function documentedHeaderName(name: string): string {
  if (name.toLowerCase() === 'request-id') return 'Request-ID'
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())
}
