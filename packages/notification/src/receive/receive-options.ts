import type { ApiV3Keys, PlatformKeys } from '@wechatpay-entrust/auth'
import type { Spec, SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes, NotificationOf } from '../message/events.ts'
import type { NotificationListener } from '../respond/events.ts'

/** The merchant of the notification, and the keys that decrypt it. */
export interface OpenOptions<
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> {
  /**
   * The APIv3 key; or a list during a key change, the current one first; or the result of
   * `importApiV3Keys`.
   */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /**
   * Your own merchant id. If you serve several merchants, select it by the route that you gave as
   * `notify_url`, never by the body.
   */
  readonly mchid: string
  /** The meaning of each `event_type`; see {@link EventTypes}. */
  readonly eventTypes?: Names | undefined
  /**
   * The `spec` that `npx @wechatpay-entrust/codegen` writes, or a list of such: the notifications of
   * its webhooks get the kind `event`, and their types.
   */
  readonly spec?: S | undefined
}

/** The keys, merchant and limits that {@link receiveNotification} checks a notification with. */
export interface ReceiveOptions<
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> extends OpenOptions<S, Names> {
  /** The keys that WeChat Pay signs with, from `createPlatformKeys`. */
  readonly platformKeys: PlatformKeys
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /**
   * Your own comparison with what you stored when you pre-signed: `out_contract_code`, `openid`,
   * `service_id`. WeChat Pay requires it against false notifications (防假通知). Any result other than
   * `true` rejects the notification.
   */
  readonly expect?:
    | ((event: NotificationOf<NoInfer<S>, NoInfer<Names>>) => boolean | Promise<boolean>)
    | undefined
  /** Longest body that is read, in bytes. Default 65,536; real ones have 1 to 2 kB. */
  readonly maxBytes?: number | undefined
  /**
   * Milliseconds for reading the body. Default 3,500; at most 4,500, because WeChat Pay waits 5 s
   * for the response.
   */
  readonly budgetMs?: number | undefined
  /**
   * Called for each message that was accepted, rejected or failed, with the reason, which the
   * response does not contain. Without it, rejections and failures of `handleNotification` and the
   * adapters go to `console.error`, at most one line a minute for each code; `() => {}` silences
   * them.
   */
  readonly onEvent?: NotificationListener | undefined
  /** Writes one line for each message to `console.error`. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
}

/** The same for any spec, for code that does not depend on it. */
export type AnyReceiveOptions = ReceiveOptions<Spec>
