import type { Pool } from 'pg'
import type { ContractNotification } from 'wechatpay-entrust'

/** A pool, or the client that a transaction runs on. */
type Queryable = Pick<Pool, 'query'>

export interface ContractRow {
  readonly out_contract_code: string
  readonly user_id: string
  readonly state: 'pending' | 'signed' | 'terminated'
  readonly contract_id: string | null
}

/** Call it before the pre-sign request, so that the code is known when the notification arrives. */
export async function addContract(db: Queryable, code: string, userId: string): Promise<void> {
  await db.query('INSERT INTO contracts (out_contract_code, user_id) VALUES ($1, $2)', [
    code,
    userId,
  ])
}

export async function findContract(db: Queryable, code: string): Promise<ContractRow | undefined> {
  const { rows } = await db.query<ContractRow>(
    'SELECT * FROM contracts WHERE out_contract_code = $1',
    [code],
  )
  return rows[0]
}

/**
 * Against false notifications (防假通知): whether we created the contract. A notification of an unknown
 * kind is stored, so that a person can check it.
 */
export async function isOurs(
  db: Queryable,
  serviceId: number,
  event: ContractNotification,
): Promise<boolean> {
  if (event.kind === 'unknown') return true
  const { service_id, out_contract_code = '' } = event.resource
  return service_id === serviceId && (await findContract(db, out_contract_code)) !== undefined
}

/**
 * Applies a notification, or the result of a query, to our tables. `db` is the inbox's transaction:
 * either it stores all of this and marks the notification as done, or nothing. `cause` is the id of
 * the notification.
 *
 * Notifications arrive in any order: after a termination, a signing changes nothing.
 */
export async function settle(
  db: Queryable,
  event: ContractNotification,
  cause: string,
): Promise<void> {
  if (event.kind === 'unknown') throw new Error(`There is no handler for ${event.event_type}.`)
  const { out_contract_code: code, contract_id: contractId = null } = event.resource
  const previousStates = { signed: ['pending'], terminated: ['pending', 'signed'] }[event.kind]
  await db.query(
    `UPDATE contracts SET state = $2, contract_id = coalesce($3, contract_id)
     WHERE out_contract_code = $1 AND state = ANY ($4)`,
    [code, event.kind, contractId, previousStates],
  )
  // Write everything here that must happen exactly once: a ledger, or an outbox for another job.
  await db.query(
    'INSERT INTO contract_events (out_contract_code, event, cause) VALUES ($1, $2, $3)',
    [code, event.kind, cause],
  )
}

/** The pending contracts that are older than `minutes`, oldest first. */
export async function* pendingLongerThan(db: Queryable, minutes: number): AsyncGenerator<string> {
  for (let after = { created_at: new Date(0), out_contract_code: '' }; ; ) {
    const { rows } = await db.query<typeof after>(
      `SELECT created_at, out_contract_code FROM contracts
       WHERE state = 'pending' AND created_at < now() - $1 * interval '1 minute'
         AND (created_at, out_contract_code) > ($2, $3)
       ORDER BY created_at, out_contract_code LIMIT 100`,
      [minutes, after.created_at, after.out_contract_code],
    )
    for (const { out_contract_code } of rows) yield out_contract_code
    if (rows.length < 100) return
    after = rows.at(-1) as typeof after
  }
}
