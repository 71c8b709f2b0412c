import { type AnyNotification, openNotification } from '@wechatpay-entrust/notification'
import type { Lease } from '../inbox.ts'
import { errorText } from './error-text.ts'
import { keepLease } from './keep-lease.ts'
import type { DeliveryContext, WorkerSettings } from './options.ts'

/** One leased notification whose handler runs. */
export interface Delivery {
  /** Resolves when it is done, released, parked or lost. Never rejects. */
  readonly ended: Promise<void>
  /**
   * Aborts the handler's signal and releases the notification without waiting for the handler.
   */
  abandon(): void
}

const gaveUp = 'No attempt has ended: the process died each time, or the lease ran out.'

export function deliver<Tx>(lease: Lease, settings: WorkerSettings<Tx>): Delivery {
  const { inbox, handler, tenant, leaseMs, maxAttempts, backoff, report } = settings
  const { record, attempt, token } = lease
  const about = { scope: record.scope, id: record.id, eventType: record.eventType, attempt }
  const startedAt = performance.now()
  let notification: AnyNotification | undefined
  let completion: Promise<boolean> | undefined
  let isLost = false

  const reportLost = () => {
    if (!isLost) report({ type: 'inbox:lease-lost', ...about })
    isLost = true
  }
  const fault = (during: 'renew' | 'release' | 'handler', error: unknown) =>
    report({ type: 'inbox:error', during, error, ...about })
  const heldLease = keepLease(inbox, lease, {
    leaseMs,
    onLost: reportLost,
    onError: (error) => fault('renew', error),
  })

  const complete: DeliveryContext<Tx>['complete'] = (apply) => {
    if (completion !== undefined)
      return Promise.reject(new Error('complete was already called in this attempt.'))
    // A renewal under way would find the record done and report a lost lease.
    heldLease.stop()
    completion = inbox.complete(lease, apply)
    completion.catch(() => {}) // Awaited below, also if the handler does not wait for it.
    return completion
  }

  const handle = async () => {
    notification = await openNotification(record.sealed, await tenant(record.scope))
    // Lost or released while it was opened: another consumer may have it.
    heldLease.signal.throwIfAborted()
    const { id, scope } = record
    await handler(notification, { id, scope, attempt, token, signal: heldLease.signal, complete })
    if (await (completion ?? complete()))
      report({ type: 'inbox:handled', ...about, durationMs: since(startedAt) })
    else reportLost()
  }

  const handleFailure = async (error: unknown) => {
    // The handler may fail after its completion was committed. Then there is nothing to repeat.
    const done = await completion?.catch(() => undefined)
    if (done === true) {
      fault('handler', error)
      return report({ type: 'inbox:handled', ...about, durationMs: since(startedAt) })
    }
    await release(error, attempt >= maxAttempts)
  }

  const release = async (
    error: unknown,
    park: boolean,
    delay = () => (park ? 0 : backoff(attempt)),
  ) => {
    try {
      const delayMs = delay()
      const text = errorText(error, notification?.resource)
      if (!(await inbox.release(lease, { delayMs, error: text, park }))) return reportLost()
      report(
        park
          ? { type: 'inbox:parked', ...about, error }
          : { type: 'inbox:failed', ...about, error, delayMs },
      )
    } catch (cause) {
      // The store or `backoff` failed. The lease runs out by itself, and the record is delivered
      // again.
      fault('release', cause)
    }
  }

  let abandon = () => {}
  const abandoned = new Promise<Error>((resolve) => {
    abandon = () => {
      const stopped = new Error('The worker was stopped before the handler had ended.')
      heldLease.abort(stopped)
      resolve(stopped)
    }
  })
  const run = async () => {
    try {
      if (attempt > maxAttempts) return await release(new Error(gaveUp), true)
      const stopped = await Promise.race([handle(), abandoned])
      // The handler has ended, or its completion has begun.
      if (completion !== undefined) return void (await completion)
      await release(stopped, false, () => 0)
      isLost = true // Already reported: no second event when the handler completes too late.
    } catch (error) {
      await handleFailure(error)
    } finally {
      heldLease.stop()
    }
  }
  return { ended: run(), abandon }
}

const since = (start: number) => Math.round(performance.now() - start)
