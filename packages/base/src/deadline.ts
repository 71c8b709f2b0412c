/** The longest wait that a timer of the platform can hold, in milliseconds (about 24 days). */
export const longestTimeout = 2 ** 31 - 1

/** Rejection of a deadline's promises when the time is over. Stays inside the package. */
export const deadlinePassed: unique symbol = Symbol('deadline passed')

/**
 * One end for everything that a call does: connecting, answers, bodies, and the waits between
 * attempts.
 */
export interface Deadline {
  /** Aborts when the time is over or the caller aborts. */
  readonly signal: AbortSignal
  /** Milliseconds left. */
  remaining(): number
  /**
   * The work's result, or the end of the deadline, whatever the work makes of its signal: a fetch
   * that ignores it cannot keep the caller waiting. Rejects with `deadlinePassed` or the caller's
   * `signal.reason`.
   */
  race<T>(work: Promise<T>): Promise<T>
  /**
   * Resolves after so many milliseconds. Rejects with `late` when the time is over before, or with
   * `signal.reason`.
   */
  wait(milliseconds: number, late: unknown): Promise<void>
  /** Leaves no timer and no listener behind. Always to be called. */
  release(): void
}

/** Starts the clock of one call. The caller's signal must not have been aborted yet. */
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
  // Nobody may be racing at the moment of the end.
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
      let pause: ReturnType<typeof setTimeout> | undefined
      const paused = new Promise<void>((resolve) => {
        pause = setTimeout(resolve, milliseconds)
      })
      try {
        await race(paused)
      } catch (rejection) {
        throw rejection === deadlinePassed ? late : rejection
      } finally {
        clearTimeout(pause)
      }
    },
    release() {
      clearTimeout(timer)
      caller?.removeEventListener('abort', onAbort)
    },
  }
}
