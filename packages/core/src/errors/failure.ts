import { deadlinePassed, isUnsent, mask, printable, requestIdOf } from '@wechatpay-entrust/base'
import type { OperationError, OperationId } from '../call/operation.ts'
import { isTransient } from '../call/retry.ts'
import type { SignedResponse } from '../call/transport.ts'
import { operationTable } from '../generated/operation-table.ts'
import { ApiError, type ApiErrorFields, isTyped } from './api-error.ts'
import { readErrorBody } from './error-body.ts'
import { personalValues } from './personal-values.ts'

/** The facts about a call that an error needs. */
export interface CallContext {
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  readonly method: string
  /** The operation's id; `undefined` for an untyped request. */
  readonly id: OperationId | undefined
  /** The request's body: its personal values are masked in the text of the server. */
  readonly json: unknown
  /** Deadline in milliseconds. */
  readonly timeout: number
  /** Whether repeating the call with the same parameters has no second effect. */
  readonly isSafe: boolean
  /** The current attempt, from 1. */
  attempt: number
  /** Whether an earlier attempt may have been carried out. */
  unsure: boolean
}

/** Codes of a connection that could not be established: the request was certainly not sent. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|\w*PROTOCOL_VERSION|\w*HANDSHAKE_FAILURE|\w*UNRECOGNIZED_NAME))$/

/** Node's message for a connection that ended during the TLS handshake; its code is ECONNRESET. */
const beforeTls = 'Client network socket disconnected before secure TLS connection was established'

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
  return signal?.aborted ? signal.reason : networkFailure(thrown, context)
}

/** The error for a status other than 2xx, or a 202. Uses the readable parts of the error body. */
export function rejectedResponse(
  response: SignedResponse,
  bytes: Uint8Array | undefined,
  context: CallContext,
): ApiError {
  const { status } = response
  const body = readErrorBody(bytes, personalValues(context.json))
  const code = body?.code ?? (status === 202 ? 'ACCEPTED' : (`HTTP_${status}` as const))
  const row = findRow(context.id, status, code)
  const description = body?.message ?? describeBody(response, bytes)
  const remedy = row === undefined ? '' : remedyOf(row, context)
  const signError = response.signError && {
    cause: response.signError.cause,
    message: printable(mask(response.signError.message, personalValues(context.json)), 1024),
  }
  const diagnosis = signError === undefined ? '' : ` ${sentence(signError.message)}`
  return failure(`HTTP ${status} ${code}: ${sentence(description)}${diagnosis}${remedy}`, context, {
    code,
    status,
    requestId: requestIdOf(response.headers),
    verified: response.verified === true,
    detail: body?.detail,
    signError,
    outcome: status >= 500 || status === 202 ? 'unknown' : 'failed',
    retryable: isTransient(status) && context.isSafe,
  })
}

/** The error for a 2xx whose signature was not verified. */
export function unverifiedResponse(response: SignedResponse, context: CallContext): ApiError {
  const text =
    'the signature of the response was not verified, so the body was not read. Give createClient the function that createSigningFetch of @wechatpay-entrust/auth makes, and let nothing between them copy the Response.'
  return invalidResponse('UNVERIFIED_RESPONSE', text, response, context)
}

/** The error for a verified 2xx without the expected JSON. */
export function malformedResponse(
  response: SignedResponse,
  reason: string,
  context: CallContext,
  cause?: unknown,
): ApiError {
  return invalidResponse(
    'MALFORMED_RESPONSE',
    `the verified response cannot be read: ${reason}.`,
    response,
    context,
    cause,
  )
}

/** The error for a deadline that passed. */
function deadlineFailure(context: CallContext): ApiError {
  const text = `TIMEOUT: no complete response within ${context.timeout} ms (option \`timeout\`).`
  return failure(text, context, {
    code: 'TIMEOUT',
    verified: false,
    outcome: 'unknown',
    retryable: context.isSafe,
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
    cause,
  })
}

