import type { SignatureError } from '@wechatpay-entrust/auth'
import {
  freshnessSeconds,
  parseAuthorization,
  requestText,
  verifyRequest,
} from '@wechatpay-entrust/auth/platform'
import type { Clock } from '../platform/clock.ts'
import type { Identity, Signer } from '../platform/identity.ts'
import type { PlatformSource } from '../platform/platform.ts'
import {
  invalidRequest,
  malformedAuthorization,
  type Rejection,
  signError,
} from './error-response.ts'
import type { Exchange } from './wire.ts'

export interface Verifier {
  /** Proves who is asking, or throws a `SIGN_ERROR`. */
  verify(exchange: Exchange): Promise<void>
  /** Forgets the nonces seen. */
  reset(): void
}

export interface VerifierOptions {
  readonly identity: Identity
  readonly clock: Clock
  /**
   * Whether a request that repeats a nonce is rejected while its timestamp is fresh. The real
   * service's rule is not documented. It does not affect a client that signs each attempt again, as
   * it should.
   */
  readonly rejectReplays: boolean
}

/**
 * Checks the `Authorization` header over the raw bytes: scheme, merchant, serial, time, signature,
 * nonce.
 */
export function createVerifier({ identity, clock, rejectReplays }: VerifierOptions): Verifier {
  const seen = new Map<string, number>()

  const rejectReplay = (mchid: string, nonce: string): void => {
    const now = clock()
    for (const [key, forgetAt] of seen) {
      if (forgetAt > now) break
      seen.delete(key)
    }
    const key = `${mchid}\n${nonce}`
    if (seen.has(key))
      throw signError('nonce_str', 'nonce was used before', {
        message: '随机串重复，请求可能被重放',
      })
    // The longest time that a timestamp from the future is fresh.
    seen.set(key, now + (2 * freshnessSeconds + 1) * 1000)
  }

  return {
    async verify({ method, target, headers, body }) {
      const authorization = headers.get('authorization')
      if (authorization === null || authorization === '')
        throw malformedAuthorization('header is missing')

      let unknown: Rejection | undefined
      const findKey = (mchid: string, serialNumber: string) => {
        if (mchid !== identity.mchid)
          unknown = signError('mchid', `unknown mchid; this mock is ${identity.mchid}`, {
            message: '商户号不存在',
          })
        else if (serialNumber !== identity.merchant.serialNumber)
          unknown = signError('serial_no', serialIssue(serialNumber, identity), {
            message: '商户证书序列号有误',
          })
        return unknown === undefined ? identity.merchant.publicKey : undefined
      }
      try {
        const { mchid, nonce_str } = await verifyRequest(
          { method, url: target, body, authorization },
          { findKey, clock },
        )
        if (rejectReplays) rejectReplay(mchid, nonce_str)
      } catch (error) {
        throw unknown ?? explain(error, { method, target, body }, authorization)
      }
    },
    reset: () => seen.clear(),
  }
}

/** Why a serial number is unknown. */
function serialIssue(found: string, { merchant, certificates }: Identity): string {
  const serial = found.toUpperCase()
  if (serial === merchant.serialNumber)
    return 'unknown serial_no: it differs in upper and lower case; write it in capitals'
  if (certificates.some(({ serialNumber }) => serialNumber === serial))
    return "unknown serial_no: it names a key of the platform; expected that of the merchant's certificate"
  return 'unknown serial_no'
}

type Signed = Pick<Exchange, 'method' | 'target' | 'body'>

function explain(error: unknown, signed: Signed, authorization: string): unknown {
  if (!isSignatureError(error)) return error
  switch (error.code) {
    case 'missing-header':
    case 'malformed-header':
      return malformedAuthorization('malformed header')
    case 'stale-timestamp':
      return signError(
        'timestamp',
        `more than ${freshnessSeconds} seconds away from the time of the server`,
        {
          message: 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
        },
      )
    default:
      return signError('signature', 'sign not match', {
        sign_information: signInformation(signed, authorization),
      })
  }
}

/**
 * The text that the service verified, cut after the first eight characters of the body, as observed
 * from the real service.
 */
function signInformation({ method, target, body }: Signed, authorization: string): object {
  const { timestamp, nonce_str } = parseAuthorization(authorization)
  const signedText = requestText({ method, url: target, body }, timestamp, nonce_str)
  const [head, rest] = splitAfterLines(new TextDecoder().decode(signedText), 4)
  const truncated_sign_message = head + [...rest].slice(0, 8).join('')
  return { method, url: target, sign_message_length: signedText.byteLength, truncated_sign_message }
}

function splitAfterLines(text: string, lines: number): [string, string] {
  let end = 0
  for (let line = 0; line < lines; line += 1) end = text.indexOf('\n', end) + 1
  return [text.slice(0, end), text.slice(end)]
}

function isSignatureError(error: unknown): error is SignatureError {
  return error instanceof Error && error.name === 'SignatureError'
}

/**
 * The key that signs the response: the one that `Wechatpay-Serial` names, or the default (initially
 * the platform certificate) if the header is absent or empty.
 * https://pay.weixin.qq.com/doc/v3/merchant/4012154180
 */
export function chooseSigner(headers: Headers, platform: PlatformSource): Signer | undefined {
  const serialNumber = headers.get('wechatpay-serial') ?? ''
  return serialNumber === '' ? platform.defaultSigner : platform.find(serialNumber)
}

/** Rejects a request without the headers that every request must have. */
export function checkHeaders({ headers, body, onWire }: Exchange): void {
  const accept = headers.get('accept')
  // fetch adds both later, so only a request through a socket can lack them.
  if (onWire && (!accept || !headers.get('user-agent'))) {
    throw invalidRequest(
      'Http头缺少Accept或User-Agent',
      'the header Accept or User-Agent is missing',
    )
  }
  if (accept && !/(^|[\s,])(application\/json|application\/\*|\*\/\*)(?![\w+.-])/i.test(accept)) {
    throw invalidRequest(
      'Http头Accept的值有误，应为application/json',
      'Accept does not take application/json',
    )
  }
  if (
    body.byteLength > 0 &&
    !/^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')
  ) {
    throw invalidRequest(
      'Http头Content-Type的值有误，应为application/json',
      'Content-Type is not application/json',
    )
  }
}
