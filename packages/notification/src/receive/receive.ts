import {
  importApiV3Keys,
  type PlatformKeys,
  requireMchid,
  verifyMessageAtOnce,
} from '@wechatpay-entrust/auth'
import { describeType, isPending, requestIdOf } from '@wechatpay-entrust/base'
import type { SpecInput } from '@wechatpay-entrust/core'
import type { Framework } from '../errors/frameworks.ts'
import { addMessageIds, markRejected, NotificationError } from '../errors/notification-error.ts'
import { parseEnvelope } from '../message/envelope.ts'
import type { AnyNotification, EventTypes, NotificationOf } from '../message/events.ts'
import { createNotificationReport, describeFailure } from '../respond/events.ts'
import { createDeadline, type Deadline } from './budget.ts'
import { checkContentHeaders, type FoundHeaders, findHeaders, requireSingle } from './headers.ts'
import { openEnvelope } from './open-notification.ts'
import { requireReceiveOptions } from './option-check.ts'
import { readRawBody } from './raw-body.ts'
import type { AnyReceiveOptions, ReceiveOptions } from './receive-options.ts'
import { type NotificationRequest, openRequest } from './request-forms.ts'

/**
 * Receives a notification from WeChat Pay and returns it only if every check passes: size, headers,
 * signature over the raw bytes, age of at most 300 s in either direction, decryption, merchant, and
 * your own `expect`. Nothing is decrypted or parsed before the signature is verified.
 *
 * The same notification arrives again if your response is lost, and a copy that someone sends
 * within 300 s passes too: handle each `id` once.
 *
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 *
 * @throws {SignatureError} It is not proven that WeChat Pay sent the message. Respond with 401.
 * @throws {NotificationError} See {@link NotificationErrorCode}: 401 if the message is at fault,
 * 500 if your service is; `responseFor(error)` returns the right one.
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`. Respond with 500.
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { acceptedResponse, responseFor, receiveNotification, toResponse } from '@wechatpay-entrust/notification'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * export async function POST(request: Request): Promise<Response> {
 *   try {
 *     const event = await receiveNotification(request, { platformKeys, apiV3Key, mchid: '1900009191' })
 *     if (event.kind === 'signed') console.log(event.resource.contract_id)
 *     return toResponse(acceptedResponse)
 *   } catch (error) {
 *     return toResponse(responseFor(error))
 *   }
 * }
 * ```
 */
export async function receiveNotification<
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(
  request: NotificationRequest,
  options: ReceiveOptions<S, Names>,
): Promise<NotificationOf<S, Names>> {
  const startedAt = performance.now()
  const report = createNotificationReport(options, true)
  const about = () => ({ mchid: options?.mchid, durationMs: performance.now() - startedAt })
  try {
    requireReceiveOptions(options)
    return await receive(request, options as unknown as AnyReceiveOptions, {}, (received) => {
      report({ type: 'notification:accepted', ...describe(received), ...about() })
      return received.event as NotificationOf<S, Names>
    })
  } catch (error) {
    report(describeFailure(error, about()))
    throw error
  }
}

/**
 * A notification that passed every check, with the difference between the clocks and the request.
 */
export interface Received {
  readonly event: AnyNotification
  readonly skewSeconds: number
  readonly headers: FoundHeaders
  readonly body: Uint8Array
}

/** How to read the request: deadline, framework, and a limit for later asynchronous steps. */
export interface ReceiveSettings {
  /** For reading the body. Default: `budgetMs` from now. */
  readonly deadline?: Deadline
  readonly framework?: Framework | undefined
  /** Limits the asynchronous steps after the body is read. Default: no limit. */
  readonly limit?: <T>(work: Promise<T>) => Promise<T>
}

/**
 * The cheap checks come first: headers before the body is read, size before RSA, and nothing is
 * parsed before the signature is verified. Awaits only what is still pending, and `finish` creates
 * the result, because one more async function would cost each message one or two microseconds.
 */
export async function receive<Result>(
  request: NotificationRequest,
  options: AnyReceiveOptions,
  {
    deadline = createDeadline(options.budgetMs),
    framework,
    limit = (work) => work,
  }: ReceiveSettings,
  finish: (received: Received) => Result,
): Promise<Result> {
  const { apiV3Key, mchid, maxBytes = 65_536, platformKeys, clock = Date.now, expect } = options
  const apiV3Keys = importApiV3Keys(apiV3Key)
  requireMchid(mchid)
  const opened = openRequest(request, framework)
  const headers = findHeaders(opened)
  let notificationId: string | undefined
  try {
    requireSingle(headers, opened)
    checkContentHeaders(headers, maxBytes)
    const reading = readRawBody(opened, maxBytes, deadline)
    const body = isPending(reading) ? await reading : reading
    let skewSeconds: number
    try {
      const verifying = verifyMessageAtOnce({ headers, body }, { platformKeys, clock })
      skewSeconds = (isPending(verifying) ? await limit(verifying) : verifying).skewSeconds
    } catch (error) {
      throw markRejected(withoutKeys(error, platformKeys))
    }
    const envelope = parseEnvelope(body)
    notificationId = envelope.id
    const opening = openEnvelope(envelope, apiV3Keys, options)
    const event = isPending(opening) ? await limit(opening) : opening
    if (expect) await limit(requireExpected(event, expect))
    return finish({ event, skewSeconds, headers, body })
  } catch (error) {
    throw addMessageIds(error, { requestId: requestIdOf(headers), notificationId })
  }
}

/** The fields for its event, except `mchid` and `durationMs`. */
export function describe({
  event: { id, event_type: eventType, kind },
  skewSeconds,
  headers,
}: Received) {
  return { id, eventType, kind, skewSeconds, requestId: requestIdOf(headers) }
}

/** Without any key, an unknown serial number is not the message's fault. */
function withoutKeys(error: unknown, { serials }: PlatformKeys): unknown {
  if ((error as { code?: unknown } | undefined)?.code !== 'unknown-serial' || serials.length > 0)
    return error
  return new NotificationError(
    'no-platform-keys',
    'platformKeys: found no key to verify with, as no download of the platform certificates has succeeded yet; expected at least one.',
    { cause: error },
  )
}

async function requireExpected(
  event: AnyNotification,
  expect: NonNullable<AnyReceiveOptions['expect']>,
): Promise<void> {
  let result: boolean
  try {
    result = await expect(event)
  } catch (cause) {
    // Wrapped, so that an error of the merchant's own query is not reported as this message's
    // fault.
    throw new NotificationError(
      'expect-failed',
      'expect: it threw an error; expected true or false.',
      { cause },
    )
  }
  if (result === true) return
  throw new NotificationError(
    'unexpected',
    `expect: it returned ${typeof result === 'boolean' ? result : describeType(result)}; expected true.`,
  )
}
