/**
 * What has changed in the mock, for a view that shows it live: look up the rest by the mock's own
 * lists.
 */
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
   * What the change is about, if it is one thing: a request's number, a session's, contract's or
   * notification's id.
   */
  readonly id?: string | number
}

export interface Feed {
  emit(change: Change): void
  /** Calls the listener at each change from now on, until the function given back is called. */
  subscribe(listener: (change: Change) => void): () => void
}

export function createFeed(): Feed {
  const listeners = new Set<(change: Change) => void>()
  return {
    emit(change) {
      for (const listener of listeners) {
        try {
          listener(change)
        } catch {
          // A listener never changes what the mock does.
        }
      }
    },
    subscribe(listener) {
      // The same function twice is two subscriptions.
      const own = (change: Change) => listener(change)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
