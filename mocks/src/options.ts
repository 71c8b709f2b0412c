import type { Spec } from '@wechatpay-entrust/core'
import {
  aBoolean,
  aFunction,
  listOf,
  mchid,
  notificationKey,
  number,
  rateLimit,
  seed,
  type ValueTypes,
} from './arguments/value-types.ts'
import { type ContractChoices, choiceTypes } from './contracts/contract-choices.ts'
import { type Deliver, type DeliveryPolicy, deliveryPolicyTypes } from './notifications/deliver.ts'
import type { Clock } from './platform/clock.ts'
import type { NotificationKey, RateLimit } from './platform/platform.ts'

/** How a mock behaves. {@link ContractChoices} has more options, with their defaults. */
export interface MockOptions extends DeliveryPolicy, Partial<ContractChoices> {
  /**
   * The base clock: the time of signatures, and the start of the mock's own time. Default: the
   * system clock.
   */
  readonly clock?: Clock
  /** Sends a notification. Default: the global `fetch`, to loopback and `allowNotifyHosts` only. */
  readonly deliver?: Deliver
  /** Which key signs notifications. Default: the one that signed the pre-sign response. */
  readonly notificationKey?: NotificationKey | undefined
  /**
   * Whether a termination sends a notification to the `notify_url` of the signing. Default: true.
   */
  readonly notifyTermination?: boolean
  /** Whether a repeated nonce is rejected. Default: true. */
  readonly rejectReplays?: boolean
  /**
   * Operations of other OpenAPI documents, beside ours: what `npx @wechatpay-entrust/codegen` wrote,
   * or a list of such. Each is verified and checked, and answered with an example.
   */
  readonly spec?: Spec | readonly Spec[] | undefined
  /** The merchant's id. Two mocks in one MSW need different ids. Default: `1900000100`. */
  readonly mchid?: string
  /**
   * Makes every id and nonce the same in each run. With a fixed `clock`, responses and notifications
   * are also the same, byte by byte. Default: random.
   */
  readonly seed?: number | undefined
  /** Seconds between the attempts to deliver a notification. Default: {@link retryDelays}. */
  readonly retryDelays?: readonly number[]
  /**
   * More requests get 429 `RATELIMIT_EXCEEDED`. Default: no limit; the real one is not documented.
   */
  readonly rateLimit?: RateLimit
  /**
   * Receives a line for the developer: a notification that could not be delivered, an error of the
   * mock, or two mocks that cannot be told apart. Default: `console.error`, at most one line a minute
   * for each kind.
   */
  readonly log?: (line: string) => void
  /** Writes each of these lines to `console.error` too. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
}

export const mockOptionTypes: ValueTypes<MockOptions> = {
  ...choiceTypes,
  ...deliveryPolicyTypes,
  clock: aFunction,
  deliver: aFunction,
  notificationKey,
  notifyTermination: aBoolean,
  rejectReplays: aBoolean,
  spec: { expected: 'a spec', test: () => true },
  mchid,
  seed,
  retryDelays: listOf(number(0, 366 * 86_400, 'a number of seconds')),
  rateLimit,
  log: aFunction,
  debug: aBoolean,
}
