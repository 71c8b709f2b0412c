import {
  importApiV3Keys,
  type PlatformKeys,
  requireMchid,
  verifyMessageAtOnce,
} from '@wechatpay-entrust/auth'
import { callListener, isPending, requestIdOf } from '@wechatpay-entrust/base'
import { addMessageIds, markRejected, NotificationError } from '../errors.ts'
import { parseEnvelope } from '../message/envelope.ts'
import type { ContractNotification } from '../message/events.ts'
import { describeFailure, type NotificationListener } from '../respond/events.ts'
import { createDeadline, type Deadline } from './budget.ts'
import { checkContentHeaders, type FoundHeaders, findHeaders, requireSingle } from './headers.ts'
import { type OpenOptions, openEnvelope } from './open-notification.ts'
import { readRawBody } from './raw-body.ts'
import { type Framework, type NotificationRequest, openRequest } from './request-forms.ts'

/** The keys, merchant and limits that {@link receiveNotification} checks a notification with. */
export interface ReceiveOptions extends OpenOptions {
  /** The keys that WeChat Pay signs with, from `createPlatformKeys`. */
  readonly platformKeys: PlatformKeys
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /**
   * Your own comparison with what you stored when you pre-signed: `out_contract_code`, `openid`,
   * `service_id`. WeChat Pay requires it against false notifications (防假通知). Any result other than
   * `true` rejects the notification.
   */
  readonly expect?: ((event: ContractNotification) => boolean | Promise<boolean>) | undefined
  /** Longest body that is read, in bytes. Default 65,536; real ones have 1 to 2 kB. */
  readonly maxBytes?: number | undefined
  /**
   * Milliseconds for reading the body. Default 3,500; at most 4,500, because WeChat Pay waits 5 s
   * for the response.
   */
  readonly budgetMs?: number | undefined
  /**
   * Called for each message that was accepted, rejected or failed, with the reason, which the
   * response does not contain.
   */
  readonly onEvent?: NotificationListener | undefined
}

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
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`, `malformed-mchid`. Respond with
 * 500.
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
export function receiveNotification(
  request: NotificationRequest,
  options: ReceiveOptions,
): Promise<ContractNotification> {
  if (options.onEvent) return receiveAndReport(request, options, options.onEvent)
  return receive(request, options, {}, ({ event }) => event)
}

async function receiveAndReport(
  request: NotificationRequest,
  options: ReceiveOptions,
  onEvent: NotificationListener,
): Promise<ContractNotification> {
  const { mchid } = options
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  try {
    const received = await receive(request, options, {}, (received) => received)
    callListener(onEvent, {
      type: 'notification:accepted',
      mchid,
      ...describe(received),
      durationMs: elapsed(),
    })
    return received.event
  } catch (error) {
    callListener(onEvent, describeFailure(error, { mchid, durationMs: elapsed() }))
    throw error
  }
}

/**
 * A notification that passed every check, with the difference between the clocks and the request.
 */
export interface Received {
  readonly event: ContractNotification
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
  options: ReceiveOptions,
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

/** The fields for its event. */
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
    'There is no platform key to verify with: no download of the platform certificates has succeeded yet.',
    { cause: error },
  )
}

async function requireExpected(
  event: ContractNotification,
  expect: NonNullable<ReceiveOptions['expect']>,
): Promise<void> {
  let result: boolean
  try {
    result = await expect(event)
  } catch (cause) {
    // Wrapped, so that an error of the merchant's own query is not reported as this message's
    // fault.
    throw new NotificationError(
      'expect-failed',
      'expect threw, so nothing is known of this notification; what it threw is the cause.',
      { cause },
    )
  }
  if (result === true) return
  throw new NotificationError(
    'unexpected',
    `expect answered ${typeof result === 'boolean' ? result : `with ${typeof result}`}; only true accepts. Either the ` +
      'notification does not fit your records (假通知), or expect forgets to return its comparison.',
  )
}
