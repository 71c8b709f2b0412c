import { callListener } from '@wechatpay-entrust/base'

/** A change in the mock, for a live view. The view reads the rest from the mock's lists. */
export interface Change {
  readonly type:
    | 'request'
    | 'session'
    | 'contract'
    | 'notification'
    | 'faults'
    | 'clock'
    | 'platform'
    | 'reset'
  /**
   * What changed, if it is one thing: the number of a request, or the id of a session, contract or
   * notification.
   */
  readonly id?: string | number
}

export interface Feed {
  emit(change: Change): void
  /** Calls the listener at each change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void
}

export function createFeed(): Feed {
  const listeners = new Set<(change: Change) => void>()
  return {
    emit(change) {
      for (const listener of listeners) callListener(listener, change)
    },
    subscribe(listener) {
      // The same function twice is two subscriptions.
      const own = (change: Change) => listener(change)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