/** The error for a fetch that failed, before or after the request was sent. */
function networkFailure(error: unknown, context: CallContext): ApiError {
  if (isUnsent(error)) return unsentFailure(error, context)
  // ky's own error holds the whole request. Its cause is the platform's error.
  const cause = error instanceof Error && error.name === 'NetworkError' ? error.cause : error
  const { code: reason, syscall, message } = systemError(cause) ?? {}
  // The codes of an unreachable route also occur after the request was sent; `syscall` tells which.
  const isNeverSent =
    syscall === 'connect' ||
    message === beforeTls ||
    (reason !== undefined && neverSent.test(reason) && syscall !== 'read' && syscall !== 'write')
  const text = `NETWORK_ERROR: ${isNeverSent ? 'no connection could be made' : 'the connection broke before the response was complete'}${reason === undefined ? '' : ` (${reason})`}.`
  return failure(text, context, {
    code: 'NETWORK_ERROR',
    verified: false,
    outcome: isNeverSent ? 'failed' : 'unknown',
    retryable: isNeverSent || context.isSafe,
    cause,
  })
}

function invalidResponse(
  code: 'UNVERIFIED_RESPONSE' | 'MALFORMED_RESPONSE',
  text: string,
  response: SignedResponse,
  context: CallContext,
  cause?: unknown,
): ApiError {
  const verified = response.verified === true
  const requestId = requestIdOf(response.headers)
  return failure(`HTTP ${response.status} ${code}: ${text}`, context, {
    code,
    status: response.status,
    requestId,
    verified,
    outcome: 'unknown',
    retryable: false,
    cause,
  })
}

function failure(
  text: string,
  context: CallContext,
  given: Omit<ApiErrorFields, 'operation'>,
): ApiError {
  // A GET changes nothing, so its outcome is never unknown.
  const outcome = context.method === 'GET' ? 'failed' : context.unsure ? 'unknown' : given.outcome
  const count = context.attempt > 1 ? ` This was attempt ${context.attempt}.` : ''
  const unsure =
    outcome === 'unknown' ? ` Whether it was carried out is unknown: ${adviceFor(context)}.` : ''
  const id = given.requestId === undefined ? '' : ` Request-ID ${given.requestId}.`
  const trust =
    given.status !== undefined && !given.verified ? ' The response is not verified.' : ''
  return new ApiError(`${context.operation}: ${text}${count}${unsure}${id}${trust}`, {
    ...given,
    operation: context.operation,
    outcome,
  })
}

function adviceFor({ id, isSafe }: CallContext): string {
  if (id === undefined) return 'query what it was to change before you decide'
  const query = 'query the contract by service_id and out_contract_code'
  return isSafe
    ? `repeat it with exactly the same parameters, or ${query}, before taking a new out_contract_code`
    : `${query} first, then decide`
}

/** The spec's row for a code. From 429 on the status alone decides what to do. */
function findRow(
  id: OperationId | undefined,
  status: number,
  code: string,
): OperationError | undefined {
  const documented: readonly OperationError[] = id === undefined ? [] : operationTable[id].errors
  const rows = documented.filter((row) => row.status === status)
  return rows.find((row) => row.code === code) ?? (status >= 429 ? rows[0] : undefined)
}

function remedyOf({ status, remedyEn, remedyZh }: OperationError, context: CallContext): string {
  if (!isTransient(status) || context.isSafe)
    return ` ${sentence(remedyEn)} 解决方案：${remedyZh.replace(/。$/, '')}。`
  // The row advises to repeat, which is wrong for an unsafe operation: docs/decisions/0009-retries.md.
  const slower = status === 429 ? ` Slow down; ${adviceFor(context)}.` : ''
  return `${slower} 解决方案：请先查询签约结果，再决定是否重新调用。`
}

function describeBody(response: Response, bytes: Uint8Array | undefined): string {
  if (response.status === 202) return 'received, and not carried out yet'
  if (response.status >= 300 && response.status < 400)
    return 'a redirect, which is never followed; check `baseUrl` and any proxy in between'
  const type = printable(response.headers.get('content-type') ?? 'no Content-Type', 256)
  return `no readable error body (${type}, ${bytes === undefined ? 'too long or broken off' : `${bytes.length} bytes`})`
}

interface SystemError {
  readonly code: string
  readonly syscall: unknown
  readonly message: string
}

/** Node sets the system's code on the cause of fetch's TypeError, or on the error itself. */
function systemError(error: unknown): SystemError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    const { code, syscall, message } = at as Error & { code?: unknown; syscall?: unknown }
    if (typeof code === 'string' && /^\w{1,64}$/.test(code)) return { code, syscall, message }
  }
  return undefined
}

function sentence(text: string): string {
  return /[.。!！?？]$/.test(text) ? text : `${text}.`
}
