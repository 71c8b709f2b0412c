import { readBody, requestIdOf } from '@wechatpay-entrust/base'
import { rejectedResponse, SignatureError } from '../errors.ts'
import type { PlatformKeys } from '../keys/platform-key.ts'
import { unsignedFileRemedy } from '../signature-remedies.ts'
import type { Clock } from '../signatures/freshness.ts'
import { type VerifiedMessage, verifyMessage } from '../signatures/message-signature.ts'
import type { SignError, SignedRequest, UnauthorizedResponse } from '../signatures/sign-error.ts'
import { contentEncoding } from './content-encoding.ts'
import { createVerifiedResponse, type SigningResponse } from './verified-response.ts'

/** How to read a response. */
export interface ReadOptions {
  readonly platformKeys: PlatformKeys
  readonly clock: Clock
  readonly maxResponseBytes: number
  readonly operation: string | undefined
  readonly signal: AbortSignal | undefined
  /** Called for each response that verifies. */
  onVerified(message: VerifiedMessage): void
}

/** Reads the response body and decides whether it can be trusted. */
export async function readResponse(
  response: Response,
  sent: SignedRequest,
  options: ReadOptions,
): Promise<SigningResponse> {
  const { platformKeys, clock, maxResponseBytes, operation, signal } = options
  const { status, headers } = response
  // Not `response.ok`: a polyfill without it would turn a 2xx into an error response.
  const isSuccess = status >= 200 && status < 300
  let body: Uint8Array | undefined
  let failure: SignatureError | undefined
  let verified = false
  const encoding = contentEncoding(headers)
  if (encoding === undefined) {
    body = await readBody(response, maxResponseBytes, signal)
    if (!body) failure = tooLarge(maxResponseBytes)
  } else {
    response.body?.cancel().catch(() => {})
    failure = encoded(encoding)
  }
  if (body) {
    try {
      options.onVerified(await verifyMessage({ headers, body }, { platformKeys, clock }))
      verified = true
    } catch (error) {
      failure = asSignatureError(error)
    }
  }
  if (isSuccess && failure) {
    const requestId = requestIdOf(headers)
    const isGet = sent.method === 'GET'
    const outcome = isGet ? 'failed' : 'unknown'
    const isSigned = headers.has('wechatpay-signature')
    const isFile = isGet && body !== undefined && !isSigned && !isJson(headers)
    const remedy = isFile ? unsignedFileRemedy : undefined
    throw rejectedResponse(failure, { operation, status, requestId, outcome, remedy })
  }
  const signError =
    status === 401 && body ? await explain({ headers, body }, sent, clock) : undefined
  return createVerifiedResponse(response, { received: body, verified, signError })
}

const isJson = (headers: Headers): boolean =>
  /^application\/json/i.test(headers.get('content-type') ?? '')

const encoded = (encoding: string) =>
  new SignatureError(
    'encoded-body',
    `Content-Encoding: found ${encoding.slice(0, 32)}; expected identity, as requested.`,
  )

const tooLarge = (limit: number) =>
  new SignatureError(
    'body-too-large',
    `The response body: found more than ${limit} bytes; expected at most that many.`,
  )

/**
 * Loaded only after a 401. If loading fails, the response is returned without an explanation.
 */
async function explain(
  response: UnauthorizedResponse,
  sent: SignedRequest,
  clock: Clock,
): Promise<SignError | undefined> {
  const loaded = await import('../signatures/sign-error.ts').catch(() => undefined)
  return loaded?.explainSignError(response, sent, clock)
}

function asSignatureError(error: unknown): SignatureError {
  if (error instanceof SignatureError) return error
  throw error
}
