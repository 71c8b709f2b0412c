/** One deadline shared by all steps of handling a request. */
export interface Deadline {
  /**
   * Settles as `work` does, or rejects with `late()` when the time is up; that is its signal's
   * reason, too.
   */
  within<T>(work: (signal: AbortSignal) => Promise<T>, late: () => Error): Promise<T>
}

/**
 * WeChat Pay waits 5 s for the response. The rest is for the network and a busy machine.
 */
const defaultBudgetMs = 3500
const longestBudgetMs = 4500

/** Counts from `start`, in the time of `performance.now()`. A timer runs only during a wait. */
export function createDeadline(
  budgetMs: number = defaultBudgetMs,
  start = performance.now(),
): Deadline {
  if (!(budgetMs > 0 && budgetMs <= longestBudgetMs)) {
    throw new TypeError(
      `budgetMs: found ${budgetMs}; expected milliseconds, more than 0 and at most ${longestBudgetMs}. WeChat Pay takes ` +
        'no answer for a failure after 5 s, and sends again.',
    )
  }
  const end = start + budgetMs
  return {
    async within(work, late) {
      const controller = new AbortController()
      let timer: ReturnType<typeof setTimeout> | undefined
      const spent = new Promise<never>((_, reject) => {
        const stop = () => {
          const error = late()
          controller.abort(error)
          reject(error)
        }
        timer = setTimeout(stop, Math.max(0, end - performance.now()))
      })
      try {
        return await Promise.race([work(controller.signal), spent])
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
