import type { NotificationInbox } from '@wechatpay-entrust/inbox'

/** Where a receiver can be made to die, in the order in which a notification passes them. */
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
 * The inbox, with `reach` called at each point that it passes: nothing in the library knows of
 * crashes.
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
