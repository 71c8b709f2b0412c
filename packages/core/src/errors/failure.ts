/**
 * What makes an error of a failure, with the texts of the spec: loaded when the first call fails,
 * for most never do.
 */
import { deadlinePassed, isUnsent, mask, printable, requestIdOf } from '@wechatpay-entrust/base'
import type { OperationError, OperationId } from '../call/operation.ts'
import { isPassing } from '../call/retry.ts'
import type { SignedResponse } from '../call/transport.ts'
import { operationTable } from '../generated/operation-table.ts'
import { ApiError, type ApiErrorFields, isTyped } from './api-error.ts'
import { readErrorBody } from './error-body.ts'
import { personalValues } from './personal-values.ts'

/** What a failure's text and fields need to know about the call. */
export interface CallContext {
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  readonly method: string
  /** The operation's id; `undefined` for an untyped request. */
  readonly id: OperationId | undefined
  /**
   * The request's body: a server that repeats a personal value of it in its text must not bring
   * that into a log.
   */
  readonly json: unknown
  /** Deadline in milliseconds. */
  readonly timeout: number
  /** Whether a repeat with the same parameters does nothing twice. */
  readonly isSafe: boolean
  /** The attempt under way, from 1. */
  attempt: number
  /** Whether an earlier attempt may have been carried out. */
  unsure: boolean
}

/** Codes of a connection that could not be made; the request was certainly never sent. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|\w*PROTOCOL_VERSION|\w*HANDSHAKE_FAILURE|\w*UNRECOGNIZED_NAME))$/

/**
 * Node's words for a connection that ended inside the TLS handshake; its code is that of any reset.
 */
const beforeTls = 'Client network socket disconnected before secure TLS connection was established'

/**
 * Whatever an attempt ended with, as what the caller gets: a typed error, or the very reason that
 * he aborted with.
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

/** A status other than 2xx, or a 202: the error body is used as far as it can be read. */
export function rejectedResponse(
  response: SignedResponse,
  bytes: Uint8Array | undefined,
  context: CallContext,
): ApiError {
  const { status } = response
  const body = readErrorBody(bytes, personalValues(context.json))
  const code = body?.code ?? (status === 202 ? 'ACCEPTED' : (`HTTP_${status}` as const))
  const row = findRow(context.id, status, code)
  const said = body?.message ?? describeBody(response, bytes)
  const remedy = row === undefined ? '' : remedyOf(row, context)
  const signError = response.signError && {
    cause: response.signError.cause,
    message: printable(mask(response.signError.message, personalValues(context.json)), 1024),
  }
  const diagnosis = signError === undefined ? '' : ` ${sentence(signError.message)}`
  return failure(`HTTP ${status} ${code}: ${sentence(said)}${diagnosis}${remedy}`, context, {
    code,
    status,
    requestId: requestIdOf(response.headers),
    verified: response.verified === true,
    detail: body?.detail,
    signError,
    outcome: status >= 500 || status === 202 ? 'unknown' : 'failed',
    retryable: isPassing(status) && context.isSafe,
  })
}

/** A 2xx of which nobody says that its signature was verified. */
export function unverifiedResponse(response: SignedResponse, context: CallContext): ApiError {
  const text =
    'an answer came whose signature was not verified, and nothing of it was read. Give createClient the function that createSigningFetch of @wechatpay-entrust/auth makes, and let nothing between them copy the Response.'
  return answered('UNVERIFIED_RESPONSE', text, response, context)
}

/** A verified 2xx that is not what it should be. */
export function malformedResponse(
  response: SignedResponse,
  reason: string,
  context: CallContext,
  cause?: unknown,
): ApiError {
  return answered(
    'MALFORMED_RESPONSE',
    `the verified answer cannot be read: ${reason}.`,
    response,
    context,
    cause,
  )
}

/** The deadline passed. */
function deadlineFailure(context: CallContext): ApiError {
  const text = `TIMEOUT: no complete answer within ${context.timeout} ms (option \`timeout\`).`
  return failure(text, context, {
    code: 'TIMEOUT',
    verified: false,
    outcome: 'unknown',
    retryable: context.isSafe,
  })
}

/**
 * The signing fetch says by `unsent` that it failed before it sent anything, as with an HSM that is
 * out of reach. Its words are ours; what foreign code threw is only the cause, as its text may say
 * anything.
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

/** The fetch failed, before or after the request was sent. */
function networkFailure(error: unknown, context: CallContext): ApiError {
  if (isUnsent(error)) return unsentFailure(error, context)
  // ky's own error carries the whole request; the platform's error below it says what happened.
  const cause = error instanceof Error && error.name === 'NetworkError' ? error.cause : error
  const { code: reason, syscall, message } = systemError(cause) ?? {}
  // A route that is lost while the answer is awaited has the codes of one that never was.
  const isNeverSent =
    syscall === 'connect' ||
    message === beforeTls ||
    (reason !== undefined && neverSent.test(reason) && syscall !== 'read' && syscall !== 'write')
  const text = `NETWORK_ERROR: ${isNeverSent ? 'no connection could be made' : 'the connection broke before a complete answer was there'}${reason === undefined ? '' : ` (${reason})`}.`
  return failure(text, context, {
    code: 'NETWORK_ERROR',
    verified: false,
    outcome: isNeverSent ? 'failed' : 'unknown',
    retryable: isNeverSent || context.isSafe,
    cause,
  })
}

function answered(
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
  // A read changes nothing, so there is nothing to be unsure about.
  const outcome = context.method === 'GET' ? 'failed' : context.unsure ? 'unknown' : given.outcome
  const count = context.attempt > 1 ? ` This was attempt ${context.attempt}.` : ''
  const unsure =
    outcome === 'unknown' ? ` Whether it was carried out is unknown: ${adviceFor(context)}.` : ''
  const id = given.requestId === undefined ? '' : ` Request-ID ${given.requestId}.`
  const trust = given.status !== undefined && !given.verified ? ' The answer is not verified.' : ''
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

/** The spec's row for a code. From 429 on the status alone says what to do. */
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
  if (!isPassing(status) || context.isSafe)
    return ` ${sentence(remedyEn)} 解决方案：${remedyZh.replace(/。$/, '')}。`
  // The row says to repeat, which is not for an operation that may do something twice:
  // docs/decisions/0009-retries.md.
  const slower = status === 429 ? ` Slow down; ${adviceFor(context)}.` : ''
  return `${slower} 解决方案：请先查询签约结果，再决定是否重新调用。`
}

function describeBody(response: Response, bytes: Uint8Array | undefined): string {
  if (response.status === 202) return 'received, and not carried out yet'
  if (response.status >= 300 && response.status < 400)
    return 'a redirect, which is never followed; check `baseUrl` and what stands between'
  const type = printable(response.headers.get('content-type') ?? 'no Content-Type', 256)
  return `no readable error body (${type}, ${bytes === undefined ? 'too long or broken off' : `${bytes.length} bytes`})`
}

interface SystemError {
  readonly code: string
  readonly syscall: unknown
  readonly message: string
}

/** Node puts the system's code on the cause of fetch's TypeError, or on the error itself. */
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
