import type { InboxEntry, InboxState } from '../../inbox.ts'

/** As text, independent of the driver's parsers for numbers and times. */
export const columns = `scope, id, digest, event_type, sealed, state, attempts::text AS attempts, error,
  extract(epoch FROM received_at)::text AS received, extract(epoch FROM due_at)::text AS due`

type Row = Readonly<Record<string, unknown>>

export function readRecord(row: Row) {
  return {
    id: String(row.id),
    scope: String(row.scope),
    digest: String(row.digest),
    eventType: String(row.event_type),
    // A copy: the driver returns a view into a larger buffer, which would stay in memory with it.
    sealed: Uint8Array.from(row.sealed as Uint8Array),
  }
}

export function readEntry(row: Row): InboxEntry {
  const date = (seconds: unknown) => new Date(Number(seconds) * 1000)
  return {
    ...readRecord(row),
    state: row.state as InboxState,
    attempts: Number(row.attempts),
    receivedAt: date(row.received),
    dueAt: date(row.due),
    ...(typeof row.error === 'string' && { error: row.error }),
  }
}
