import { member, quote, readJson, utf8 } from '@wechatpay-entrust/base'
import type { Credentials } from '../keys/credentials.ts'
import { mockKeysRemedy } from '../keys/mock-keys.ts'
import { type Clock, freshnessSeconds } from './freshness.ts'
import { signatureType } from './message-signature.ts'
import { type Authorization, type RequestToSign, requestText } from './request-signature.ts'

/**
 * The most likely reason why WeChat Pay rejected a request's signature. It comes from an unsigned
 * response, so it is a hint for a person: code must not act on it.
 */
export interface SignError {
  readonly cause: 'private-key' | 'body' | 'url' | 'method' | 'clock' | 'unknown'
  /** What was found, and what to do. Holds no body and no query. */
  readonly message: string
}

/** A request and its signature. */
export interface SignedRequest extends RequestToSign {
  readonly authorization: Authorization
  readonly signer: Pick<Credentials, 'isExternal' | 'signatureType'>
  /** The host, if the mock's published keys were used with another host than this machine. */
  readonly mockHost: string | undefined
}

export interface UnauthorizedResponse {
  readonly headers: Pick<Headers, 'get'>
  readonly body: Uint8Array
}

/**
 * Explains a 401. Compares the text that WeChat Pay verified (`detail.sign_information`: method,
 * URL, length in bytes and the beginning of the text) with the text that was signed here, and its
 * `Date` with the clock. Undefined if the response does not hold enough information.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365342
 */
export function explainSignError(
  response: UnauthorizedResponse,
  sent: SignedRequest,
  clock: Clock,
): SignError | undefined {
  const detail = member(readJson(response.body), 'detail')
  const field = member(detail, 'field')
  const theirs = readSignInformation(member(detail, 'sign_information'))
  const { timestamp, nonce_str } = sent.authorization
  const ours = requestText(sent, timestamp, nonce_str)
  return (
    (theirs && (differentTarget(theirs, sent) ?? differentText(theirs, sent, ours))) ??
    wrongClock(response.headers.get('date'), clock, field) ??
    ofMockKeys(sent, wrongName(field, sent) ?? (theirs && wrongKey(sent)))
  )
}

interface SignInformation {
  readonly method: string
  readonly url: string
  readonly length: number
  readonly beginning: string
}

function readSignInformation(value: unknown): SignInformation | undefined {
  const [method, url, length, beginning] = [
    member(value, 'method'),
    member(value, 'url'),
    member(value, 'sign_message_length'),
    member(value, 'truncated_sign_message'),
  ]
  if (typeof method !== 'string' || typeof url !== 'string') return undefined
  if (typeof length !== 'number' || typeof beginning !== 'string') return undefined
  return { method, url, length, beginning }
}

function differentTarget(theirs: SignInformation, sent: SignedRequest): SignError | undefined {
  if (theirs.method !== sent.method) {
    return {
      cause: 'method',
      message: `${sent.method} was signed and ${quote(theirs.method)} arrived: something on the way changed the method.`,
    }
  }
  if (theirs.url === sent.url) return undefined
  const [theirPath, ourPath] = [pathOf(theirs.url), pathOf(sent.url)]
  const difference =
    theirPath === ourPath
      ? `the query that was signed has ${sent.url.length - ourPath.length} characters, the one that arrived ${theirs.url.length - theirPath.length} or others`
      : differentPaths(ourPath, theirPath)
  return {
    cause: 'url',
    message:
      `The URL changed on its way: ${difference}. Look for a proxy that rewrites or decodes paths, and for a ` +
      'baseUrl with a path of its own.',
  }
}

/** The paths from the first difference on: they may be long, and their beginnings are equal. */
function differentPaths(ours: string, theirs: string): string {
  let at = 0
  while (ours[at] === theirs[at]) at += 1
  return `from character ${at + 1} of the path on, ${quote(ours.slice(at))} was signed and ${quote(theirs.slice(at))} arrived`
}

const pathOf = (url: string): string => url.split('?', 1)[0] as string

