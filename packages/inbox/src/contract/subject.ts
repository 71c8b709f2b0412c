import type { InboxRecord, Lease, NotificationInbox } from '../inbox.ts'
import { same } from './check.ts'

/** One empty store as the suite works with it. */
export interface InboxUnderTest<Tx = undefined> {
  readonly inbox: NotificationInbox<Tx>
  /**
   * A second consumer of the same records, like another process: on its own connection, if the
   * store has connections.
   */
  readonly other: NotificationInbox<Tx>
  /** The store's clock, milliseconds since the epoch. */
  readonly now: () => number | Promise<number>
  /**
   * Advances the time of the store by `ms`, also by days: advances an injected clock, or moves
   * every time in the store back (`UPDATE … SET received_at = received_at - ms, …`). For `ms` under
   * a second, waiting is enough.
   */
  readonly elapse: (ms: number) => Promise<void>
  /**
   * How `apply` writes with its transaction, and how many of those writes were committed. Optional
   * only with `{ transactions: false }`.
   */
  readonly effects?: {
    readonly write: (tx: Tx, name: string) => Promise<void>
    readonly count: (name: string) => Promise<number>
    /** Runs a statement with the transaction. Optional only with `{ sql: false }`. */
    readonly execute?: (tx: Tx, sql: string) => Promise<unknown>
  }
  /**
   * Sets the store's clock back by `ms`. Optional only with `{ ownClock: false }`.
   */
  readonly stepBack?: (ms: number) => Promise<void>
  /** Called after each case, also after one that failed. Closes both and deletes their data. */
  readonly end?: () => Promise<void>
}

/**
 * One case: any test runner can run it, `for (const { name, run } of inboxContract(make))
 * test(name, run)`.
 */
export interface ContractCase {
  readonly name: string
  /** Rejects with an Error that describes what was found and expected. */
  readonly run: () => Promise<void>
}

/** Cases by name. Each gets a new store. */
export type Cases = Readonly<Record<string, <Tx>(subject: InboxUnderTest<Tx>) => Promise<void>>>

/** A store whose `complete` commits the writes of `apply`. */
export type Transactional<Tx> = InboxUnderTest<Tx> & Required<Pick<InboxUnderTest<Tx>, 'effects'>>

/** One whose transaction runs SQL. */
export type WithStatements<Tx> = Transactional<Tx> & {
  readonly effects: Required<Transactional<Tx>['effects']>
}

/** One with a clock of its own. */
export type WithOwnClock<Tx> = InboxUnderTest<Tx> & Required<Pick<InboxUnderTest<Tx>, 'stepBack'>>

/** Cases that not every store can be asked for. */
export type TransactionCases = Readonly<
  Record<string, <Tx>(subject: Transactional<Tx>) => Promise<void>>
>
export type StatementCases = Readonly<
  Record<string, <Tx>(subject: WithStatements<Tx>) => Promise<void>>
>
export type StepBackCases = Readonly<
  Record<string, <Tx>(subject: WithOwnClock<Tx>) => Promise<void>>
>

const digestOf = (text: string) => `${text}${'0'.repeat(64)}`.slice(0, 64)

export function record(id: string, more: Partial<InboxRecord> = {}): InboxRecord {
  const sealed = new TextEncoder().encode(`{"id":"${id}"}`)
  return {
    id,
    scope: '1900009191',
    digest: digestOf('a'),
    eventType: 'ENTRUST.SIGN',
    sealed,
    ...more,
  }
}

export const otherDigest = digestOf('b')

/** Records that some store cannot hold. Every store rejects them. */
export const unstorable: Readonly<Record<string, InboxRecord>> = {
  'NUL in eventType': record('EV-1', { eventType: 'ENTRUST\0SIGN' }),
  'NUL in id': record('EV\0'),
  'NUL in scope': record('EV-1', { scope: '1900009191\0' }),
  'NUL in digest': record('EV-1', { digest: '\0' }),
  'half of a surrogate pair in id': record('EV-\ud83d'),
  'half of a surrogate pair in eventType': record('EV-1', { eventType: '\ude00' }),
  'an id of 257 characters': record('x'.repeat(257)),
  'a scope of 257 characters': record('EV-1', { scope: 'x'.repeat(257) }),
  'an event type of 257 characters': record('EV-1', { eventType: 'x'.repeat(257) }),
  'a digest of 257 characters': record('EV-1', { digest: 'a'.repeat(257) }),
  'no digest': record('EV-1', { digest: undefined as unknown as string }),
  'an id that is no text': record('EV-1', { id: 7 as unknown as string }),
  'a text as sealed': record('EV-1', { sealed: '{}' as unknown as Uint8Array }),
}

/** A signal that never aborts. */
export const unlimited = new AbortController().signal

export const minute = 60_000
export const day = 24 * 60 * minute

/** Claims them one by one, each at another time, so that their order is known. */
export async function claimAll<Tx>(subject: InboxUnderTest<Tx>, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    same(await subject.inbox.claim(record(id), unlimited), 'new', `claim of ${id}`)
    await subject.elapse(5)
  }
}

export const leaseAll = <Tx>(
  inbox: NotificationInbox<Tx>,
  limit = 100,
  leaseMs = minute,
): Promise<Lease[]> => inbox.lease({ owner: 'contract', limit, leaseMs })

/** Claims one record and leases it. */
export async function leased<Tx>(
  subject: InboxUnderTest<Tx>,
  id = 'EV-1',
  leaseMs = minute,
): Promise<Lease> {
  same(await subject.inbox.claim(record(id), unlimited), 'new', `claim of ${id}`)
  return leaseOne(subject.inbox, leaseMs)
}

export async function leaseOne<Tx>(inbox: NotificationInbox<Tx>, leaseMs = minute): Promise<Lease> {
  const [lease, ...more] = await leaseAll(inbox, 1, leaseMs)
  if (lease === undefined || more.length > 0)
    throw new Error(`lease: found ${more.length}, expected exactly one`)
  return lease
}

export const idsOf = (leases: readonly Lease[]): string[] => leases.map((lease) => lease.record.id)
