import { decodeBase64 } from '@wechatpay-entrust/base'
import type { InboxEntry, InboxState } from '../../inbox.ts'

/** A record as the script's `read` returns it. */
export type Row = readonly (string | null)[]

export function readRecord([scope, id, digest, eventType, sealed]: Row) {
  return {
    id: id ?? '',
    scope: scope ?? '',
    digest: digest ?? '',
    eventType: eventType ?? '',
    sealed: decodeBase64(sealed ?? '') ?? new Uint8Array(),
  }
}

export function readEntry(row: Row): InboxEntry {
  const [, , , , , state, attempts, , received, due, error] = row
  return {
    ...readRecord(row),
    state: state as InboxState,
    attempts: Number(attempts),
    receivedAt: new Date(Number(received)),
    dueAt: new Date(Number(due)),
    ...(typeof error === 'string' && { error }),
  }
}
