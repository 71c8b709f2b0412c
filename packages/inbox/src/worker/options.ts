import {
  type ApiV3Keys,
  ConfigurationError,
  importApiV3Keys,
  requireKnownOptions,
} from '@wechatpay-entrust/auth'
import { randomHex } from '@wechatpay-entrust/auth/crypto'
import { createReport, describeType } from '@wechatpay-entrust/base'
import type { Spec, SpecInput } from '@wechatpay-entrust/core'
import {
  type AnyNotification,
  type ContractNotification,
  type EventTypes,
  type NotificationOf,
  type OpenOptions,
  requireOpenOptions,
} from '@wechatpay-entrust/notification'
import type { NotificationInbox } from '../inbox.ts'
import type { InboxEvent, InboxListener } from './events.ts'

/** The second argument of a handler: the record, the attempt, and how to complete it. */
export interface DeliveryContext<Tx> {
  /**
   * The notification's id, the same at each attempt: the idempotency key for calls to other
   * services.
   */
  readonly id: string
  readonly scope: string
  /** Counts from 1. */
  readonly attempt: number
  /** Fencing token: another one at each attempt. */
  readonly token: string
  /** Aborts when the lease is lost, or the worker was stopped and will wait no longer. */
  readonly signal: AbortSignal
  /**
   * Marks the notification done in one transaction with the writes of `apply`. Call it at most
   * once, as the last step. If a handler returns without calling it, the worker marks the
   * notification done. `false`: another consumer has the notification now, and nothing was stored.
   */
  complete(apply?: (tx: Tx) => Promise<void>): Promise<boolean>
}

/**
 * Handles a notification. If it rejects, the notification is delivered again later, so it may be
 * called more than once with the same `id`.
 */
export type InboxHandler<Tx, Event = ContractNotification> = (
  notification: Event,
  context: DeliveryContext<Tx>,
) => unknown

interface OneMerchant<S extends SpecInput, Names extends EventTypes> {
  /**
   * The APIv3 key; a list while it changes, the current one first. Keep the previous one here until
   * no record encrypted with it is left in the store.
   */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  readonly eventTypes?: Names | undefined
  /** The `spec` of codegen, as given to the receiver: its notifications have the kind `event`. */
  readonly spec?: S | undefined
  readonly tenant?: undefined
}

interface Merchants<S extends SpecInput, Names extends EventTypes> {
  /** The merchant and the keys of a scope, when one worker serves several merchants. */
  readonly tenant: (scope: string) => OpenOptions<S, Names> | Promise<OpenOptions<S, Names>>
  readonly apiV3Key?: undefined
}

interface Common<Tx, Event> {
  readonly inbox: NotificationInbox<Tx>
  readonly handler: InboxHandler<Tx, Event>
  /** How many handlers run at once. Default 4. */
  readonly concurrency?: number | undefined
  /**
   * Milliseconds until another worker may lease the record after this one died. The lease is
   * renewed while the handler runs, so it may be shorter than the handler takes. Default 30,000.
   */
  readonly leaseMs?: number | undefined
  /**
   * A notification is parked after this many attempts. Default 20: with the default delays about 9
   * hours.
   */
  readonly maxAttempts?: number | undefined
  /**
   * Milliseconds to wait after attempt `attempt` failed. Default: 2 s, doubled each time up to 1 h,
   * less up to half of it at random.
   */
  readonly backoff?: ((attempt: number) => number) | undefined
  /** Milliseconds between two polls of an idle worker. Default 1,000. */
  readonly pollMs?: number | undefined
  /** The name stored with a lease. Default: a random name. */
  readonly owner?: string | undefined
  /**
   * Receives every event. Without it, failures go to `console.error`: the first of a kind at once,
   * then one line a minute with a count. `() => {}` silences them.
   */
  readonly onEvent?: InboxListener | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
  /** Stops the worker, as `stop()` does. */
  readonly signal?: AbortSignal | undefined
}

export type InboxWorkerOptions<
  Tx,
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = (OneMerchant<S, Names> | Merchants<S, Names>) &
  Common<Tx, NotificationOf<NoInfer<S>, NoInfer<Names>>>

/** The same for any spec, for code that does not depend on it. */
export type AnyWorkerOptions<Tx> = InboxWorkerOptions<Tx, Spec>

