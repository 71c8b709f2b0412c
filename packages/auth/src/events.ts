/** What happens beside the calls, for logging and metrics. Holds no key and no personal value. */
export type AuthEvent =
  | {
      readonly type: 'certificates:refreshed'
      /** Serial numbers of all platform certificates now known. */
      readonly serials: readonly string[]
    }
  | {
      /**
       * A download failed; what was known stays in use. An alarm is due before the newest
       * certificate's expiry.
       */
      readonly type: 'certificates:stale'
      /** How many downloads failed in a row. */
      readonly failures: number
      /**
       * Milliseconds since the epoch of the last download that succeeded; undefined while none did.
       */
      readonly refreshedAt: number | undefined
      readonly error: unknown
    }
  | {
      /**
       * A verified answer's timestamp is more than 60 s away from the clock. SentNotification once, until one
       * is nearer again.
       */
      readonly type: 'clock:skew'
      /** The answer's timestamp less the clock, in seconds. */
      readonly skewSeconds: number
    }

/** Takes events; what it throws, or rejects with, changes nothing. */
export type AuthEventListener = (event: AuthEvent) => void
