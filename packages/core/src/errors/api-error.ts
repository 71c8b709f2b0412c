import { type Remedy, RemedyError } from '@wechatpay-entrust/base'
import type { SignError } from '../call/transport.ts'
import type { spec } from '../generated/spec.ts'

type Table = typeof spec.operations

/** The error codes in the tables of the spec. WeChat Pay may send others. */
export type DocumentedErrorCode = Table[keyof Table]['errors'][number]['code']

/**
 * Codes that this client sets itself, when there is no readable error body:
 *
 * | code | meaning |
 * | --- | --- |
 * | `NOT_SENT` | a step before sending failed: `sign`, `credentials`, the first download of certificates; see `cause` |
 * | `NETWORK_ERROR` | no complete response: the connection failed or broke; see `outcome` and `cause` |
 * | `TIMEOUT` | the deadline passed before the response was complete |
 * | `UNVERIFIED_RESPONSE` | a 2xx whose signature was not verified: the `fetch` option is not a signing fetch |
 * | `MALFORMED_RESPONSE` | a verified 2xx without the expected JSON, or a download that is not what it should be; see `cause` |
 * | `MISMATCHED_RESPONSE` | a verified 2xx that belongs to another request: a field that the response repeats has another value |
 * | `HASH_MISMATCH` | a download whose hash is not that of the verified response; nothing of it was kept |
 * | `BODY_TOO_LARGE` | a download with more than `maxBytes`; nothing of it was kept |
 * | `TARGET_FAILED` | the file or stream that a download is written to failed; see `cause` |
 * | `ACCEPTED` | 202: received, but not carried out yet; repeat with the same parameters |
 * | `HTTP_404`, `HTTP_502`, … | another status without a readable `code` in the body |
 */
export type LocalErrorCode =
  | 'NOT_SENT'
  | 'NETWORK_ERROR'
  | 'TIMEOUT'
  | 'UNVERIFIED_RESPONSE'
  | 'MALFORMED_RESPONSE'
  | 'MISMATCHED_RESPONSE'
  | 'HASH_MISMATCH'
  | 'BODY_TOO_LARGE'
  | 'TARGET_FAILED'
  | 'ACCEPTED'
  | `HTTP_${number}`

/** A code that this version of the package knows. */
export type KnownErrorCode = DocumentedErrorCode | LocalErrorCode

/** Any text; editors complete the known codes. */
export type ApiErrorCode = KnownErrorCode | (string & {})

/** The fields of an `ApiError`. */
export interface ApiErrorFields
  extends Pick<ApiError, 'code' | 'operation' | 'outcome' | 'retryable' | 'verified'>,
    Partial<Pick<ApiError, 'status' | 'requestId' | 'notFound' | 'detail' | 'cause'>> {
  readonly signError?: SignError | undefined
  readonly remedy?: Remedy | undefined
}

/**
 * A call that failed: WeChat Pay rejected it, or no usable response came. Switch on `code`.
 *
 * `message` is English and stable, and ends with the remedy; `remedy` has it in English and Chinese.
 * `message`, `toJSON` and the output of `console.log` contain no request or response body. `detail`
 * is not among them; read it by name.
 */
export class ApiError extends RemedyError {
  override readonly name = 'ApiError'
  /** WeChat Pay's code, or one of {@link LocalErrorCode}. WeChat Pay may send unknown codes. */
  readonly code: ApiErrorCode
  /** HTTP status; `undefined` when no response came. */
  readonly status: number | undefined
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  /** WeChat Pay's id of the request (`Request-ID`). Quote it when you contact its support. */
  readonly requestId: string | undefined
  /**
   * Whether the signature of the response was verified. If false, treat `code`, `message` and
   * `detail` as untrusted.
   */
  readonly verified: boolean
  /** Whether repeating the call with the same parameters is safe and can succeed. */
  readonly retryable: boolean
  /**
   * `failed`: certainly not carried out (never sent, a verified rejection, or a 401, which is never
   * signed), or a GET, which changes nothing. `unknown`: one of the attempts may have been carried
   * out; query the state before you use new parameters.
   */
  readonly outcome: 'failed' | 'unknown'
  /**
   * Whether the requested resource does not exist, for example a contract that was never signed: a
   * verified 404 with a code of WeChat Pay, or a verified 403 with `CONTRACT_NOT_EXIST`, which some
   * services send instead. False for any other 404: one of a gateway says nothing about the resource.
   */
  readonly notFound: boolean
  /**
   * The likely cause of a `SIGN_ERROR`, if one was found. Its text is part of `message`.
   */
  declare readonly signError?: SignError
  // Private, so that a logger that prints all fields of an error does not print its values.
  readonly #detail: unknown

  constructor(message: string, fields: ApiErrorFields) {
    super(message, fields.remedy, fields.cause)
    this.code = fields.code
    this.status = fields.status
    this.operation = fields.operation
    this.requestId = fields.requestId
    this.verified = fields.verified
    this.retryable = fields.retryable
    this.outcome = fields.outcome
    this.notFound = fields.notFound ?? false
    if (fields.signError) this.signError = fields.signError
    this.#detail = fields.detail
  }

  /**
   * The `detail` of the error body, unchanged (open shape: `field`, `value`, `issue`, `location`; for
   * `SIGN_ERROR` also `sign_information`). It may repeat values of the request: do not log all of
   * it.
   */
  get detail(): unknown {
    return this.#detail
  }

  toJSON(): object {
    // Neither `message` nor `remedy` is enumerable, so the spread does not copy them.
    return { ...this, message: this.message, remedy: this.remedy }
  }
}

/**
 * Whether an error is one of this project; these are passed on unchanged. Compares names, so that it
 * also works with two copies of a package.
 */
export function isTyped(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['ApiError', 'RequestError', 'SignatureError', 'ConfigurationError'].includes(error.name)
  )
}
