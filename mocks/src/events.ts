import { webhookTable } from '@wechatpay-entrust/core/spec'
import type { SignedContract } from './contracts.ts'
import type { Identity, Signer } from './identity.ts'
import type { Notifier } from './notifier.ts'

/**
 * Which key signs a notification. A share between 0 and 1 plays the grey switch (灰度切换) from the platform certificate
 * to the public key: that share of the notifications, evenly spread, is signed with the public key.
 */
export type NotificationKey = 'certificate' | 'publicKey' | number

export interface EventOptions {
  readonly identity: Identity
  readonly notifier: Notifier
  /** Default: the key that signed the pre-sign answer. */
  readonly notificationKey: NotificationKey | undefined
  /** Whether a termination is told to the `notify_url` of the signing, which is not documented for this family. */
  readonly notifyTermination: boolean
}

/** What the platform tells the merchant. Each resolves when the first attempt to deliver has ended. */
export interface Events {
  signed(contract: SignedContract): Promise<void>
  terminated(contract: SignedContract): Promise<void>
}

export function createEvents({ identity, notifier, notificationKey, notifyTermination }: EventOptions): Events {
  let count = 0
  const chooseSigner = (fallback: Signer): Signer => {
    if (notificationKey === undefined) return fallback
    if (notificationKey === 'certificate') return identity.certificate
    if (notificationKey === 'publicKey') return identity.publicKey
    count += 1
    return Math.floor(count * notificationKey) > Math.floor((count - 1) * notificationKey)
      ? identity.publicKey
      : identity.certificate
  }

  const tell = ({ body, session }: SignedContract, event_type: string, summary: string): Promise<void> =>
    notifier.notify({
      url: session.request.notify_url,
      event_type,
      summary,
      resource: body,
      signer: chooseSigner(session.signer),
    })

  return {
    signed: (contract) => tell(contract, webhookTable.contractSigned.eventTypes[0], '免密支付签约通知'),
    terminated: async (contract) => {
      if (notifyTermination) await tell(contract, webhookTable.contractTerminated.eventTypes[0], '免密支付解约通知')
    },
  }
}
