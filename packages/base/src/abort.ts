/**
 * The longest delay of `setTimeout`, in milliseconds (about 24 days). A longer delay would fire at
 * once.
 */
export const longestTimeout = 2 ** 31 - 1

/**
 * Settles like the promise, or rejects with `signal.reason` as soon as the signal aborts. So work
 * that ignores its signal cannot keep the caller waiting. Its later result is dropped, and its
 * later rejection is handled.
 */
export async function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return promise
  let stop: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    if (stop) signal.removeEventListener('abort', stop)
  }
}

/**
 * Resolves after the time, or as soon as the signal aborts. Leaves no timer and no listener behind.
 */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, Math.min(milliseconds, longestTimeout))
    if (signal?.aborted) end()
    else signal?.addEventListener('abort', end)
  })
}
