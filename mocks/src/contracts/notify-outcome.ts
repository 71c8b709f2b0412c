import { spec } from '@wechatpay-entrust/core/spec'
import type { Notifier } from '../notifications/notifier.ts'
import type { PlatformSource } from '../platform/platform.ts'
import type { SignedContract } from './contracts.ts'

export interface EventOptions {
  readonly notifier: Notifier
  readonly platform: PlatformSource
  /**
   * Whether a termination is sent to the `notify_url` of the signing. This is not documented for
   * these operations.
   */
  readonly notifyTermination: boolean
}

/**
 * The notifications to the merchant. Each resolves when the first attempt to deliver has ended.
 */
export interface Events {
  signed(contract: SignedContract): Promise<void>
  terminated(contract: SignedContract): Promise<void>
}

export function createEvents({ notifier, platform, notifyTermination }: EventOptions): Events {
  const notify = async (
    { body, session }: SignedContract,
    event_type: string,
    summary: string,
  ): Promise<void> => {
    await notifier.notify({
      url: session.request.notify_url,
      event_type,
      summary,
      resource: body,
      signer: platform.notificationSigner(session.signer),
    })
  }

  return {
    signed: (contract) =>
      notify(contract, spec.webhooks.contractSigned.eventTypes[0], '免密支付签约通知'),
    terminated: async (contract) => {
      if (notifyTermination)
        await notify(contract, spec.webhooks.contractTerminated.eventTypes[0], '免密支付解约通知')
    },
  }
}