function differentText(
  theirs: SignInformation,
  sent: SignedRequest,
  ours: Uint8Array,
): SignError | undefined {
  const text = new TextDecoder().decode(ours)
  const head = ours.length - sent.body.length - 1
  const ourHead = new TextDecoder().decode(ours.subarray(0, head))
  const lengths = `${ours.length} bytes were signed, WeChat Pay had ${theirs.length} before it`
  if (!theirs.beginning.startsWith(ourHead)) {
    // The real service may also cut inside a long head.
    if (ourHead.startsWith(theirs.beginning) && theirs.length === ours.length) return undefined
    return {
      cause: 'unknown',
      message: `Timestamp or nonce are not those that were signed (${lengths}): something rewrote the Authorization header.`,
    }
  }
  const difference = theirs.length - ours.length
  if (difference !== 0) {
    return {
      cause: 'body',
      message:
        `The body changed on its way: ${lengths}, ${Math.abs(difference)} ${difference > 0 ? 'more' : 'fewer'}. ${bodyHint(text, theirs.length)}` +
        'Look for a proxy or a fetch wrapper that rewrites the body.',
    }
  }
  // WeChat Pay shows only some characters of the body; they may include the line feed at the end.
  if (text.startsWith(theirs.beginning)) return undefined
  return {
    cause: 'body',
    message:
      'The body changed on its way: as long as the one that was signed, but it begins with other bytes.',
  }
}

/** Two mistakes that the length alone shows. */
function bodyHint(ours: string, theirLength: number): string {
  if (theirLength === ours.length)
    return 'That is its length in characters: it was not encoded in UTF-8. '
  if (theirLength === utf8(ours).length + 3)
    return 'Three bytes more are the size of a byte order mark. '
  return ''
}

function wrongClock(date: string | null, clock: Clock, field: unknown): SignError | undefined {
  const server = date === null ? Number.NaN : Date.parse(date)
  const skew = Math.round((clock() - server) / 1000)
  const isFar = Math.abs(skew) > freshnessSeconds
  if (!isFar && field !== 'timestamp') return undefined
  const found = Number.isNaN(skew)
    ? 'WeChat Pay rejected the timestamp'
    : `This machine's clock is ${Math.abs(skew)} s ${skew < 0 ? 'behind' : 'ahead of'} the Date of the response`
  return {
    cause: 'clock',
    message: `${found}; at most ${freshnessSeconds} s are accepted. Check that NTP runs. The clock is not corrected by an unsigned header.`,
  }
}

/** WeChat Pay does not know the mock's keys. The mock may also have responded, through MSW. */
function ofMockKeys(
  { mockHost, authorization }: SignedRequest,
  other: SignError | undefined,
): SignError | undefined {
  if (mockHost === undefined) return other
  const { mchid, serial_no } = authorization
  const known = `Certificate ${serial_no} of merchant ${mchid} was not accepted. ${mockKeysRemedy(mockHost).en}`
  const message = other === undefined ? known : `${known} If the mock responded: ${other.message}`
  return { cause: 'private-key', message }
}

/** `field` is the item of `Authorization` that WeChat Pay does not know. */
function wrongName(field: unknown, { authorization }: SignedRequest): SignError | undefined {
  if (field !== 'mchid' && field !== 'serial_no') return undefined
  const { mchid, serial_no } = authorization
  return {
    cause: 'private-key',
    message:
      `WeChat Pay does not know certificate ${serial_no} of merchant ${mchid}. It compares both exactly, the serial number in capitals. ` +
      'Compare with: openssl x509 -in apiclient_cert.pem -noout -serial -subject; a replaced or revoked certificate needs its new serial number and key.',
  }
}

function wrongKey({ authorization, signer }: SignedRequest): SignError {
  const { mchid, serial_no } = authorization
  const isRsa = (signer.signatureType ?? signatureType) === signatureType
  const scheme =
    signer.isExternal !== false && isRsa
      ? 'Or your `sign` function uses another scheme: it must be RSASSA-PKCS1-v1_5 with SHA-256 over the message, not PSS and not the digest of a digest, ' +
        'and return the bytes, not base64 text. '
      : ''
  return {
    cause: 'private-key',
    message:
      `WeChat Pay verified the text that was signed here, as far as it shows, so most likely the private key does not belong to ` +
      `certificate ${serial_no} of merchant ${mchid}: pass the \`certificate\` to createCredentials too, which compares them. ${scheme}` +
      'Less likely, bytes of the body changed and its length did not.',
  }
}
