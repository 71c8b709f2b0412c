import { pause } from '@wechatpay-entrust/base'
import type { SpecInput } from '@wechatpay-entrust/core'
import type { EventTypes } from '@wechatpay-entrust/notification'
import type { Claim, InboxRecord, Lease } from '../inbox.ts'
import { turnOfLoop } from '../stores/queue.ts'
import { type Delivery, deliver } from './deliver.ts'
import { type AnyWorkerOptions, type InboxWorkerOptions, readOptions } from './options.ts'

/** A running worker. Its timers keep the process alive until `stop()`. */
export interface InboxWorker {
  /**
   * Claims in the inbox, and then lets this worker lease the record at once. If adapter and
   * worker run in one process, pass the worker to the adapter instead of the inbox: `{ inbox:
   * worker }`.
   */
  claim(record: InboxRecord, signal: AbortSignal): Promise<Claim>
  /**
   * Leases at once, for example when another process has reported a new record.
   */
  wake(): void
  /**
   * Leases nothing more, waits for the running handlers, and after `timeoutMs` (default 10,000)
   * aborts their signals and releases their notifications. Never rejects. Idempotent. The inbox
   * stays open.
   */
  stop(options?: { readonly timeoutMs?: number | undefined }): Promise<void>
}

/** How long `stop` waits for the store to release aborted notifications. */
const releaseTimeoutMs = 2_000
const longestPauseMs = 30_000

/**
 * Delivers the notifications of an inbox: leases one, decrypts it, calls the handler, renews the
 * lease meanwhile, and marks it done. A failed one is retried with growing delays and parked after
 * `maxAttempts`. A parked one does not block the others.
 *
 * **At least once**: when a process dies between the handler's effect and the note that it is done,
 * the handler is called again with the same `id`. Effects that `complete(apply)` writes in the
 * store's own transaction happen exactly once. Notifications are delivered in no particular order.
 *
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 *   `malformed-api-v3-key`
 * @throws {TypeError} A number among the options is invalid.
 *
 * @example
 * ```ts
 * import { createInboxWorker } from '@wechatpay-entrust/inbox'
 * import { createSqliteInbox } from '@wechatpay-entrust/inbox/sqlite'
 *
 * const inbox = await createSqliteInbox('/var/lib/contracts/inbox.db')
 * const worker = createInboxWorker({
 *   inbox,
 *   apiV3Key: process.env.WECHATPAY_API_V3_KEY ?? '',
 *   handler: async (notification, { complete }) => {
 *     if (notification.kind !== 'signed') return
 *     const { out_contract_code = '', contract_id = '' } = notification.resource
 *     await complete(async (tx) => {
 *       tx.run('UPDATE contracts SET contract_id = ? WHERE code = ?', contract_id, out_contract_code)
 *     })
 *   },
 *   onEvent: (event) => console.log(event.type),
 * })
 * process.once('SIGTERM', () => void worker.stop().then(() => inbox.close()))
 * ```
 */
export function createInboxWorker<
  Tx,
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(given: InboxWorkerOptions<Tx, S, Names>): InboxWorker {
  const options = given as unknown as AnyWorkerOptions<Tx>
  const settings = readOptions(options)
  const { inbox, concurrency, leaseMs, owner, pollMs, report } = settings
  const running = new Set<Delivery>()
  const stopping = new AbortController()
  let wakeUp = new AbortController()
  let stopped: Promise<void> | undefined

  const start = (lease: Lease) => {
    const one = deliver(lease, settings)
    running.add(one)
    void one.ended.finally(() => running.delete(one))
    // Leased while `stop` was called: no handler may start any more.
    if (stopping.signal.aborted) one.abandon()
  }

  const idle = async () => {
    await pause(pollMs * (0.75 + Math.random() / 2), wakeUp.signal)
    wakeUp = new AbortController()
  }

  const work = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      const free = concurrency - running.size
      if (free === 0) {
        await Promise.race([...running].map(({ ended }) => ended))
        continue
      }
      try {
        const leases = await inbox.lease({ owner, limit: free, leaseMs })
        failures = 0
        for (const lease of leases) start(lease)
        // Without this, a synchronous store and handler would block the event loop.
        await (leases.length < free ? idle() : turnOfLoop())
      } catch (error) {
        report({ type: 'inbox:error', during: 'lease', error })
        await pause(Math.min(longestPauseMs, pollMs * 2 ** failures++), stopping.signal)
      }
    }
  }
  if (options.signal?.aborted) stopping.abort()
  const working = work()

  const end = async (timeoutMs: number) => {
    stopping.abort()
    wakeUp.abort()
    const allEnded = () => working.then(() => Promise.all([...running].map(({ ended }) => ended)))
    await within(timeoutMs, allEnded())
    for (const one of running) one.abandon()
    await within(releaseTimeoutMs, allEnded())
    options.signal?.removeEventListener('abort', onAbort)
  }
  const stop: InboxWorker['stop'] = ({ timeoutMs = 10_000 } = {}) => {
    stopped ??= end(timeoutMs)
    return stopped
  }
  const onAbort = () => void stop()
  options.signal?.addEventListener('abort', onAbort)

  return {
    async claim(record, signal) {
      const claim = await inbox.claim(record, signal)
      if (claim === 'new') wakeUp.abort()
      return claim
    },
    wake: () => wakeUp.abort(),
    stop,
  }
}

/** Waits for the work, at most for this time; leaves no timer behind. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const ended = new AbortController()
  await Promise.race([work, pause(ms, ended.signal)])
  ended.abort()
}
