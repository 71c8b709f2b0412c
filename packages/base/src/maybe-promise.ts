/**
 * A value, or a promise of it. Node's cryptography is synchronous, WebCrypto's is not; `await`
 * serves both.
 */
export type MaybePromise<T> = T | Promise<T>

/**
 * Whether a value is still a promise. A notification takes about fifty microseconds, nearly all of
 * it in RSA, and each `await` adds one or two even when there is nothing to wait for; so a value
 * that is there is used at once.
 */
export function isPending<T>(value: MaybePromise<T>): value is Promise<T> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}
