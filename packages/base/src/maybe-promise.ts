/**
 * A value, or a promise of it. Node's cryptography is synchronous, WebCrypto's is not; `await`
 * works for both.
 */
export type MaybePromise<T> = T | Promise<T>

/**
 * Whether a value is still a promise. To handle one message takes about fifty microseconds, nearly
 * all of it in RSA, and each `await` adds one or two, even if there is nothing to wait for. So
 * callers on that path use this check and skip the `await`.
 */
export function isPending<T>(value: MaybePromise<T>): value is Promise<T> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}
