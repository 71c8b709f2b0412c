import { sha256 } from '@wechatpay-entrust/auth/crypto'
import { describeType, encodeHex, requestIdOf, utf8 } from '@wechatpay-entrust/base'
import type { SpecInput } from '@wechatpay-entrust/core'
import type { Framework } from '../errors/frameworks.ts'
import { addMessageIds, NotificationError } from '../errors/notification-error.ts'
import type { EventTypes } from '../message/events.ts'
import { createDeadline, type Deadline } from '../receive/budget.ts'
import { describe, type Received, receive } from '../receive/receive.ts'
import type { NotificationRequest } from '../receive/request-forms.ts'
import { createNotificationReport, describeFailure, type NotificationEvent } from './events.ts'
import {
  type AnyHandleOptions,
  type AnyTenant,
  type HandleOptions,
  prepare,
  requireTenant,
} from './handle-options.ts'
import type { Claim, InboxRecord } from './inbox-claims.ts'
import {
  acceptedResponse,
  methodResponse,
  type NotificationResponse,
  responseFor,
} from './response.ts'

/**
 * Handles one request from WeChat Pay: receives it like {@link receiveNotification}, stores it
 * (`inbox`) or calls your function (`onNotification`), and only then accepts it. Never rejects.
 * Resolves within `budgetMs`.
 *
 * | response | when |
 * | --- | --- |
 * | 204 | stored, or already stored before (the same id with the same content) |
 * | 401 | the message was rejected, for any reason |
 * | 405 | the request is not a POST |
 * | 500 | this service is at fault: body already parsed, no keys, inbox not reachable or too slow, `onNotification` threw, or the inbox has the same id with other content |
 *
 * After 401 and 500 WeChat Pay sends the notification again, 15 times within 24 h 4 min. So nothing
 * is lost if the process ends in between: a notification without a response arrives again, and one
 * that was already stored is then a duplicate.
 *
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { handleNotification, toResponse } from '@wechatpay-entrust/notification'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 * declare const inbox: import('@wechatpay-entrust/notification').NotificationClaims
 *
 * export const POST = async (request: Request): Promise<Response> =>
 *   toResponse(await handleNotification(request, { platformKeys, apiV3Key, mchid: '1900009191', inbox }))
 * ```
 */
export async function handleNotification<
  Sent extends NotificationRequest,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(request: Sent, options: HandleOptions<Sent, S, Names>): Promise<NotificationResponse> {
  const report = createNotificationReport(options)
  try {
    const handling = { options: prepare(anyOf(options)), report }
    return await handle(request, request, handling)
  } catch (error) {
    // The options are wrong: `handle` never rejects.
    report(describeFailure(error, { durationMs: 0 }))
    return responseFor(error)
  }
}

/** Checked options, and where events go. */
export interface Handling<Sent> {
  readonly options: AnyHandleOptions<Sent>
  readonly report: (event: NotificationEvent) => void
}

/**
 * The first half of every adapter, called when it is created: checks the options, and those of the
 * adapter itself.
 *
 * @throws {ConfigurationError} see `prepare`
 */
export function createHandling<Sent, S extends SpecInput, Names extends EventTypes>(
  options: HandleOptions<Sent, S, Names>,
  ...own: ChecksOfAdapter
): Handling<Sent> {
  return { options: prepare(anyOf(options), ...own), report: createNotificationReport(options) }
}

type ChecksOfAdapter = Parameters<typeof prepare> extends [unknown, ...infer Rest] ? Rest : never

/** The checks do not depend on the types of the spec. */
const anyOf = <Sent, S extends SpecInput, Names extends EventTypes>(
  options: HandleOptions<Sent, S, Names>,
) => options as unknown as AnyHandleOptions<Sent>

/**
 * The second half of every adapter: handles one request. `sent` is the framework's own request,
 * which is passed to `tenant`. Never rejects.
 */
