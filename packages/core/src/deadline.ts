/** The longest wait that a timer of the platform can hold, in milliseconds (about 24 days). */
export const longestTimeout = 2 ** 31 - 1

/** Rejection of `withDeadline` when the time is over. Stays inside the package. */
export const deadlinePassed: unique symbol = Symbol('deadline passed')

/**
 * Runs work under one deadline and the caller's signal, and ends when either does, whatever the work makes of its signal:
 * a fetch that ignores it cannot keep the caller waiting. Rejects with `deadlinePassed` or the caller's `signal.reason`.
 */
export async function withDeadline<T>(
  { timeout, signal }: { readonly timeout: number; readonly signal: AbortSignal | undefined },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  let end: (rejection: unknown, reason: unknown) => void = () => undefined
  const ended = new Promise<never>((_, reject) => {
    end = (rejection, reason) => {
      reject(rejection)
      controller.abort(reason)
    }
  })
  const onAbort = () => end(signal?.reason, signal?.reason)
  const timer = setTimeout(() => end(deadlinePassed, new DOMException('The deadline passed', 'TimeoutError')), timeout)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([ended, work(controller.signal)])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