type AnyMerchants = Merchants<Spec, EventTypes>
type OptionName =
  | keyof OneMerchant<Spec, EventTypes>
  | keyof AnyMerchants
  | keyof Common<unknown, unknown>

/** A record, so that the compiler reports a missing name. */
const known: { readonly [Name in OptionName]: true } = {
  apiV3Key: true,
  eventTypes: true,
  spec: true,
  tenant: true,
  inbox: true,
  handler: true,
  concurrency: true,
  leaseMs: true,
  maxAttempts: true,
  backoff: true,
  pollMs: true,
  owner: true,
  onEvent: true,
  debug: true,
  signal: true,
}

/** The options with their defaults; `tenant` also for one merchant. */
export interface WorkerSettings<Tx> {
  readonly inbox: NotificationInbox<Tx>
  readonly handler: InboxHandler<Tx, AnyNotification>
  readonly tenant: AnyMerchants['tenant']
  readonly concurrency: number
  readonly leaseMs: number
  readonly maxAttempts: number
  readonly backoff: (attempt: number) => number
  readonly pollMs: number
  readonly owner: string
  readonly report: InboxListener
}

/**
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 *   `malformed-api-v3-key`, and the codes of a wrong `spec`
 * @throws {TypeError} A number is invalid.
 */
export function readOptions<Tx>(options: AnyWorkerOptions<Tx>): WorkerSettings<Tx> {
  requireKnownOptions(options, known)
  const {
    inbox,
    handler,
    onEvent,
    debug,
    backoff = defaultBackoff,
    owner = `worker-${randomHex(4)}`,
  } = options
  requireFunction('handler', handler)
  requireFunction('backoff', backoff)
  requireFunction('inbox.lease', inbox?.lease)
  return {
    ...{ inbox, handler, backoff, owner },
    report: createReport<InboxEvent>({ onEvent, debug, isFailure }),
    tenant: readTenant(options),
    concurrency: atLeast(1, 'concurrency', options.concurrency ?? 4),
    leaseMs: atLeast(1, 'leaseMs', options.leaseMs ?? 30_000),
    maxAttempts: atLeast(1, 'maxAttempts', options.maxAttempts ?? 20),
    pollMs: atLeast(1, 'pollMs', options.pollMs ?? 1_000),
  }
}

function readTenant<Tx>(options: AnyWorkerOptions<Tx>): AnyMerchants['tenant'] {
  if (options.tenant !== undefined) {
    requireFunction('tenant', options.tenant)
    const { apiV3Key, eventTypes, spec } = options as Readonly<
      Partial<Record<'apiV3Key' | 'eventTypes' | 'spec', unknown>>
    >
    for (const [slot, value] of Object.entries({ apiV3Key, eventTypes, spec }))
      if (value !== undefined) throw givenTwice(slot)
    return options.tenant
  }
  const { eventTypes, spec } = options
  const apiV3Key = importApiV3Keys(options.apiV3Key)
  requireOpenOptions({ apiV3Key, eventTypes, spec })
  return (scope) => ({ apiV3Key, eventTypes, spec, mchid: scope })
}

/** What no caller learns of in another way. */
const isFailure = ({ type }: InboxEvent): boolean => type !== 'inbox:handled'

function requireFunction(slot: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new ConfigurationError('malformed-option', {
    slot,
    found: describeType(value),
    expected: 'a function',
    remedy: { en: 'Pass one, as in the guide.', zh: '请参照文档传入函数。' },
  })
}

const givenTwice = (slot: string) =>
  new ConfigurationError('malformed-option', {
    slot,
    found: 'a value beside `tenant`',
    expected: 'it in what `tenant` returns',
    remedy: {
      en: `Leave ${slot} out, and let \`tenant\` return it for each scope.`,
      zh: `请删除 ${slot}，改由 tenant 按 scope 返回。`,
    },
  })

function atLeast(least: number, slot: string, value: number): number {
  if (Number.isInteger(value) && value >= least) return value
  throw new TypeError(`${slot}: found ${value}; expected a whole number of at least ${least}.`)
}

/**
 * With jitter, so that records that failed together are not retried together. Never 0, so that a
 * service that is down is not called at once.
 */
export function defaultBackoff(attempt: number): number {
  const full = Math.min(3_600_000, 2_000 * 2 ** Math.min(attempt - 1, 20))
  return Math.round(full * (0.5 + Math.random() / 2))
}
