/** There already, or to come. Node works synchronously, WebCrypto does not; `await` serves both. */
export type MaybePromise<T> = T | Promise<T>

/**
 * Whether it is still to come. A message takes some fifty microseconds, nearly all of them in RSA, and each `await` on its
 * way one or two more, also where there is nothing to wait for: so there what is there is used at once.
 */
export function isPending<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
