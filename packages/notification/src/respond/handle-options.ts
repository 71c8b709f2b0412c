import { importApiV3Keys, requireMchid } from '@wechatpay-entrust/auth'
import type { Spec, SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes, NotificationOf } from '../message/events.ts'
import { createDeadline } from '../receive/budget.ts'
import {
  type Check,
  commonChecks,
  isFunction,
  malformedOption,
  requireOptions,
  tenantChecks,
} from '../receive/option-check.ts'
import type { ReceiveOptions } from '../receive/receive-options.ts'
import type { NotificationClaims } from './inbox-claims.ts'

/** One merchant (商户), and the keys for its notifications. */
export type Tenant<S extends SpecInput = readonly [], Names extends EventTypes = EventTypes> = Pick<
  ReceiveOptions<S, Names>,
  'platformKeys' | 'apiV3Key' | 'mchid' | 'eventTypes' | 'spec' | 'expect'
>

/** The second argument of `onNotification`. */
export interface NotificationContext {
  /**
   * Aborts when the time for the response is over. WeChat Pay then sends the notification again.
   */
  readonly signal: AbortSignal
}

type OneTenant<S extends SpecInput, Names extends EventTypes> = Tenant<S, Names> & {
  readonly tenant?: undefined
}

interface Tenants<Sent, S extends SpecInput, Names extends EventTypes> {
  /**
   * Returns the merchant of a request. Use the route that you gave as `notify_url`, never the body,
   * which is not verified yet. `undefined` rejects the request. E.g. `(request) =>
   * tenants.get(request.params.tenant)`.
   */
  readonly tenant: (
    request: Sent,
  ) => Tenant<S, Names> | undefined | Promise<Tenant<S, Names> | undefined>
}

interface IntoInbox {
  /** Stores each notification before it is accepted. A worker delivers it to you afterwards. */
  readonly inbox: NotificationClaims
  readonly onNotification?: undefined
}

interface IntoHandler<Event> {
  /**
   * Without an inbox: your function for each notification. It must end within `budgetMs`. It gets
   * the same notification again if the response is lost or late, or if someone sends a copy within
   * 300 s. So it must be safe to run twice.
   */
  readonly onNotification: (event: Event, context: NotificationContext) => unknown
  readonly inbox?: undefined
}

type Common = Pick<ReceiveOptions, 'clock' | 'maxBytes' | 'onEvent' | 'debug'> & {
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
export type HandleOptions<
  Sent = unknown,
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = Common &
  (OneTenant<S, Names> | Tenants<Sent, S, Names>) &
  (IntoInbox | IntoHandler<NotificationOf<NoInfer<S>, NoInfer<Names>>>)

/** The same for any spec, for code that does not depend on it. */
export type AnyHandleOptions<Sent> = HandleOptions<Sent, Spec>

/** The same for any spec, for code that does not depend on it. */
export type AnyTenant = Tenant<Spec>

type OptionName =
  | keyof Common
  | keyof Tenant
  | keyof Tenants<unknown, never, EventTypes>
  | keyof IntoInbox
  | keyof IntoHandler<unknown>

const isInbox: Check = (value) =>
  typeof (value as { claim?: unknown } | null)?.claim === 'function'
    ? undefined
    : 'an inbox: an object with the method claim'

const handleChecks: { readonly [Name in OptionName]: Check } = {
  ...tenantChecks,
  ...commonChecks,
  tenant: isFunction,
  inbox: isInbox,
  onNotification: isFunction,
}

/**
 * Checks the options once, when the adapter is created: a wrong value must fail at start, not with
 * each notification. `own` are the adapter's own options, `required` those that must be given.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`, `malformed-mchid`
 */
export function prepare<Sent>(
  options: AnyHandleOptions<Sent>,
  own: { readonly [name: string]: Check } = {},
  required: readonly string[] = [],
): AnyHandleOptions<Sent> {
  const isOneTenant = (options as { tenant?: unknown } | undefined)?.tenant === undefined
  requireOptions(
    options,
    { ...handleChecks, ...own },
    isOneTenant ? ['platformKeys', ...required] : required,
  )
  requireDestination(options)
  createDeadline(options.budgetMs)
  if (options.tenant !== undefined) {
    requireNoTenant(options)
    return options
  }
  requireMchid(options.mchid)
  return { ...options, apiV3Key: importApiV3Keys(options.apiV3Key) }
}

function requireDestination<Sent>({ inbox, onNotification }: AnyHandleOptions<Sent>): void {
  if ((inbox === undefined) !== (onNotification === undefined)) return
  throw malformedOption(
    'inbox, onNotification',
    inbox === undefined ? 'neither' : 'both',
    'exactly one of them',
    {
      en: 'Give an inbox, which stores each notification before the response, or a function that handles it before the response.',
      zh: '请二选一：收件箱（应答前保存通知），或在应答前处理通知的函数。',
    },
  )
}

/** With `tenant`, a merchant given beside it would be ignored, and so would its `expect`. */
function requireNoTenant(options: object): void {
  const name = Object.keys(tenantChecks).find(
    (one) => (options as Readonly<Record<string, unknown>>)[one] !== undefined,
  )
  if (name === undefined) return
  throw malformedOption(name, 'it beside tenant', 'it in what tenant returns', {
    en: `Return ${name} from tenant, for each merchant.`,
    zh: `请在 tenant 的返回值中为每个商户提供 ${name}。`,
  })
}

/**
 * Checks what `tenant` returned.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`
 */
export function requireTenant(tenant: AnyTenant): void {
  requireOptions(tenant, tenantChecks, ['platformKeys'], 'tenant()')
}
