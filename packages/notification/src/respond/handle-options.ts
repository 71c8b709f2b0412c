import { importApiV3Keys, requireMchid } from '@wechatpay-entrust/auth'
import type { ContractNotification } from '../message/events.ts'
import { createDeadline } from '../receive/budget.ts'
import type { ReceiveOptions } from '../receive/receive.ts'
import type { NotificationClaims } from './inbox-claims.ts'

/** One merchant (商户), and the keys for its notifications. */
export type Tenant = Pick<
  ReceiveOptions,
  'platformKeys' | 'apiV3Key' | 'mchid' | 'eventTypes' | 'expect'
>

/** The second argument of `onNotification`. */
export interface NotificationContext {
  /** Aborts when the time for the response is over. WeChat Pay then sends the notification again. */
  readonly signal: AbortSignal
}

interface OneTenant extends Tenant {
  readonly tenant?: undefined
}

interface Tenants<Sent> {
  /**
   * Returns the merchant of a request. Use the route that you gave as `notify_url`, never the body,
   * which is not verified yet. `undefined` rejects the request. E.g. `(request) =>
   * tenants.get(request.params.tenant)`.
   */
  readonly tenant: (request: Sent) => Tenant | undefined | Promise<Tenant | undefined>
}

interface IntoInbox {
  /** Stores each notification before it is accepted. A worker delivers it to you afterwards. */
  readonly inbox: NotificationClaims
  readonly onNotification?: undefined
}

interface IntoHandler {
  /**
   * Without an inbox: your function for each notification. It must end within `budgetMs`. It gets
   * the same notification again if the response is lost or late, or if someone sends a copy within
   * 300 s. So it must be safe to run twice.
   */
  readonly onNotification: (event: ContractNotification, context: NotificationContext) => unknown
  readonly inbox?: undefined
}

type Common = Pick<ReceiveOptions, 'clock' | 'maxBytes' | 'onEvent'> & {
  /**
   * Milliseconds from the request's arrival to the response: reading, checking and storing. Default
   * 3,500; at most 4,500, because WeChat Pay waits 5 s.
   */
  readonly budgetMs?: number | undefined
}

/**
 * The merchants, the destination of notifications, and the limits. `Sent` is the request type of
 * the framework.
 */
export type HandleOptions<Sent = unknown> = Common &
  (OneTenant | Tenants<Sent>) &
  (IntoInbox | IntoHandler)

/** @throws {TypeError} Neither or both were given. */
export function requireDestination<Sent>({ inbox, onNotification }: HandleOptions<Sent>): void {
  if (typeof inbox?.claim === 'function' && onNotification === undefined) return
  if (typeof onNotification === 'function' && inbox === undefined) return
  throw new TypeError(
    'inbox, onNotification: expected exactly one of them: an inbox, which keeps what is accepted, or a function.',
  )
}

/**
 * Checks the options once, when the adapter is created: a wrong value must fail at start, not with
 * each notification.
 *
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`, `malformed-mchid`
 * @throws {TypeError} `inbox`, `onNotification`, `budgetMs`
 */
export function prepare<Sent>(options: HandleOptions<Sent>): HandleOptions<Sent> {
  requireDestination(options)
  createDeadline(options.budgetMs)
  if (options.tenant !== undefined) return options
  requireMchid(options.mchid)
  return { ...options, apiV3Key: importApiV3Keys(options.apiV3Key) }
}
