/** What a timer holds at most; a longer one, `Infinity` too, would end at once. */
export const longestTimerMs = 2 ** 31 - 1

/** Resolves after `ms`, or at once when the signal aborts; leaves neither timer nor listener behind. */
export function pauseOf(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, Math.min(ms, longestTimerMs))
    if (signal?.aborted) done()
    else signal?.addEventListener('abort', done)
  })
}
