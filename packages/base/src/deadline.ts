import { pause } from './abort.ts'

/** The promises of a deadline reject with it when the time is over. Never shown to users. */
export const deadlinePassed: unique symbol = Symbol('deadline passed')

/**
 * One deadline for everything that a call does: connecting, headers, bodies, and the waits between
 * attempts.
 */
export interface Deadline {
  /** Aborts when the time is over or the caller aborts. */
  readonly signal: AbortSignal
  /** Milliseconds left. */
  remaining(): number
  /**
   * Settles like the work, or rejects at the end of the deadline, so that a fetch that ignores its
   * signal cannot keep the caller waiting. Rejects with `deadlinePassed` or the caller's
   * `signal.reason`.
   */
  race<T>(work: Promise<T>): Promise<T>
  /**
   * Resolves after the given time. Rejects with `late` if the deadline ends first, or with the
   * caller's `signal.reason`.
   */
  wait(milliseconds: number, late: unknown): Promise<void>
  /** Removes the timer and the listener. Always call it. */
  release(): void
}

/** Starts the deadline of one call. The caller's signal must not be aborted yet. */
export function startDeadline(timeout: number, caller: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  const endsAt = performance.now() + timeout
  let end: (rejection: unknown, reason: unknown) => void = () => undefined
  const ended = new Promise<never>((_, reject) => {
    end = (rejection, reason) => {
      reject(rejection)
      controller.abort(reason)
    }
  })
  // At the end there may be no race to handle this rejection.
  ended.catch(() => undefined)
  const onAbort = () => end(caller?.reason, caller?.reason)
  const timer = setTimeout(
    () => end(deadlinePassed, new DOMException('The deadline passed', 'TimeoutError')),
    timeout,
  )
  caller?.addEventListener('abort', onAbort, { once: true })
  const race = <T>(work: Promise<T>) => Promise.race([ended, work])
  return {
    signal: controller.signal,
    remaining: () => endsAt - performance.now(),
    race,
    async wait(milliseconds, late) {
      try {
        await race(pause(milliseconds, controller.signal))
      } catch (rejection) {
        throw rejection === deadlinePassed ? late : rejection
      }
    },
    release() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', onAbort)
    },
  }
}
