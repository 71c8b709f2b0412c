import { concatBytes, utf8 } from '@wechatpay-entrust/base'
import type { RandomHex } from '../platform/random.ts'
import {
  type Draft,
  draftJson,
  isBodiless,
  type ResponseSignature,
  signResponse,
  toResponse,
} from '../requests/signed-response.ts'
import type { Fault, FaultName } from './fault.ts'
import { dripping, packed, truncated } from './fault-body.ts'

export interface FaultContext {
  readonly randomHex: RandomHex
  /** Undefined as long as the request's signature is not verified: then there is nothing to spoil. */
  readonly signature: ResponseSignature | undefined
  /** Ends a dripping body. */
  readonly signal: AbortSignal
}

const busy = { code: 'SERVICE_UNAVAILABLE', message: '服务暂时不可用，请稍后重试' }

/**
 * The response of the service, or of a gateway in front of it, that replaces the operation's own
 * response. Undefined for a fault that keeps or spoils the operation's response. Responses of a
 * gateway are unsigned.
 */
export async function replaceResponse(
  fault: Fault,
  context: FaultContext,
): Promise<Response | undefined> {
  const json = (
    status: number,
    value: object | undefined,
    isSigned: boolean,
    retryAfter?: number,
  ) =>
    draftJson(status, value, context.randomHex, isSigned ? context.signature : undefined).then(
      ({ headers, body }) =>
        toResponse({
          status,
          headers:
            retryAfter === undefined ? headers : { ...headers, 'Retry-After': String(retryAfter) },
          body,
        }),
    )
  switch (fault.name) {
    case 'connection-reset':
      return Response.error()
    case '500':
      return json(500, { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' }, true)
    case '429':
      return json(
        429,
        { code: 'RATELIMIT_EXCEEDED', message: '请求频率超过限制，请降低频率后重试' },
        true,
        fault.retry_after_seconds ?? 1,
      )
    case '202':
      return json(202, undefined, true)
    case '502':
    case '504':
      return json(Number(fault.name), busy, false)
    case '503':
      return json(503, busy, false, fault.retry_after_seconds)
    case 'html': {
      const page =
        '<!DOCTYPE html><title>Gateway</title><h1>This page comes from a gateway, not from WeChat Pay</h1>'
      return new Response(page, {
        status: fault.status ?? 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      })
    }
    case 'redirect':
      return new Response(null, {
        status: fault.status ?? 307,
        headers: { Location: fault.location ?? 'https://redirect.invalid/' },
      })
    default:
      return undefined
  }
}

/** The operation's response, spoilt. Error responses are spoilt like all others. */
export async function spoilResponse(
  fault: Fault,
  given: Draft,
  context: FaultContext,
): Promise<Response> {
  // A status without a body cannot carry a spoilt one.
  const isFilled = filling.includes(fault.name) && isBodiless(given.status)
  const draft = isFilled ? { ...given, status: 200 } : given
  const { status, headers, body } = draft
  const { signature, randomHex } = context
  const signedWith = async (changes: Parameters<typeof signResponse>[2], signed = body) =>
    toResponse(
      signature === undefined
        ? draft
        : {
            ...draft,
            headers: {
              ...headers,
              ...(await signResponse(signed, signature, { nonce: randomHex(16), ...changes })),
            },
          },
    )
  switch (fault.name) {
    case 'unsigned':
      return toResponse(draftUnsigned(draft))
    case 'wrong-signature':
      return signedWith({}, concatBytes([body, utf8(' ')]))
    case 'wrong-serial':
      return signedWith({ serialNumber: '4D4F434B00000000000000000000000000000BAD' })
    case 'stale-timestamp': {
      const age = (fault.age_seconds ?? 301) * 1000
      return signedWith({ clock: () => (signature?.clock() ?? 0) - age })
    }
    case 'signtest':
      return signedWith({ probe: true })
    case 'tampered-body':
      return toResponse({
        status,
        headers,
        body: tampered(body),
      })
    case 'truncated-body':
      return truncated(draft)
    case 'slow-drip':
      // Of an empty body there is nothing to send slowly.
      return body.length === 0
        ? toResponse(draft)
        : dripping(draft, fault.delay_ms ?? 100, context.signal)
    case 'compressed-bomb':
      return packed(draft, fault.size_bytes ?? 32 * 1024 * 1024)
    default:
      return toResponse(draft)
  }
}

/** Faults whose response has a body. */
const filling: readonly FaultName[] = ['truncated-body', 'tampered-body', 'compressed-bomb']

const tampered = (body: Uint8Array): Uint8Array =>
  utf8(
    /^\{(?!\})/.test(new TextDecoder().decode(body))
      ? new TextDecoder().decode(body).replace('{', '{"tampered":true,')
      : '{"tampered":true}',
  )

function draftUnsigned({ status, headers, body }: Draft): Draft {
  const unsigned = Object.entries(headers).filter(([name]) => !/^wechatpay-/i.test(name))
  return { status, headers: Object.fromEntries(unsigned), body }
}
