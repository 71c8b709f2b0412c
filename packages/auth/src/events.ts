import { createReport, type ReportOptions } from '@wechatpay-entrust/base'

/** What happens in the background, for logging and metrics. Holds no key and no personal data. */
export type AuthEvent =
  | {
      readonly type: 'certificates:refreshed'
      /** Serial numbers and ids of all keys now known. */
      readonly serials: readonly string[]
    }
  | {
      /**
       * A download failed; the known keys stay in use. Raise an alarm before the newest certificate
       * expires.
       */
      readonly type: 'certificates:stale'
      /** The number of downloads that failed in a row. */
      readonly failures: number
      /**
       * When the last successful download ended, in milliseconds since the epoch; undefined if none
       * did.
       */
      readonly refreshedAt: number | undefined
      readonly error: unknown
    }
  | {
      /**
       * The timestamp of a verified response is more than 60 s away from the clock. Reported once,
       * and again only after the clock was right.
       */
      readonly type: 'clock:skew'
      /** The response's timestamp minus the clock, in seconds. */
      readonly skewSeconds: number
    }

/** Receives events. What it throws or rejects with is ignored. */
export type AuthEventListener = (event: AuthEvent) => void

/** Where this package reports its events: to the listener, or failures to the console. */
export function createAuthReport({
  onEvent,
  debug,
}: Pick<ReportOptions<AuthEvent>, 'onEvent' | 'debug'>): (event: AuthEvent) => void {
  return createReport<AuthEvent>({
    onEvent,
    debug,
    isFailure: ({ type }) => type === 'certificates:stale' || type === 'clock:skew',
  })
}
