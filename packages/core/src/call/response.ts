import { isRecord, member, parseJsonStrict, readBody, requestIdOf } from '@wechatpay-entrust/base'
import type * as Failures from '../errors/failure.ts'
import type { JsonSchema } from '../schema/json-schema.ts'
import { type Definitions, resolveSchema, typesOf } from '../schema/prepared-schema.ts'
import type { CallContext } from './context.ts'
import type { ApiResponse } from './operation.ts'
import type { SignedResponse } from './transport.ts'

/** In bytes. Error bodies of WeChat Pay are much shorter. */
const largestErrorBody = 64 * 1024

/**
 * Turns a response into `{ data, response, requestId }`, or throws. The body of a 2xx is read only
 * if its signature was verified.
 *
 * @throws {ApiError}
 */
export async function readResponse(
  response: SignedResponse,
  context: CallContext,
  failures: typeof Failures,
): Promise<ApiResponse<unknown>> {
  if (!response.ok) {
    const body = await readBody(response, largestErrorBody).catch(() => undefined)
    throw failures.rejectedResponse(response, body, context)
  }
  if (response.verified !== true) {
    // The body is not needed, and a failure to cancel it does not matter.
    response.body?.cancel().catch(() => undefined)
    throw failures.unverifiedResponse(response, context)
  }
  const bytes = response.received ?? new Uint8Array(await response.arrayBuffer())
  // Unless it is the documented success, a 202 is no result. For an untyped request the caller
  // decides what it means.
  const { spec } = context
  if (response.status === 202 && spec !== undefined && spec.status !== 202)
    throw failures.rejectedResponse(response, bytes, context)
  const data = readData(response, bytes, context, failures)
  requireEcho(data, response, context, failures)
  return {
    data,
    response,
    requestId: requestIdOf(response.headers),
  }
}

/**
 * A genuine response to another request has a valid signature too. Where the spec says that a
 * response repeats a field, it must be equal as text: WeChat Pay writes some numbers as text.
 */
function requireEcho(
  data: unknown,
  response: SignedResponse,
  context: CallContext,
  { mismatchedResponse }: typeof Failures,
): void {
  // An empty 204 has nothing to compare.
  if (data === undefined) return
  for (const [field, sent] of context.echo) {
    const received = member(data, field)
    if (isText(received) && String(received) === String(sent)) continue
    const found =
      received === undefined ? 'nothing' : isText(received) ? 'another value' : 'no text'
    throw mismatchedResponse(response, field, found, context)
  }
}

const isText = (value: unknown) => typeof value === 'string' || typeof value === 'number'

function readData(
  response: Response,
  bytes: Uint8Array,
  context: CallContext,
  { malformedResponse }: typeof Failures,
): unknown {
  const { spec } = context
  const isExpected = spec?.response !== undefined
  if (bytes.length === 0 && (response.status === 204 || !isExpected)) return undefined
  const wrong = wrongContentType(response.headers.get('content-type'))
  if (wrong !== undefined) {
    const reason = `found Content-Type ${wrong}; expected application/json in UTF-8`
    throw malformedResponse(response, reason, context)
  }
  let data: unknown
  try {
    data = parseJsonStrict(bytes)
  } catch (error) {
    throw malformedResponse(response, (error as Error).message, context, error)
  }
  const kind = spec?.response && kindOf(spec.response, spec.definitions)
  if (kind === undefined || (kind === 'array' ? Array.isArray(data) : isRecord(data))) return data
  const reason = `expected a JSON ${kind}, found another JSON value`
  throw malformedResponse(response, reason, context)
}

/** What the schema says that the whole response is; undefined: any JSON value. */
function kindOf(given: JsonSchema, definitions: Definitions): 'object' | 'array' | undefined {
  const schema = resolveSchema(given, definitions)
  const types = typesOf(schema)
  if (types !== undefined)
    return types.length === 1 ? kinds.find((kind) => kind === types[0]) : undefined
  if (schema.properties !== undefined) return 'object'
  for (const part of schema.allOf ?? []) {
    const kind = kindOf(part, definitions)
    if (kind !== undefined) return kind
  }
  return undefined
}

const kinds = ['object', 'array'] as const

/**
 * The header is not signed, so a missing one is accepted; a wrong one is not, because the body must
 * be JSON in UTF-8.
 */
function wrongContentType(value: string | null): string | undefined {
  if (value === null) return undefined
  const [type = '', ...parameters] = value.toLowerCase().split(';')
  const charset = parameters.map((item) => item.trim()).find((item) => item.startsWith('charset='))
  const isJson = type.trim() === 'application/json'
  const isUtf8 = charset === undefined || /^charset="?utf-8"?$/.test(charset)
  return isJson && isUtf8 ? undefined : JSON.stringify(value.slice(0, 80))
}
