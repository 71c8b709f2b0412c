// A message costs some fifty microseconds, nearly all of them in RSA. Each promise on its way that nobody has to wait for
// costs another one or two, so on that way there are none: what is there is used at once.

/** There already, or to come. Node works synchronously, WebCrypto does not; `await` serves both. */
export type MaybePromise<T> = T | Promise<T>

export function isPending<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/** `next` of the value, at once where that is there. */
export function andThen<T, U>(value: MaybePromise<T>, next: (value: T) => MaybePromise<U>): MaybePromise<U> {
  return isPending(value) ? value.then(next) : next(value)
}

/** What `work` gives, or else what `recover` makes of that which it throws now or rejects with later. */
export function orElse<T>(work: () => MaybePromise<T>, recover: (error: unknown) => MaybePromise<T>): MaybePromise<T> {
  let value: MaybePromise<T>
  try {
    value = work()
  } catch (error) {
    return recover(error)
  }
  return isPending(value) ? value.then(undefined, recover) : value
}
