/** What is wrong with a value that the integrator configured. */
export type ConfigurationErrorCode =
  | 'not-text'
  | 'not-pem'
  | 'wrong-kind'
  | 'encrypted-key'
  | 'malformed-key'
  | 'not-rsa'
  | 'weak-key'
  | 'malformed-mchid'
  | 'mismatched-mchid'
  | 'malformed-serial-number'
  | 'mismatched-serial-number'
  | 'mismatched-certificate'
  | 'unusable-key'
  | 'malformed-public-key-id'
  | 'malformed-api-v3-key'
  | 'wrong-api-v3-key'
  | 'malformed-base-url'
  | 'duplicate-key'
  | 'no-platform-key'
  | 'certificates-unavailable'
  | 'mock-keys'
  | 'unsupported-body'
  | 'unsuitable-store'
  | 'prune-horizon'
  | 'missing-library'
  | 'malformed-p12'
  | 'wrong-password'
  | 'undecryptable-field'
  | 'malformed-name'
  | 'malformed-option'
  | 'unknown-option'

/** What was given, what belongs there, and what to do about it. Never holds the value itself. */
export interface ConfigurationFinding {
  /** The option at fault, as the caller wrote it, e.g. `privateKey` or `publicKey.pem`. */
  readonly slot: string
  readonly found: string
  readonly expected: string
  readonly fix: string
}

/**
 * A value given by the integrator cannot be used. It is thrown where the value is given, before
 * anything is sent or trusted, so that a wrong configuration never looks like a wrong signature.
 *
 * @example
 * ```ts
 * import { ConfigurationError, createCredentials } from '@wechatpay-entrust/auth'
 *
 * try {
 *   createCredentials({ mchid: '1900009191', serialNumber: '3D7A1F0C', privateKey: 'apiclient_key.pem' })
 * } catch (error) {
 *   if (error instanceof ConfigurationError) console.error(error.slot, error.code, error.message)
 * }
 * ```
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code: ConfigurationErrorCode
  readonly slot: string

  constructor(code: ConfigurationErrorCode, { slot, found, expected, fix }: ConfigurationFinding) {
    super(`${slot}: found ${found}; expected ${expected}. ${fix}`)
    this.code = code
    this.slot = slot
  }
}

/** Why a message is not accepted as genuine. */
export type SignatureErrorCode =
  | 'missing-header'
  | 'malformed-header'
  | 'unsupported-signature-type'
  | 'stale-timestamp'
  | 'unknown-serial'
  | 'expired-certificate'
  | 'malformed-certificates'
  | 'malformed-signature'
  | 'mismatch'
  | 'encoded-body'
  | 'body-too-large'

export interface SignatureErrorOptions {
  readonly probe?: boolean
  readonly requestId?: string | undefined
  readonly status?: number | undefined
  readonly outcome?: 'failed' | 'unknown' | undefined
  readonly cause?: unknown
}

/**
 * A message is not proven to come from whom it names: nothing of it was returned or acted upon.
 *
 * After a refused answer the request itself may have been processed; ask for the outcome by a
 * query, or repeat the request with the same parameters where the operation allows it.
 */
export class SignatureError extends Error {
  override readonly name = 'SignatureError'
  readonly code: SignatureErrorCode
  /**
   * The signature begins with `WECHATPAY/SIGNTEST/`: WeChat Pay's signature probe (签名探测流量), wrong
   * on purpose. It is refused like any other; the flag lets an alarm ignore it.
   */
  readonly probe: boolean
  /** `Request-ID` of the answer, to be quoted to WeChat Pay's support. */
  readonly requestId: string | undefined
  /** HTTP status of the answer, where the message was an answer. */
  readonly status: number | undefined
  /**
   * Where the message was an answer: what became of the request, in the words of core's `ApiError`.
   * `unknown`: it may have been carried out; `failed`: it was a GET, which changes nothing.
   */
  readonly outcome: 'failed' | 'unknown' | undefined

  constructor(code: SignatureErrorCode, message: string, options: SignatureErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.probe = options.probe ?? false
    this.requestId = options.requestId
    this.status = options.status
    this.outcome = options.outcome
  }
}
