import {
  deadlinePassed,
  isUnsent,
  mask,
  printable,
  type Remedy,
  requestIdOf,
} from '@wechatpay-entrust/base'
import type { CallContext } from '../call/context.ts'
import { isTransient } from '../call/retry.ts'
import { NotAResponse, type SignedResponse } from '../call/transport.ts'
import { ApiError, type ApiErrorFields, isTyped } from './api-error.ts'
import { readErrorBody } from './error-body.ts'
import { readNetworkFailure } from './network-failure.ts'
import { personalValues } from './personal-values.ts'
import {
  documentedRemedy,
  fitsStatus,
  joinRemedies,
  localRemedies,
  sentence,
  signErrorRemedy,
  unknownOutcomeRemedy,
} from './remedies.ts'

/**
 * Converts what an attempt threw into what the caller gets: a typed error, or the `signal.reason` of
 * the caller's abort.
 */
export function asFailure(
  thrown: unknown,
  context: CallContext,
  signal: AbortSignal | undefined,
): unknown {
  if (thrown === deadlinePassed) return deadlineFailure(context)
  if (isTyped(thrown)) return thrown
  if (thrown instanceof NotAResponse) return noResponse(thrown, context)
  return signal?.aborted ? signal.reason : networkFailure(thrown, context)
}

/** The error for a status other than 2xx, or a 202. Uses the readable parts of the error body. */
export function rejectedResponse(
  response: SignedResponse,
  bytes: Uint8Array | undefined,
  context: CallContext,
): ApiError {
  const { status } = response
  const personal = personalValues(context.json, context.personalNames())
  const body = readErrorBody(bytes, personal)
  const code = body?.code ?? (status === 202 ? 'ACCEPTED' : (`HTTP_${status}` as const))
  const message = body?.message ?? describeBody(response, bytes)
  const verified = response.verified === true
  // The signature does not cover the status: a genuine body with another status proves nothing.
  const isProven = verified && body?.code !== undefined && fitsStatus(context, status, body.code)
  const signError = response.signError && {
    cause: response.signError.cause,
    message: printable(mask(response.signError.message, personal), 1024),
  }
  return failure(`HTTP ${status} ${code}: ${sentence(message)}`, context, {
    code,
    status,
    requestId: requestIdOf(response.headers),
    verified,
    detail: body?.detail,
    signError,
    outcome: status === 401 || (isProven && status < 500) ? 'failed' : 'unknown',
    notFound: isProven && isNotFound(status, code),
    retryable: isTransient(status) && context.isSafe,
    remedy: joinRemedies(
      signError && signErrorRemedy(signError),
      documentedRemedy(context, { status, code, message }) ?? otherRemedy(status, body),
    ),
  })
}

/** Some services send 403 with this code instead of 404. */
function isNotFound(status: number, code: string): boolean {
  return status === 404 || (status === 403 && code === 'CONTRACT_NOT_EXIST')
}

/** Of the statuses below 400 only a 202 and redirects are rejected. */
function otherRemedy(status: number, body: unknown): Remedy | undefined {
  if (status === 202) return localRemedies.ACCEPTED
  if (status < 400) return localRemedies.REDIRECT
  return body === undefined ? localRemedies.GATEWAY : undefined
}

/** The error for a 2xx whose signature was not verified. */
export function unverifiedResponse(response: SignedResponse, context: CallContext): ApiError {
  const text = 'the signature of the response was not verified, so the body was not read.'
  return invalidResponse('UNVERIFIED_RESPONSE', text, response, context)
}

/** The error for a `fetch` option that returned something else. */
function noResponse({ found }: NotAResponse, context: CallContext): ApiError {
  const text = `UNVERIFIED_RESPONSE: the \`fetch\` option returned ${found}; expected a Response.`
  return failure(text, context, {
    code: 'UNVERIFIED_RESPONSE',
    verified: false,
    outcome: 'unknown',
    retryable: false,
    remedy: localRemedies.UNVERIFIED_RESPONSE,
  })
}

/** The error for a verified 2xx without the expected JSON. */
export function malformedResponse(
  response: SignedResponse,
  reason: string,
  context: CallContext,
  cause?: unknown,
): ApiError {
  const text = `the verified response cannot be read: ${reason}.`
  return invalidResponse('MALFORMED_RESPONSE', text, response, context, cause)
}

