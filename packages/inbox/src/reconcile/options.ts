import type { Contract } from '@wechatpay-entrust/core'
import type { ContractSigned, ContractTerminated } from '@wechatpay-entrust/notification'

/** A contract that you pre-signed and whose outcome you do not know. */
export interface PendingContract {
  readonly service_id: number
  readonly out_contract_code: string
}

/**
 * The result of a query, in the form of the notification that did not arrive. `resource` has all
 * fields of the contract.
 */
export type FoundContract = (ContractSigned | ContractTerminated) & { readonly resource: Contract }

export interface ReconcileContext<Pending> {
  /**
   * The same each time this state of this contract is found: `reconcile:12535:CODE:SIGNED`. Never
   * the id of a notification.
   */
  readonly id: string
  readonly pending: Pending
  readonly signal: AbortSignal | undefined
}

export type ReconcileEvent =
  | { readonly type: 'reconcile:found'; readonly id: string }
  /** The query or `onContract` failed; the next pass tries this code again. */
  | {
      readonly type: 'reconcile:failed'
      readonly out_contract_code: string
      readonly error: unknown
    }

export interface ReconcileOptions<Pending extends PendingContract> {
  /**
   * Your own contracts without an outcome, in a fixed order. Leave out those of the last minutes:
   * their notification may still arrive. Read lazily, one at a time.
   */
  readonly pending: AsyncIterable<Pending> | Iterable<Pending>
  /** `wechatpay.getContractByCode`. */
  readonly getContractByCode: (
    args: { path: { service_id: number; out_contract_code: string } },
    options: { signal?: AbortSignal | undefined },
  ) => Promise<{ readonly data: Contract }>
  /**
   * The same function that your inbox's handler calls. The notification may still arrive, with
   * another id, so let the contract's code and state decide whether it was handled already.
   */
  readonly onContract: (found: FoundContract, context: ReconcileContext<Pending>) => unknown
  /**
   * Called after each code, in order. Store it, and start `pending` after it if a pass was
   * interrupted.
   */
  readonly onCursor?: ((pending: Pending) => unknown) | undefined
  /** Most queries per second. Default 5. */
  readonly perSecond?: number | undefined
  /**
   * Ends the pass between two codes, or the query that runs; it then rejects with `signal.reason`.
   */
  readonly signal?: AbortSignal | undefined
  /** Without it, failures go to `console.error`; `() => {}` silences them. */
  readonly onEvent?: ((event: ReconcileEvent) => void) | undefined
  /** Writes one line to `console.error` for each event. Default: `WECHATPAY_DEBUG=1`. */
  readonly debug?: boolean | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Waits between queries. Default: a timer. */
  readonly wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

/** A record, so that the compiler reports a missing name. */
export const knownOptions: {
  readonly [Name in keyof Required<ReconcileOptions<PendingContract>>]: true
} = {
  pending: true,
  getContractByCode: true,
  onContract: true,
  onCursor: true,
  perSecond: true,
  signal: true,
  onEvent: true,
  debug: true,
  clock: true,
  wait: true,
}
