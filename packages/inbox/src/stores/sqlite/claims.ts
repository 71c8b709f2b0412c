import { untilAborted } from '@wechatpay-entrust/base'
import type { Claim, InboxRecord } from '../../inbox.ts'
import { turnOfLoop } from '../queue.ts'
import { requireRecord } from '../record.ts'
import type { SqliteConnection } from './connection.ts'
import type { SqliteLike } from './database.ts'

interface Waiting {
  readonly record: InboxRecord
  readonly signal: AbortSignal
  readonly resolve: (claim: Claim) => void
  readonly reject: (error: unknown) => void
}

/**
 * Claims that arrive while the connection is busy are committed together, with one fsync for all of
 * them. Each claim still resolves only after that commit.
 */
export function createClaims(connection: SqliteConnection, clock: () => number) {
  let waiting: Waiting[] = []

  const flush = async (): Promise<void> => {
    await turnOfLoop()
    let batch: Waiting[] = []
    try {
      const settle = await connection.write((db) => {
        // Read here and not earlier, so that claims that arrived during other writes are included.
        batch = takeAll().filter(({ signal }) => !signal.aborted)
        return batch.map((one) => attempt(one, () => claimOne(db, one.record, clock())))
      }, true)
      for (const one of settle) one()
    } catch (error) {
      for (const { reject } of [...batch, ...takeAll()]) reject(error)
    }
  }

  const takeAll = (): Waiting[] => {
    const all = waiting
    waiting = []
    return all
  }

  return async (record: InboxRecord, signal: AbortSignal): Promise<Claim> => {
    requireRecord(record)
    const claimed = new Promise<Claim>((resolve, reject) => {
      waiting.push({ record, signal, resolve, reject })
      if (waiting.length === 1) void flush()
    })
    return untilAborted(claimed, signal)
  }
}

/**
 * The result is reported after the commit. If SQLite rejects one record, the others are still
 * stored.
 */
function attempt({ resolve, reject }: Waiting, work: () => Claim): () => void {
  try {
    const claim = work()
    return () => resolve(claim)
  } catch (error) {
    return () => reject(error)
  }
}

function claimOne(
  db: SqliteLike,
  { scope, id, digest, eventType, sealed }: InboxRecord,
  now: number,
): Claim {
  const { changes } = db
    .prepare(
      `INSERT INTO wechatpay_inbox (scope, id, digest, event_type, sealed, state, attempts, received_at, due_at)
       VALUES (?, ?, ?, ?, ?, 'ready', 0, ?, ?) ON CONFLICT (scope, id) DO NOTHING`,
    )
    .run(scope, id, digest, eventType, sealed, now, now)
  if (Number(changes) === 1) return 'new'
  const known = db
    .prepare('SELECT digest FROM wechatpay_inbox WHERE scope = ? AND id = ?')
    .get(scope, id)
  return (known as { digest: string }).digest === digest ? 'duplicate' : 'conflict'
}
