import { isRecord, parseJsonStrict, readBody, requestIdOf } from '@wechatpay-entrust/base'
import type { CallContext } from '../errors/failure.ts'
import type { ApiResponse } from './operation.ts'
import type { SignedResponse } from './transport.ts'

/** A diagnosis needs no more; whatever is longer is no error body of WeChat Pay. */
const largestErrorBody = 64 * 1024

/**
 * Queue an answer into `{ data, response, requestId }`, or throws. Nothing of a 2xx is read unless
 * its signature was verified.
 *
 * @throws {ApiError}
 */
export async function readResponse(
  response: SignedResponse,
  context: CallContext,
): Promise<ApiResponse<unknown>> {
  if (!response.ok) {
    const body = await readBody(response, largestErrorBody).catch(() => undefined)
    throw (await failures()).rejectedResponse(response, body, context)
  }
  if (response.verified !== true) {
    // The rest of the body is of no use; a failure to drop it is neither.
    response.body?.cancel().catch(() => undefined)
    throw (await failures()).unverifiedResponse(response, context)
  }
  const bytes = response.received ?? new Uint8Array(await response.arrayBuffer())
  // Only an operation has a schema that its 202 would not follow; an untyped request leaves the
  // judgement to the caller.
  if (response.status === 202 && context.id !== undefined)
    throw (await failures()).rejectedResponse(response, bytes, context)
  return {
    data: await readData(response, bytes, context),
    response,
    requestId: requestIdOf(response.headers),
  }
}

const failures = () => import('../errors/failure.ts')

async function readData(
  response: Response,
  bytes: Uint8Array,
  context: CallContext,
): Promise<unknown> {
  const isTyped = context.id !== undefined
  if (bytes.length === 0 && (response.status === 204 || !isTyped)) return undefined
  const wrong = wrongContentType(response.headers.get('content-type'))
  if (wrong !== undefined) {
    const reason = `found Content-Type ${wrong}; expected application/json in UTF-8`
    throw (await failures()).malformedResponse(response, reason, context)
  }
  let data: unknown
  try {
    data = parseJsonStrict(bytes)
  } catch (error) {
    throw (await failures()).malformedResponse(response, (error as Error).message, context, error)
  }
  if (isTyped && !isRecord(data)) {
    throw (await failures()).malformedResponse(
      response,
      'expected a JSON object, found another JSON value',
      context,
    )
  }
  return data
}

/**
 * The header is not part of what is signed, so its absence proves nothing; what it says must still
 * fit the bytes.
 */
function wrongContentType(value: string | null): string | undefined {
  if (value === null) return undefined
  const [type = '', ...parameters] = value.toLowerCase().split(';')
  const charset = parameters.map((item) => item.trim()).find((item) => item.startsWith('charset='))
  const isJson = type.trim() === 'application/json'
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  return isJson && isUtf8 ? undefined : JSON.stringify(value.slice(0, 80))
}
