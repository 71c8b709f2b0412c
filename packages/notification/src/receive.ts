import { type PlatformKeys, requireMchid, verifyMessage } from '@wechatpay-entrust/auth'
import { importApiV3Keys } from './api-v3-keys.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import { locate, markRefused, NotificationError } from './errors.ts'
import type { ContractNotification } from './events.ts'
import { checkContentHeaders, type DecidingHeaders, findHeaders, readHeaders, readRequestId } from './headers.ts'
import { describeFailure, emit, type NotificationListener } from './observe.ts'
import { type OpenOptions, openNotification } from './open-notification.ts'
import { readRawBody } from './raw-body.ts'
import { type Framework, type NotificationRequest, openRequest } from './request-forms.ts'

/** What {@link receiveNotification} checks a notification against. */
export interface ReceiveOptions extends OpenOptions {
  /** The keys that WeChat Pay signs with, from `createPlatformKeys`. */
  readonly platformKeys: PlatformKeys
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /**
   * Your own comparison against what you stored when you pre-signed: `out_contract_code`, `openid`, `service_id`. WeChat
   * Pay asks for it against false notifications (防假通知). Anything but `true` refuses the notification.
   */
  readonly expect?: ((event: ContractNotification) => boolean | Promise<boolean>) | undefined
  /** Longest body that is read, in bytes. Default 65,536; real ones have 1 to 2 kB. */
  readonly maxBytes?: number | undefined
  /** Milliseconds until the body must be there. Default 3,500; at most 4,500, as WeChat Pay waits 5 s for the answer. */
  readonly budgetMs?: number | undefined
  /** Hears of each message that was accepted, refused or failed, with the reason that the answer does not give. */
  readonly onEvent?: NotificationListener | undefined
}

/**
 * Takes a notification from WeChat Pay and returns it only if all of it holds: size, headers, signature over the raw
 * bytes, age of at most 300 s either way, seal, merchant, and your own `expect`. Nothing is opened or parsed before the
 * signature held.
 *
 * The same notification comes again when your answer is lost, and a copy sent within 300 s passes as well: act on each
 * `id` once.
 *
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 *
 * @throws {SignatureError} The message is not proven to be WeChat Pay's. Answer 401.
 * @throws {NotificationError} See {@link NotificationErrorCode}: 401 for what is the message's fault, 500 for your own;
 *   `answerFor(error)` knows which.
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`, `malformed-mchid`. Answer 500.
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { acceptedAnswer, answerFor, receiveNotification, toResponse } from '@wechatpay-entrust/notification'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * export async function POST(request: Request): Promise<Response> {
 *   try {
 *     const event = await receiveNotification(request, { platformKeys, apiV3Key, mchid: '1900009191' })
 *     if (event.kind === 'signed') console.log(event.resource.contract_id)
 *     return toResponse(acceptedAnswer)
 *   } catch (error) {
 *     return toResponse(answerFor(error))
 *   }
 * }
 * ```
 */
export async function receiveNotification(
  request: NotificationRequest,
  options: ReceiveOptions,
): Promise<ContractNotification> {
  const { mchid, budgetMs, onEvent } = options
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  try {
    const message = await readMessage(request, options, createDeadline(budgetMs))
    const { event, skewSeconds } = await judge(message, options)
    if (onEvent) {
      const { id, event_type: eventType, kind } = event
      const about = { id, mchid, eventType, kind, skewSeconds, requestId: message.requestId, durationMs: elapsed() }
      emit(onEvent, { type: 'notification:accepted', ...about })
    }
    return event
  } catch (error) {
    emit(onEvent, describeFailure(error, { mchid, durationMs: elapsed() }))
    throw error
  }
}

/** A message with its body in hand, of which nothing is proven yet. */
export interface ReadMessage {
  readonly headers: DecidingHeaders
  readonly body: Uint8Array
  readonly requestId: string | undefined
}

/** Cheap checks first: what the headers alone can refuse costs no reading, and what the size can refuse no RSA. */
export async function readMessage(
  request: NotificationRequest,
  { mchid, apiV3Key, maxBytes = 65_536 }: Pick<ReceiveOptions, 'mchid' | 'apiV3Key' | 'maxBytes'>,
  deadline: Deadline,
  framework?: Framework,
): Promise<ReadMessage> {
  importApiV3Keys(apiV3Key)
  requireMchid(mchid)
  const opened = openRequest(request, framework)
  const found = findHeaders(opened)
  const requestId = readRequestId(found)
  try {
    const headers = readHeaders(found, opened)
    checkContentHeaders(headers, maxBytes)
    return { headers, body: await readRawBody(opened, maxBytes, deadline), requestId }
  } catch (error) {
    throw locate(error, { requestId })
  }
}

/** A notification that passed every check, and how far its clock is from ours. */
export interface Judged {
  readonly event: ContractNotification
  readonly skewSeconds: number
}

/** All that needs a key, and `expect` at last. Nothing is parsed before the signature held. */
export async function judge(message: ReadMessage, options: ReceiveOptions): Promise<Judged> {
  const { platformKeys, clock = Date.now, expect } = options
  let notificationId: string | undefined
  try {
    const { skewSeconds } = await verify(message, platformKeys, clock)
    const event = await openNotification(message.body, options)
    notificationId = event.id
    await requireExpected(event, expect)
    return { event, skewSeconds }
  } catch (error) {
    throw locate(error, { requestId: message.requestId, notificationId })
  }
}

async function verify(message: ReadMessage, platformKeys: PlatformKeys, clock: () => number) {
  try {
    return await verifyMessage(message, { platformKeys, clock })
  } catch (error) {
    const unknown = (error as { code?: unknown } | undefined)?.code === 'unknown-serial'
    if (!unknown || platformKeys.serials.length > 0) throw markRefused(error)
    // Who has no key at all cannot say that the message names a wrong one.
    throw new NotificationError(
      'no-platform-keys',
      'There is no platform key to verify with: no download of the platform certificates has succeeded yet.',
      { cause: error },
    )
  }
}

async function requireExpected(event: ContractNotification, expect: ReceiveOptions['expect']): Promise<void> {
  if (expect === undefined) return
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
