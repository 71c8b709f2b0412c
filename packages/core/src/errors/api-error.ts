import type { SignError } from '../call/transport.ts'
import type { operationTable } from '../generated/operation-table.ts'

type Table = typeof operationTable

/** The error codes that the spec's tables name. WeChat Pay may send others. */
export type DocumentedErrorCode = Table[keyof Table]['errors'][number]['code']

/**
 * Codes that this client gives itself, when no readable error body came:
 *
 * | code | meaning |
 * | --- | --- |
 * | `NOT_SENT` | what comes before the sending failed: `sign`, `credentials`, the first download of certificates; see `cause` |
 * | `NETWORK_ERROR` | no complete answer: the connection failed, or broke; see `outcome` and `cause` |
 * | `TIMEOUT` | the deadline passed before the whole answer was there |
 * | `UNVERIFIED_RESPONSE` | a 2xx answer whose signature nobody verified: the `fetch` given is not a signing fetch |
 * | `MALFORMED_RESPONSE` | a verified 2xx answer that is not the JSON it should be; see `cause` |
 * | `ACCEPTED` | 202: received, not carried out yet; repeat with the same parameters |
 * | `HTTP_404`, `HTTP_502`, … | another status, without a readable `code` in the body |
 */
export type LocalErrorCode =
  | 'NOT_SENT'
  | 'NETWORK_ERROR'
  | 'TIMEOUT'
  | 'UNVERIFIED_RESPONSE'
  | 'MALFORMED_RESPONSE'
  | 'ACCEPTED'
  | `HTTP_${number}`

/** A code that this version knows. */
export type KnownErrorCode = DocumentedErrorCode | LocalErrorCode

/** Open: completion offers what is known, and any other text is taken. */
export type ApiErrorCode = KnownErrorCode | (string & {})

/** What `ApiError` carries. */
export interface ApiErrorFields {
  readonly code: ApiErrorCode
  readonly operation: string
  readonly outcome: 'failed' | 'unknown'
  readonly retryable: boolean
  readonly verified: boolean
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  readonly detail?: unknown
  readonly signError?: SignError | undefined
  readonly cause?: unknown
}

/**
 * A call that gave no result: WeChat Pay refused it, or no answer that can be believed came. Switch
 * on `code`.
 *
 * `message`, `toJSON` and what `console.log` prints hold no request or answer body; `detail` is
 * reached only by its name.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /**
   * WeChat Pay's code, or one of {@link LocalErrorCode}. Completion offers those that are known;
   * any other text can come.
   */
  readonly code: ApiErrorCode
  /** HTTP status; `undefined` when no answer came. */
  readonly status: number | undefined
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  /** WeChat Pay's id of the exchange (`Request-ID`), to be quoted to its support. */
  readonly requestId: string | undefined
  /**
   * Whether the answer's signature was verified. If not, `code`, `message` and `detail` are hints
   * that anyone may have written.
   */
  readonly verified: boolean
  /** Whether the same call, with the same parameters, may be made again and can succeed. */
  readonly retryable: boolean
  /**
   * `failed`: not carried out; always so for a GET, which changes nothing. `unknown`: one of its
   * attempts may have been; find out by a query before using new parameters.
   */
  readonly outcome: 'failed' | 'unknown'
  /**
   * Only after a `SIGN_ERROR` that could be explained: what it most likely comes from. Its text is
   * part of `message`.
   */
  declare readonly signError?: SignError
  // Private, so that no logger that walks an error's fields prints the values in it.
  readonly #detail: unknown

  constructor(message: string, fields: ApiErrorFields) {
    super(message, fields.cause === undefined ? undefined : { cause: fields.cause })
    this.code = fields.code
    this.status = fields.status
    this.operation = fields.operation
    this.requestId = fields.requestId
    this.verified = fields.verified
    this.retryable = fields.retryable
    this.outcome = fields.outcome
    if (fields.signError) this.signError = fields.signError
    this.#detail = fields.detail
  }

  /**
   * The error body's `detail` as it came (open shape: `field`, `value`, `issue`, `location`; for
   * `SIGN_ERROR` also `sign_information`). It may repeat values of the request: do not log it
   * whole.
   */
  get detail(): unknown {
    return this.#detail
  }

  toJSON(): object {
    const {
      name,
      message,
      code,
      status,
      operation,
      requestId,
      verified,
      retryable,
      outcome,
      signError,
    } = this
    return {
      name,
      message,
      code,
      status,
      operation,
      requestId,
      verified,
      retryable,
      outcome,
      signError,
    }
  }
}

/**
 * Errors of this project, which pass unchanged. Known by name, so that two copies of a package
 * agree.
 */
export function isTyped(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['ApiError', 'RequestError', 'SignatureError', 'ConfigurationError'].includes(error.name)
  )
}
