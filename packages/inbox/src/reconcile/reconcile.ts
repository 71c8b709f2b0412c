import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { createReport, pause } from '@wechatpay-entrust/base'
import {
  knownOptions,
  type PendingContract,
  type ReconcileEvent,
  type ReconcileOptions,
} from './options.ts'
import { queryContract } from './query-contract.ts'

/** The result of a pass. */
export interface Reconciliation {
  /** Passed to `onContract` without an error. */
  readonly found: number
  /**
   * WeChat Pay has no such contract, by a verified response, or it is in a state other than SIGNED
   * and TERMINATED: query again later. No other failure counts as not signed.
   */
  readonly notSigned: number
  /**
   * The query or `onContract` failed: nothing is known about the contract. Also a 404 that is not
   * verified, as a gateway sends it: do not take a new `out_contract_code` because of it.
   */
  readonly failed: number
}

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
 * @throws {ConfigurationError} `unknown-option`
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
  requireKnownOptions(options, knownOptions)
  const { pending, onCursor, signal, onEvent, debug, perSecond = 5 } = options
  const wait = options.wait ?? waitUnlessAborted
  const report = createReport<ReconcileEvent>({
    ...{ onEvent, debug },
    isFailure: ({ type }) => type === 'reconcile:failed',
  })
  if (!(perSecond > 0))
    throw new TypeError(`perSecond: found ${perSecond}; expected a number above 0.`)
  const counts = { found: 0, notSigned: 0, failed: 0 }
  let inARow = 0
  for await (const one of pending) {
    signal?.throwIfAborted()
    try {
      counts[(await settle(one, { ...options, wait }, report)) ? 'found' : 'notSigned']++
      inARow = 0
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      counts.failed++
      report({ type: 'reconcile:failed', out_contract_code: one.out_contract_code, error })
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
  options: ReconcileOptions<Pending> & Required<Pick<ReconcileOptions<Pending>, 'wait'>>,
  report: (event: ReconcileEvent) => void,
): Promise<boolean> {
  const { signal, onContract, clock = Date.now } = options
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
  report({ type: 'reconcile:found', id })
  return true
}

/** The spec's list is open: any other state is not an outcome. */
const kinds: Readonly<Record<string, 'signed' | 'terminated' | undefined>> = {
  SIGNED: 'signed',
  TERMINATED: 'terminated',
}

async function waitUnlessAborted(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, signal)
  signal?.throwIfAborted()
}