/** The error for a verified 2xx that belongs to another request. */
export function mismatchedResponse(
  response: SignedResponse,
  field: string,
  found: string,
  context: CallContext,
): ApiError {
  const text = `the response belongs to another request: found ${found} as ${field}; expected the value of the request.`
  return invalidResponse('MISMATCHED_RESPONSE', text, response, context)
}

/** The error for a deadline that passed. */
function deadlineFailure(context: CallContext): ApiError {
  const text = `TIMEOUT: no complete response from ${new URL(context.url).host} within ${context.timeout} ms (option \`timeout\`).`
  return failure(text, context, {
    code: 'TIMEOUT',
    verified: false,
    outcome: 'unknown',
    retryable: context.isSafe,
    remedy: localRemedies.TIMEOUT,
  })
}

/**
 * The error for a signing fetch that failed before it sent the request (the `unsent` mark), for
 * example because an HSM was unreachable. Its message is ours; what other code threw is only the
 * `cause`, because its text may contain secrets.
 */
function unsentFailure({ message, cause }: Error, context: CallContext): ApiError {
  const text = `NOT_SENT: nothing was sent: ${sentence(message)}`
  return failure(text, context, {
    code: 'NOT_SENT',
    verified: false,
    outcome: 'failed',
    retryable: true,
    remedy: localRemedies.NOT_SENT,
    cause,
  })
}

/** The error for a fetch that failed, before or after the request was sent. */
function networkFailure(error: unknown, context: CallContext): ApiError {
  if (isUnsent(error)) return unsentFailure(error, context)
  // ky's own error holds the whole request. Its cause is the platform's error.
  const cause = error instanceof Error && error.name === 'NetworkError' ? error.cause : error
  const { isNeverSent, text, remedy } = readNetworkFailure(cause, new URL(context.url).host)
  return failure(`NETWORK_ERROR: ${text}.`, context, {
    code: 'NETWORK_ERROR',
    verified: false,
    outcome: isNeverSent ? 'failed' : 'unknown',
    retryable: isNeverSent || context.isSafe,
    remedy: joinRemedies((cause as { remedy?: Remedy } | undefined)?.remedy, localRemedies[remedy]),
    cause,
  })
}

function invalidResponse(
  code: 'UNVERIFIED_RESPONSE' | 'MALFORMED_RESPONSE' | 'MISMATCHED_RESPONSE',
  text: string,
  response: SignedResponse,
  context: CallContext,
  cause?: unknown,
): ApiError {
  return failure(`HTTP ${response.status} ${code}: ${text}`, context, {
    code,
    status: response.status,
    requestId: requestIdOf(response.headers),
    verified: response.verified === true,
    outcome: 'unknown',
    retryable: false,
    remedy: localRemedies[code],
    cause,
  })
}

/** An error with what is known of the call. */
export function failure(
  text: string,
  context: CallContext,
  given: Omit<ApiErrorFields, 'operation'>,
): ApiError {
  // A GET changes nothing, so its outcome is never unknown.
  const outcome = context.method === 'GET' ? 'failed' : context.unsure ? 'unknown' : given.outcome
  const isUnknown = outcome === 'unknown'
  const remedy = joinRemedies(given.remedy, isUnknown ? unknownOutcomeRemedy(context) : undefined)
  const parts = [
    `${context.operation}: ${text}`,
    context.attempt > 1 && `This was attempt ${context.attempt}.`,
    isUnknown && 'Whether it was carried out is unknown.',
    given.requestId !== undefined && `Request-ID ${given.requestId}.`,
    given.status !== undefined && !given.verified && 'The response is not verified.',
    remedy?.en,
  ]
  return new ApiError(parts.filter(Boolean).join(' '), {
    ...given,
    operation: context.operation,
    outcome,
    remedy,
  })
}

function describeBody(response: Response, bytes: Uint8Array | undefined): string {
  if (response.status === 202) return 'received, and not carried out yet'
  if (response.status < 400) return 'a redirect, which is never followed'
  const type = printable(response.headers.get('content-type') ?? 'no Content-Type', 256)
  return `no readable error body (${type}, ${bytes === undefined ? 'too long or broken off' : `${bytes.length} bytes`})`
}