export async function handle<Sent>(
  request: NotificationRequest,
  sent: Sent,
  { options, report }: Handling<Sent>,
  { framework }: { framework?: Framework } = {},
): Promise<NotificationResponse> {
  if (!isPost(request)) return methodResponse
  const startedAt = performance.now()
  const elapsed = () => performance.now() - startedAt
  let mchid: string | undefined
  try {
    const deadline = createDeadline(options.budgetMs, startedAt)
    const tenant = await findTenant(sent, options, deadline)
    mchid = tenant.mchid
    const receiving = { ...tenant, maxBytes: options.maxBytes, clock: options.clock }
    const limit = <T>(work: Promise<T>) => deadline.within(() => work, budgetSpent)
    const received = await receive(
      request,
      receiving,
      { deadline, framework, limit },
      (received) => received,
    )
    const claim = await keep(received, tenant, options, deadline)
    const about = { mchid, ...describe(received), durationMs: elapsed() }
    if (claim !== 'conflict') {
      report({ type: eventOf[claim], ...about })
      return acceptedResponse
    }
    const error = addMessageIds(conflict(), {
      requestId: about.requestId,
      notificationId: about.id,
    })
    report({ type: 'notification:conflict', code: 'conflict', error: error as Error, ...about })
    return responseFor(error)
  } catch (error) {
    report(describeFailure(error, { mchid, durationMs: elapsed() }))
    return responseFor(error)
  }
}

const eventOf = {
  new: 'notification:accepted',
  duplicate: 'notification:duplicate',
} as const

/** No `method` means that the caller built the object and has checked the method. */
function isPost(request: object | undefined): boolean {
  const { method } = (request ?? {}) as { method?: unknown }
  return method === undefined || method === 'POST'
}

async function findTenant<Sent>(
  sent: Sent,
  options: AnyHandleOptions<Sent>,
  deadline: Deadline,
): Promise<AnyTenant> {
  if (options.tenant === undefined) return options as AnyTenant
  const { tenant } = options
  const find = wrapping('tenant-failed', 'tenant', async () => tenant(sent))
  const found = await deadline.within(find, budgetSpent)
  if (found === undefined)
    throw new NotificationError(
      'unknown-tenant',
      'tenant: it returned undefined; expected the merchant of this route.',
    )
  requireTenant(found)
  return found
}

async function keep<Sent>(
  received: Received,
  { mchid }: AnyTenant,
  { inbox, onNotification }: AnyHandleOptions<Sent>,
  deadline: Deadline,
): Promise<Claim> {
  const { event, headers } = received
  try {
    if (inbox === undefined) {
      const act = wrapping('handler-failed', 'onNotification', async (signal) =>
        onNotification(event, { signal }),
      )
      await deadline.within(act, budgetSpent)
      return 'new'
    }
    const record = await recordOf(received, mchid)
    const claim = await deadline.within(
      wrapping('inbox-failed', 'inbox.claim', async (signal) => inbox.claim(record, signal)),
      budgetSpent,
    )
    return requireClaim(claim)
  } catch (error) {
    throw addMessageIds(error, { requestId: requestIdOf(headers), notificationId: event.id })
  }
}

/**
 * WeChat Pay encrypts and signs each repeat again, so its bytes may differ: the digest covers the
 * content.
 */
async function recordOf({ event, body }: Received, mchid: string): Promise<InboxRecord> {
  const digest = encodeHex(await sha256(utf8(`${event.event_type}\n${event.plaintext}`)))
  return { id: event.id, scope: mchid, digest, eventType: event.event_type, sealed: body }
}

/** A store that returns anything else may have stored nothing. */
function requireClaim(claim: Claim): Claim {
  if (claim === 'new' || claim === 'duplicate' || claim === 'conflict') return claim
  throw new NotificationError(
    'inbox-failed',
    `inbox.claim: it returned ${typeof claim === 'string' ? 'another text' : describeType(claim)}; expected 'new', 'duplicate' or 'conflict'.`,
    {
      remedy: {
        en: 'Use an inbox of @wechatpay-entrust/inbox, or run inboxContract for a store of your own.',
        zh: '请使用 @wechatpay-entrust/inbox 的收件箱；自行实现的存储请用 inboxContract 测试。',
      },
    },
  )
}

/** Marks errors of the merchant's own code, so that they never count as the message's fault. */
function wrapping<T>(
  code: 'tenant-failed' | 'inbox-failed' | 'handler-failed',
  name: string,
  work: (signal: AbortSignal) => Promise<T>,
): (signal: AbortSignal) => Promise<T> {
  return async (signal) => {
    try {
      return await work(signal)
    } catch (cause) {
      throw new NotificationError(code, `${name}: it threw an error; expected none.`, { cause })
    }
  }
}

const budgetSpent = () =>
  new NotificationError(
    'budget-spent',
    'budgetMs: the time for the response ran out before the notification was stored; expected it to be stored in time.',
  )

const conflict = () =>
  new NotificationError(
    'conflict',
    'inbox: found other content under the id of this notification; expected the same content.',
  )
