import { MockStateError } from '../mock-state-error.ts'

/**
 * The promise of `mock.clock.advance`. It notices whether its caller waits for it: `await`, `then`
 * and `Promise.all` all call `then`.
 */
export class Advance extends Promise<number> {
  /** Promises made by `then` are plain ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  isAwaited = false

  // biome-ignore lint/suspicious/noThenProperty: `then` of a promise is what is to be noticed.
  override then<Fulfilled = number, Rejected = never>(
    onFulfilled?: ((value: number) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    this.isAwaited = true
    return super.then(onFulfilled, onRejected)
  }
}

export function notAwaited(method: string): MockStateError {
  return new MockStateError('CONFLICT', {
    slot: `mock.${method}`,
    found: 'a call while mock.clock.advance is still running and is not awaited',
    expected: 'the call after the time has moved',
    remedy: {
      en: 'Write: await mock.clock.advance(seconds).',
      zh: '请写成：await mock.clock.advance(seconds)。',
    },
  })
}
