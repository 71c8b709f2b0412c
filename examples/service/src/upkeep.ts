import { type NotificationInbox, reconcile } from '@wechatpay-entrust/inbox'
import type { Pool, PoolClient } from 'pg'
import type { WeChatPay } from 'wechatpay-entrust'
import { pendingLongerThan, settle } from './contracts.ts'
import type { ServiceEvent } from './metrics.ts'

export interface UpkeepOptions {
  readonly pool: Pool
  readonly inbox: Pick<NotificationInbox<PoolClient>, 'prune'>
  readonly wechatpay: Pick<WeChatPay, 'getContractByCode'>
  readonly serviceId: number
  readonly onEvent: (event: ServiceEvent) => void
  /** A pass failed; the next one continues its work. */
  readonly onFailure: (error: unknown) => void
}

const everyMs = 10 * 60_000
const keepDays = 30
const overdueMinutes = 30

/**
 * Every ten minutes, in one process at a time: queries contracts whose notification is overdue, and
 * deletes notifications that were done long ago.
 */
export function startUpkeep({
  pool,
  inbox,
  wechatpay,
  serviceId,
  onEvent,
  onFailure,
}: UpkeepOptions): {
  stop(): Promise<void>
} {
  const stopping = new AbortController()
  const { signal } = stopping
  let running = Promise.resolve()

  async function* pending() {
    for await (const out_contract_code of pendingLongerThan(pool, overdueMinutes)) {
      yield { service_id: serviceId, out_contract_code }
    }
  }
  const pass = () =>
    alone(pool, async (client) => {
      await reconcile({
        pending: pending(),
        getContractByCode: wechatpay.getContractByCode,
        onContract: async (found, { id }) => {
          await client.query('BEGIN')
          try {
            await settle(client, found, id)
            await client.query('COMMIT')
          } catch (error) {
            await client.query('ROLLBACK')
            throw error
          }
        },
        signal,
        onEvent,
      })
      await inbox.prune({ doneBefore: new Date(Date.now() - keepDays * 86_400_000) })
    })
  const timer = setInterval(() => {
    running = pass().catch((error: unknown) => {
      if (!signal.aborted) onFailure(error)
    })
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}

/** Runs the work with a connection that holds a lock. Does nothing if another process holds it. */
async function alone(pool: Pool, work: (client: PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query(
      "SELECT pg_try_advisory_lock(hashtext('contract service: upkeep')) AS taken",
    )
    if (rows[0].taken) await work(client)
  } finally {
    client.release(true) // closing the connection releases the lock
  }
}
