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
  /** Aborts when the time for the answer is over: what is done after that, WeChat Pay repeats. */
  readonly signal: AbortSignal
}

interface OneTenant extends Tenant {
  readonly tenant?: undefined
}

interface Tenants<Sent> {
  /**
   * Which merchant a request is for, by the route that you gave as `notify_url`, never by the body,
   * of which nothing is proven yet. `undefined` refuses. E.g. `(request) =>
   * tenants.get(request.params.tenant)`.
   */
  readonly tenant: (request: Sent) => Tenant | undefined | Promise<Tenant | undefined>
}

interface IntoInbox {
  /** Keeps each notification before it is accepted; a worker hands it to you afterwards. */
  readonly inbox: NotificationClaims
  readonly onNotification?: undefined
}

interface IntoHandler {
  /**
   * Without an inbox: what to do about it, done when the promise resolves. At your own risk: it
   * gets the same notification again when the answer is lost or late, or somebody repeats a copy
   * within 300 s, and has to be done before `budgetMs` is over. Give it only work that may be done
   * twice.
   */
  readonly onNotification: (event: ContractNotification, context: NotificationContext) => unknown
  readonly inbox?: undefined
}

type Common = Pick<ReceiveOptions, 'clock' | 'maxBytes' | 'onEvent'> & {
  /**
   * Milliseconds from the request's arrival to the answer, over reading, checking and keeping.
   * Default 3,500; at most 4,500, as WeChat Pay waits 5 s.
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
