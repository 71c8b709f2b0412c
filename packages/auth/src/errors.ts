import { type Remedy, RemedyError } from '@wechatpay-entrust/base'
import { probeRemedy, type SignatureErrorCode, signatureRemedies } from './signature-remedies.ts'

export type { SignatureErrorCode } from './signature-remedies.ts'

/** What is wrong with a configured value. */
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
  | 'not-a-response'
  | 'unsuitable-store'
  | 'prune-horizon'
  | 'malformed-record'
  | 'mismatched-contract'
  | 'missing-library'
  | 'malformed-p12'
  | 'wrong-password'
  | 'undecryptable-field'
  | 'malformed-name'
  | 'malformed-option'
  | 'unknown-option'
  | 'openapi-document'
  | 'unsupported-spec-version'
  | 'malformed-spec'
  | 'duplicate-operation'

/** What was found, what was expected, and what to do. Never holds the value itself. */
export interface ConfigurationFinding {
  /**
   * The name of the wrong option, as in the caller's code, e.g. `privateKey` or `publicKey.pem`.
   */
  readonly slot: string
  readonly found: string
  readonly expected: string
  /** What to do, in both languages. */
  readonly remedy: Remedy
}

/**
 * A configured value cannot be used. It is thrown where the value is passed in, before anything is
 * sent or trusted, so that a wrong configuration never looks like a wrong signature.
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
export class ConfigurationError extends RemedyError {
  override readonly name = 'ConfigurationError'
  readonly code: ConfigurationErrorCode
  readonly slot: string

  constructor(code: ConfigurationErrorCode, finding: ConfigurationFinding) {
    const { slot, found, expected, remedy } = finding
    super(`${slot}: found ${found}; expected ${expected}. ${remedy.en}`, remedy)
    this.code = code
    this.slot = slot
  }
}

export interface SignatureErrorOptions {
  readonly probe?: boolean
  readonly operation?: string | undefined
  readonly requestId?: string | undefined
  readonly status?: number | undefined
  readonly outcome?: 'failed' | 'unknown' | undefined
  /** Default: the remedy for a message of WeChat Pay with this code. */
  readonly remedy?: Remedy | undefined
  readonly cause?: unknown
}

/**
 * It is not proven that a message comes from its sender. Nothing of the message was returned or
 * used.
 *
 * If a response is rejected, WeChat Pay may still have processed the request. Query the result, or
 * repeat the request with the same parameters if the operation allows it.
 */
export class SignatureError extends RemedyError {
  override readonly name = 'SignatureError'
  readonly code: SignatureErrorCode
  /**
   * The signature begins with `WECHATPAY/SIGNTEST/`: WeChat Pay's signature probe (签名探测流量), wrong
   * on purpose. It is rejected like any wrong signature; the flag lets an alarm ignore it.
   */
  readonly probe: boolean
  /** If the message was a response: the operation of its request, if the caller named it. */
  readonly operation: string | undefined
  /** `Request-ID` of the response: quote it to WeChat Pay's support. */
  readonly requestId: string | undefined
  /** HTTP status, if the message was a response. */
  readonly status: number | undefined
  /**
   * If the message was a response: what happened to the request, in the terms of core's `ApiError`.
   * `unknown`: it may have been carried out; `failed`: it was a GET, which changes nothing.
   */
  readonly outcome: 'failed' | 'unknown' | undefined

  /** `finding` says what was found and what was expected. The remedy is added to it. */
  constructor(code: SignatureErrorCode, finding: string, options: SignatureErrorOptions = {}) {
    const { operation, probe = false } = options
    const remedy = options.remedy ?? (probe ? probeRemedy : signatureRemedies[code])
    const name = operation === undefined ? '' : `${operation}: `
    super(`${name}${finding} ${remedy.en}`, remedy, options.cause)
    this.code = code
    this.probe = probe
    this.operation = operation
    this.requestId = options.requestId
    this.status = options.status
    this.outcome = options.outcome
  }
}

/** The same rejection, with what is known of the response, and another remedy if one is given. */
export function rejectedResponse(
  { code, message, probe, remedy, cause }: SignatureError,
  response: Pick<
    SignatureErrorOptions,
    'operation' | 'requestId' | 'status' | 'outcome' | 'remedy'
  >,
): SignatureError {
  const finding = message.slice(0, message.length - (remedy as Remedy).en.length).trimEnd()
  return new SignatureError(code, finding, {
    probe,
    cause,
    ...response,
    remedy: response.remedy ?? remedy,
  })
}
