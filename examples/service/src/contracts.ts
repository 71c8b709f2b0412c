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

/**
 * Before WeChat Pay is asked: whatever comes of that, the code is known when the notification
 * arrives.
 */
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
 * Against false notifications (防假通知): is it about a contract that we asked for? An unknown one is
 * stored, for a person to check.
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
 * What a notification, or a query that took its place, does to us. `db` is the inbox's own
 * transaction, so all of it is kept together with the note that the notification is done. `cause`
 * is the notification's id.
 *
 * Notifications come in any order: one of termination may be first, and one of signing changes
 * nothing after it.
 */
export async function settle(
  db: Queryable,
  event: ContractNotification,
  cause: string,
): Promise<void> {
  if (event.kind === 'unknown')
    throw new Error(`There is nothing here that deals with ${event.event_type}.`)
  const { out_contract_code: code, contract_id: contractId = null } = event.resource
  const mayFollow = { signed: ['pending'], terminated: ['pending', 'signed'] }[event.kind]
  await db.query(
    `UPDATE contracts SET state = $2, contract_id = coalesce($3, contract_id)
     WHERE out_contract_code = $1 AND state = ANY ($4)`,
    [code, event.kind, contractId, mayFollow],
  )
  // Whatever must happen exactly once goes here: a ledger, an outbox that another job empties.
  await db.query(
    'INSERT INTO contract_events (out_contract_code, event, cause) VALUES ($1, $2, $3)',
    [code, event.kind, cause],
  )
}

/** Those whose notification is overdue, oldest first. */
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
