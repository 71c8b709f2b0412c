import {
  createInboxWorker,
  type InboxEvent,
  type NotificationInbox,
} from '@wechatpay-entrust/inbox'
import type { Queue } from 'bullmq'

const week = 7 * 24 * 3600

/**
 * Passes notifications to a BullMQ queue, at least once. A notification can become a second job
 * only after BullMQ has removed the first.
 */
export function passOnToBullMq(
  inbox: NotificationInbox<unknown>,
  queue: Queue,
  apiV3Key: string,
  onEvent?: (event: InboxEvent) => void,
) {
  return createInboxWorker({
    inbox,
    apiV3Key,
    onEvent,
    handler: async (notification, { id, scope }) => {
      if (notification.kind !== 'signed') return
      const { out_contract_code, contract_id } = notification.resource
      const job = { id, out_contract_code, contract_id }
      // BullMQ adds a job id once, as long as it stores the job.
      const options = {
        jobId: `${scope}-${id}`,
        removeOnComplete: { age: week },
        removeOnFail: { age: week },
      }
      await queue.add('contract-signed', job, options)
    },
  })
}
