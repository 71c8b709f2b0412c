import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from './harness.ts'
import { build, post } from './sender.ts'

/**
 * The environment of a process whose clock is wrong by so many seconds. Timers are not affected.
 */
export const clockOff = (library: string, seconds: number) => ({
  LD_PRELOAD: library,
  FAKETIME: `${seconds >= 0 ? '+' : ''}${seconds}s`,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  DONT_FAKE_MONOTONIC: '1',
})

/** The response to a new notification by a receiver whose clock is wrong. R20 */
export async function respondWithClockOff(
  stage: Stage,
  library: string,
  seconds: number,
): Promise<number | undefined> {
  const [receiver] = await stage.start(1, { work: false }, clockOff(library, seconds))
  if (receiver === undefined) throw new Error('no receiver')
  const answered = await post(receiver.config.port, `EV-clock-${seconds}`)
  await receiver.end()
  return answered?.status
}

/**
 * Whether a worker whose clock is an hour ahead leaves another worker's lease alone, because the
 * store's clock decides. R20
 */
export async function leaseOutlivesClockAhead(stage: Stage, library: string): Promise<boolean> {
  const { body } = await build('EV-leased')
  const { inbox } = stage.store
  const record = {
    id: 'EV-leased',
    scope: '1900009191',
    digest: 'a'.repeat(64),
    eventType: 'ENTRUST.SIGN',
    sealed: body,
  }
  await inbox.claim(record, new AbortController().signal)
  const [lease] = await inbox.lease({ owner: 'proof', limit: 1, leaseMs: 600_000 })
  if (lease === undefined) throw new Error('no lease')
  const [ahead] = await stage.start(1, {}, clockOff(library, 3600))
  await pause(1_000)
  await ahead?.end()
  return inbox.complete(lease)
}
