import { longestTimeout } from '@wechatpay-entrust/base'
import type { Lease, NotificationInbox } from '../inbox.ts'

interface KeepOptions {
  readonly leaseMs: number
  /** Another consumer has the record. */
  readonly onLost: () => void
  /** The store did not answer; the lease may still be held. */
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
  let asking = false
  const renew = async () => {
    const askedAt = performance.now()
    if (askedAt - confirmedAt > leaseMs)
      controller.abort(new Error('The lease could not be renewed in time.'))
    if (asking) return
    asking = true
    try {
      if (await inbox.renew(lease, leaseMs)) confirmedAt = askedAt
      else if (!stopped) lose()
    } catch (error) {
      onError(error)
    } finally {
      asking = false
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
