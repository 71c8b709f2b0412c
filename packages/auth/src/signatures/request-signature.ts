import {
  decodeBase64,
  encodeBase64,
  type MaybePromise,
  quote,
  type Remedy,
} from '@wechatpay-entrust/base'
import type { RsaPublicKey } from '../crypto/provider.ts'
import { randomHex } from '../crypto/random.ts'
import { SignatureError, type SignatureErrorCode } from '../errors.ts'
import type { Credentials } from '../keys/credentials.ts'
import { type Clock, nowInSeconds, requireFresh } from './freshness.ts'
import { signatureType } from './message-signature.ts'
import { noncePattern, signedText } from './signed-text.ts'

/** The parts of a request that its signature covers. */
export interface RequestToSign {
  /** Upper case. */
  readonly method: string
  /** Path and query exactly as sent, without scheme, host and fragment. */
  readonly url: string
  /** The bytes that are sent; empty for GET. */
  readonly body: Uint8Array
}

export interface SignRequestOptions {
  /** Default `Date.now`. */
  readonly clock?: Clock
  /** Default 32 random hex characters. */
  readonly nonce_str?: string
  /** True while other requests are in flight: sign on the thread pool. Default false. */
  readonly concurrent?: boolean
}

/** The items of the Authorization header, by their wire names. */
export interface Authorization {
  readonly mchid: string
  readonly serial_no: string
  readonly nonce_str: string
  readonly timestamp: string
  /** Base64. */
  readonly signature: string
}

/**
 * The signed text: method, URL, timestamp, nonce and body, each followed by a line feed, the body
 * too.
 */
export function requestText(
  { method, url, body }: RequestToSign,
  timestamp: string,
  nonce_str: string,
): Uint8Array {
  return signedText([method, url, timestamp, nonce_str], body)
}

/**
 * Signs a request and returns the value of its `Authorization` header:
 * `WECHATPAY2-SHA256-RSA2048 mchid="…",nonce_str="…",signature="…",timestamp="…",serial_no="…"`.
 *
 * Each attempt needs its own signature: sign again before you retry.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 * @example
 * ```ts
 * import { createCredentials, signRequest } from '@wechatpay-entrust/auth'
 *
 * declare const privateKey: string
 * const credentials = createCredentials({ mchid: '1900009191', serialNumber: '3D7A1F0C5B2E', privateKey })
 * const authorization = await signRequest(credentials, { method: 'GET', url: '/v3/certificates', body: new Uint8Array() })
 * ```
 */
export async function signRequest(
  credentials: Credentials,
  request: RequestToSign,
  options?: SignRequestOptions,
): Promise<string> {
  return formatAuthorization(credentials, await makeAuthorization(credentials, request, options))
}

/** Signs a request and returns the items of its `Authorization` header. */
export async function makeAuthorization(
  { mchid, serialNumber, sign }: Credentials,
  request: RequestToSign,
  { clock = Date.now, nonce_str = randomHex(16), concurrent = false }: SignRequestOptions = {},
): Promise<Authorization> {
  const timestamp = String(nowInSeconds(clock))
  const signature = encodeBase64(
    await sign(requestText(request, timestamp, nonce_str), { concurrent }),
  )
  // Credentials that were not made by `createCredentials` may have it in lower case.
  return { mchid, nonce_str, signature, timestamp, serial_no: serialNumber.toUpperCase() }
}

/** The value of the `Authorization` header, in the scheme of the credentials. */
export function formatAuthorization(
  { signatureType: scheme = signatureType }: Pick<Credentials, 'signatureType'>,
  { mchid, nonce_str, signature, timestamp, serial_no }: Authorization,
): string {
  return (
    `${scheme} mchid="${mchid}",nonce_str="${nonce_str}",signature="${signature}",` +
    `timestamp="${timestamp}",serial_no="${serial_no}"`
  )
}

/**
 * The allowed values of each item. They are short and have no quotes, so that a value cannot end
 * its item early.
 */
const itemPatterns: { readonly [item in keyof Authorization]: RegExp } = {
  mchid: /^[0-9A-Za-z_-]{1,32}$/,
  serial_no: /^[0-9A-Fa-f]{1,40}$/,
  nonce_str: noncePattern,
  timestamp: /^[0-9]{1,16}$/,
  signature: /^[0-9A-Za-z+/=]{1,2048}$/,
}

