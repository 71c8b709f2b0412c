import {
  importApiV3Keys,
  type PlatformKeys,
  requireMchid,
  verifyMessageAtOnce,
} from '@wechatpay-entrust/auth'
import { callListener, isPending } from '@wechatpay-entrust/base'
import { addMessageIds, markRejected, NotificationError } from '../errors.ts'
import { parseEnvelope } from '../message/envelope.ts'
import type { ContractNotification } from '../message/events.ts'
import { describeFailure, type NotificationListener } from '../respond/events.ts'
import { createDeadline, type Deadline } from './budget.ts'
import {
  checkContentHeaders,
  type FoundHeaders,
  findHeaders,
  readRequestId,
  requireSingle,
} from './headers.ts'
import { type OpenOptions, openEnvelope } from './open-notification.ts'
import { readRawBody } from './raw-body.ts'
import { type Framework, type NotificationRequest, openRequest } from './request-forms.ts'

/** What {@link receiveNotification} checks a notification against. */
export interface ReceiveOptions extends OpenOptions {
  /** The keys that WeChat Pay signs with, from `createPlatformKeys`. */
  readonly platformKeys: PlatformKeys
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /**
   * Your own comparison against what you stored when you pre-signed: `out_contract_code`, `openid`,
   * `service_id`. WeChat Pay asks for it against false notifications (防假通知). Anything but `true`
   * refuses the notification.
   */
  readonly expect?: ((event: ContractNotification) => boolean | Promise<boolean>) | undefined
  /** Longest body that is read, in bytes. Default 65,536; real ones have 1 to 2 kB. */
  readonly maxBytes?: number | undefined
  /**
   * Milliseconds until the body must be there. Default 3,500; at most 4,500, as WeChat Pay waits 5
   * s for the answer.
   */
  readonly budgetMs?: number | undefined
  /**
   * Hears of each message that was accepted, refused or failed, with the reason that the answer
   * does not give.
   */
  readonly onEvent?: NotificationListener | undefined
}

/**
 * Takes a notification from WeChat Pay and returns it only if all of it holds: size, headers,
 * signature over the raw bytes, age of at most 300 s either way, seal, merchant, and your own
 * `expect`. Nothing is opened or parsed before the signature held.
 *
 * The same notification comes again when your answer is lost, and a copy sent within 300 s passes
 * as well: act on each `id` once.
 *
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 *
 * @throws {SignatureError} The message is not proven to be WeChat Pay's. Answer 401.
 * @throws {NotificationError} See {@link NotificationErrorCode}: 401 for what is the message's
 * fault, 500 for your own; `responseFor(error)` knows which.
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`, `malformed-mchid`. Answer 500.
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
  if (options.onEvent) return receiveAndTell(request, options, options.onEvent)
  return receive(request, options, {}, ({ event }) => event)
}

async function receiveAndTell(
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

/** A notification that passed every check, how far its clock is from ours, and what it came as. */
export interface Received {
  readonly event: ContractNotification
  readonly skewSeconds: number
  readonly headers: FoundHeaders
  readonly body: Uint8Array
}

/** Of whom a request is read, and until when. */
export interface ReceiveSettings {
  /** Of the body. Default: `budgetMs` from now. */
  readonly deadline?: Deadline
  readonly framework?: Framework | undefined
  /** Ends what has to be waited for once the body is there. Default: nothing does. */
  readonly limit?: <T>(work: Promise<T>) => Promise<T>
}

/**
 * The cheap checks come first: what the headers alone can refuse costs no reading, what the size
 * can refuse no RSA, and nothing is parsed before the signature held. Nothing is awaited that is
 * there, and `finish` makes the result: one more function that awaits this one would cost each
 * message a microsecond or two.
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
    throw addMessageIds(error, { requestId: readRequestId(headers), notificationId })
  }
}

/** What a listener hears of it. */
export function describe({
  event: { id, event_type: eventType, kind },
  skewSeconds,
  headers,
}: Received) {
  return { id, eventType, kind, skewSeconds, requestId: readRequestId(headers) }
}

/** Who has no key at all cannot say that the message names a wrong one. */
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
  let answer: boolean
  try {
    answer = await expect(event)
  } catch (cause) {
    // Wrapped, so that an error of a query made in there is not taken for one of this message.
    throw new NotificationError(
      'expect-failed',
      'expect threw, so nothing is known of this notification; what it threw is the cause.',
      { cause },
    )
  }
  if (answer === true) return
  throw new NotificationError(
    'unexpected',
    `expect answered ${typeof answer === 'boolean' ? answer : `with ${typeof answer}`}; only true accepts. Either the ` +
      'notification does not fit your records (假通知), or expect forgets to return its comparison.',
  )
}
