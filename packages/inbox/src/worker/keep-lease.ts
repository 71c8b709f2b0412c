import { longestTimeout } from '@wechatpay-entrust/base'
import type { Lease, NotificationInbox } from '../inbox.ts'

interface KeepOptions {
  readonly leaseMs: number
  /** Another consumer has the record. */
  readonly onLost: () => void
  /** The store failed; the lease may still be valid. */
  readonly onError: (error: unknown) => void
}

/**
 * Renews a lease three times per `leaseMs`, until it is stopped or lost. The signal aborts when the
 * lease is lost, and when the store has not confirmed it for `leaseMs`: then another consumer may
 * have it.
 */
export function keepLease(
  inbox: Pick<NotificationInbox<never>, 'renew'>,
  lease: Lease,
  options: KeepOptions,
) {
  const { leaseMs, onLost, onError } = options
  const controller = new AbortController()
  let confirmedAt = performance.now()
  let isRenewing = false
  const renew = async () => {
    const startedAt = performance.now()
    if (startedAt - confirmedAt >= leaseMs)
      controller.abort(new Error('The lease could not be renewed in time.'))
    if (isRenewing) return
    isRenewing = true
    try {
      if (await inbox.renew(lease, leaseMs)) confirmedAt = startedAt
      else if (!stopped) lose()
    } catch (error) {
      onError(error)
    } finally {
      isRenewing = false
    }
  }
  const timer = setInterval(() => void renew(), Math.min(longestTimeout, Math.max(1, leaseMs / 3)))
  let stopped = false
  const stop = () => {
    stopped = true
    clearInterval(timer)
  }
  const lose = () => {
    stop()
    controller.abort(new Error('The lease was lost: another consumer has this notification.'))
    onLost()
  }
  return { signal: controller.signal, stop, abort: (reason: Error) => controller.abort(reason) }
}
