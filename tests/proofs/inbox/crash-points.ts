import type { NotificationInbox } from '@wechatpay-entrust/inbox'

/** The points where a receiver can be made to crash, in the order of handling a notification. */
export const crashPoints = [
  'verified',
  'claimed',
  'answered',
  'leased',
  'handling',
  'effect written',
  'completed',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/**
 * The inbox, with `reach` called at each point. The library itself has no code for crashes.
 */
export function withCrashPoints<Tx>(
  inbox: NotificationInbox<Tx>,
  reach: (point: CrashPoint) => void,
): NotificationInbox<Tx> {
  return {
    ...inbox,
    async claim(record, signal) {
      reach('verified')
      const claim = await inbox.claim(record, signal)
      reach('claimed')
      return claim
    },
    async lease(options) {
      const leases = await inbox.lease(options)
      if (leases.length > 0) reach('leased')
      return leases
    },
    async complete(lease, apply) {
      const completed = await inbox.complete(lease, async (tx) => {
        reach('handling')
        await apply?.(tx)
        reach('effect written')
      })
      reach('completed')
      return completed
    },
  }
}
