import { callListener, pause } from '@wechatpay-entrust/base'
import type { ApiError, Contract } from '@wechatpay-entrust/core'
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
  readonly onEvent?: ((event: ReconcileEvent) => void) | undefined
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Waits between queries. Default: a timer. */
  readonly wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined
}

/** The result of a pass. */
export interface Reconciliation {
  /** Passed to `onContract` without an error. */
  readonly found: number
  /** Not found, or in a state other than SIGNED and TERMINATED: query again later. */
  readonly notSigned: number
  readonly failed: number
}

/**
 * Some failures are temporary, such as a rate limit or an outage. The client has already tried
 * three times when it throws one.
 */
const attemptsPerQuery = 4
/**
 * If this many codes fail in a row, the codes are not the cause: it is a key, a permission, the
 * network or the database of `onContract`.
 */
const failuresInARow = 5

/**
 * Queries each contract and finds those whose notification did not arrive: WeChat Pay repeats a
 * notification for about a day and does not promise that it arrives. Run it regularly, for example
 * each hour.
 *
 * Continues after a code that fails, and rejects with the last error after five in a row: then the
 * codes are not the cause.
 *
 * @throws what `getContractByCode` or `onContract` threw the fifth time in a row; `signal.reason`
 *
 * @example
 * ```ts
 * import { reconcile } from '@wechatpay-entrust/inbox'
 * import { type ContractNotification, createWeChatPay, type WeChatPayOptions } from 'wechatpay-entrust'
 *
 * declare const options: WeChatPayOptions
 * declare const store: {
 *   pendingAfter(code: string | undefined): AsyncIterable<{ service_id: number; out_contract_code: string }>
 *   settle(event: ContractNotification): Promise<void>
 *   cursor: string | undefined
 * }
 *
 * const wechatpay = createWeChatPay(options)
 * const { found, notSigned, failed } = await reconcile({
 *   pending: store.pendingAfter(store.cursor),
 *   getContractByCode: wechatpay.getContractByCode,
 *   onContract: (event) => store.settle(event),
 *   onCursor: ({ out_contract_code }) => {
 *     store.cursor = out_contract_code
 *   },
 * })
 * store.cursor = undefined // The pass is complete: the next one starts from the beginning.
 * ```
 */
export async function reconcile<Pending extends PendingContract>(
  options: ReconcileOptions<Pending>,
): Promise<Reconciliation> {
  const { pending, onCursor, signal, onEvent, perSecond = 5, wait = waitUnlessAborted } = options
  if (!(perSecond > 0))
    throw new TypeError(`perSecond: found ${perSecond}; expected a number above 0.`)
  const counts = { found: 0, notSigned: 0, failed: 0 }
  let inARow = 0
  for await (const one of pending) {
    signal?.throwIfAborted()
    try {
      counts[(await settle(one, options)) ? 'found' : 'notSigned']++
      inARow = 0
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      counts.failed++
      callListener(onEvent, {
        type: 'reconcile:failed',
        out_contract_code: one.out_contract_code,
        error,
      })
      if (++inARow >= failuresInARow) throw error
    }
    await onCursor?.(one)
    await wait(1_000 / perSecond, signal)
  }
  return counts
}

/** Whether the contract has an outcome, which was then passed to `onContract`. */
async function settle<Pending extends PendingContract>(
  pending: Pending,
  options: ReconcileOptions<Pending>,
): Promise<boolean> {
  const { signal, onContract, onEvent, clock = Date.now } = options
  const contract = await queryContract(pending, options)
  const kind = contract === undefined ? undefined : kinds[contract.contract_state]
  if (contract === undefined || kind === undefined) return false
  const { service_id, out_contract_code } = pending
  const id = `reconcile:${service_id}:${out_contract_code}:${contract.contract_state}`
  const created = {
    id,
    create_time: new Date(clock()).toISOString(),
    event_type: `RECONCILE.${contract.contract_state}`,
  }
  await onContract(
    { ...created, kind, resource: contract, plaintext: JSON.stringify(contract) },
    { id, pending, signal },
  )
  callListener(onEvent, { type: 'reconcile:found', id })
  return true
}

/** The spec's list is open: any other state is not an outcome. */
const kinds: Readonly<Record<string, 'signed' | 'terminated' | undefined>> = {
  SIGNED: 'signed',
  TERMINATED: 'terminated',
}

async function queryContract<Pending extends PendingContract>(
  { service_id, out_contract_code }: Pending,
  { getContractByCode, signal, wait = waitUnlessAborted }: ReconcileOptions<Pending>,
): Promise<Contract | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await getContractByCode({ path: { service_id, out_contract_code } }, { signal })).data
    } catch (error) {
      const { notFound, retryable } = error as Partial<ApiError>
      if (notFound === true) return undefined
      if (signal?.aborted || attempt >= attemptsPerQuery || retryable !== true) throw error
    }
    await wait(1_000 * 4 ** attempt * (0.75 + Math.random() / 2), signal)
  }
}

async function waitUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, signal)
  signal?.throwIfAborted()
}
