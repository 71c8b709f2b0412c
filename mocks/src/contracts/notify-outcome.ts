import { webhookTable } from '@wechatpay-entrust/core/spec'
import type { Notifier } from '../notifications/notifier.ts'
import type { PlatformSource } from '../platform/platform.ts'
import type { SignedContract } from './contracts.ts'

export interface EventOptions {
  readonly notifier: Notifier
  readonly platform: PlatformSource
  /**
   * Whether a termination is told to the `notify_url` of the signing, which is not documented for
   * this family.
   */
  readonly notifyTermination: boolean
}

/**
 * What the platform tells the merchant. Each resolves when the first attempt to deliver has ended.
 */
export interface Events {
  signed(contract: SignedContract): Promise<void>
  terminated(contract: SignedContract): Promise<void>
}

export function createEvents({ notifier, platform, notifyTermination }: EventOptions): Events {
  const tell = (
    { body, session }: SignedContract,
    event_type: string,
    summary: string,
  ): Promise<void> =>
    notifier.notify({
      url: session.request.notify_url,
      event_type,
      summary,
      resource: body,
      signer: platform.notificationSigner(session.signer),
    })

  return {
    signed: (contract) =>
      tell(contract, webhookTable.contractSigned.eventTypes[0], '免密支付签约通知'),
    terminated: async (contract) => {
      if (notifyTermination)
        await tell(contract, webhookTable.contractTerminated.eventTypes[0], '免密支付解约通知')
    },
  }
}