/** What to do about a request whose signature is rejected. */
const requestRemedy: Remedy = {
  en: 'Respond with 401, and let the client compare key, serial number, clock and signed text.',
  zh: '请以 401 应答，并由请求方核对私钥、证书序列号、时间和待签名串。',
}

const rejected = (code: SignatureErrorCode, finding: string): SignatureError =>
  new SignatureError(code, finding, { remedy: requestRemedy })

/**
 * Parses an `Authorization` header, its items in any order.
 *
 * @throws SignatureError `missing-header`, `malformed-header`
 */
export function parseAuthorization(value: string | null | undefined): Authorization {
  if (!value)
    throw rejected('missing-header', 'Authorization: found nothing; every request has one.')
  const [scheme = ''] = value.split(' ', 1)
  if (scheme !== signatureType)
    throw malformed(`found scheme ${quote(scheme)}; expected ${signatureType}`)
  const items = new Map<string, string>()
  for (const part of value.slice(scheme.length + 1, 8192).split(',')) {
    const [, name = '', text = ''] = /^\s*([a-z_]{1,32})="([^"]*)"\s*$/.exec(part) ?? []
    if (name === '' || items.has(name))
      throw malformed('expected items name="value", each once, with commas')
    items.set(name, text)
  }
  const read = (item: keyof Authorization): string => {
    const text = items.get(item)
    if (text !== undefined && itemPatterns[item].test(text)) return text
    const found = text === undefined ? 'nothing' : quote(text)
    throw malformed(`found ${found} for ${item}; expected ${itemPatterns[item]}`)
  }
  return {
    mchid: read('mchid'),
    serial_no: read('serial_no'),
    nonce_str: read('nonce_str'),
    timestamp: read('timestamp'),
    signature: read('signature'),
  }
}

const malformed = (text: string) => rejected('malformed-header', `Authorization: ${text}.`)

export interface VerifyRequestOptions {
  /** The merchant's public key, or undefined if the certificate is unknown. */
  findKey(mchid: string, serial_no: string): MaybePromise<RsaPublicKey | undefined>
  /** Default `Date.now`. */
  readonly clock?: Clock
}

/**
 * Verifies a request like WeChat Pay: scheme, items, freshness, certificate, and the signature over
 * the raw body.
 *
 * @throws SignatureError `missing-header`, `malformed-header`, `stale-timestamp`, `unknown-serial`,
 * `malformed-signature`, `mismatch`
 * @example
 * ```ts
 * import { importCertificate } from '@wechatpay-entrust/auth/crypto'
 * import { verifyRequest } from '@wechatpay-entrust/auth/platform'
 *
 * declare const request: Request
 * declare const certificatePem: string
 * const { serialNumber, publicKey } = importCertificate(certificatePem)
 * const { pathname, search } = new URL(request.url)
 * const body = new Uint8Array(await request.arrayBuffer())
 * await verifyRequest(
 *   { method: request.method, url: pathname + search, body, authorization: request.headers.get('authorization') },
 *   { findKey: (_mchid, serial) => (serial === serialNumber ? publicKey : undefined) },
 * )
 * ```
 */
export async function verifyRequest(
  request: RequestToSign & { readonly authorization: string | null | undefined },
  { findKey, clock = Date.now }: VerifyRequestOptions,
): Promise<Authorization> {
  const authorization = parseAuthorization(request.authorization)
  const { mchid, serial_no, nonce_str, timestamp } = authorization
  requireFresh(timestamp, 'Authorization timestamp', clock, requestRemedy)
  const key = await findKey(mchid, serial_no)
  if (!key)
    throw rejected('unknown-serial', `No certificate ${serial_no} of merchant ${mchid} is known.`)
  const signature = decodeBase64(authorization.signature)
  if (!signature) throw rejected('malformed-signature', 'Authorization signature is not base64.')
  if (!(await key.verify(requestText(request, timestamp, nonce_str), signature))) {
    throw rejected(
      'mismatch',
      'Authorization signature does not match method, URL, timestamp, nonce and body.',
    )
  }
  return authorization
}
