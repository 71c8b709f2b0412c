import {
  createInboxWorker,
  type InboxEvent,
  type NotificationInbox,
} from '@wechatpay-entrust/inbox'
import type { PoolClient } from 'pg'
import type { PgBoss } from 'pg-boss'

/**
 * Passes notifications to a pg-boss queue in the same database. One commit adds the job and
 * completes the record.
 */
export function passOnToPgBoss(
  inbox: NotificationInbox<PoolClient>,
  boss: PgBoss,
  apiV3Key: string,
  onEvent?: (event: InboxEvent) => void,
) {
  return createInboxWorker({
    inbox,
    apiV3Key,
    onEvent,
    handler: async (notification, { id, complete }) => {
      if (notification.kind !== 'signed') return
      const { out_contract_code, contract_id } = notification.resource
      await complete(async (tx) => {
        const db = { executeSql: (text: string, values?: unknown[]) => tx.query(text, values) }
        await boss.send('contract-signed', { id, out_contract_code, contract_id }, { db })
      })
    },
  })
}
