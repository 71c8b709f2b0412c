// The page's data: a snapshot of the mock, taken again at every change that the mock reports.

/** @import { Snapshot } from '../src/control/snapshot.ts' */
/** @import { RequestDetail } from '../src/requests/request-log.ts' */
/** @import { SignatureFinding } from '../src/requests/explain-signature.ts' */
/** @import { Delivery, Notification } from '../src/notifications/notification.ts' */

/** @typedef {RequestDetail & { signature: SignatureFinding | null }} WholeRequest */
/** @typedef {Notification & { attempts: Delivery[] }} WholeNotification */

const base = '/__mock'
/** Milliseconds between two snapshots, even if there are many changes. */
const pause = 150
const retryAfter = 1000
/** The time limit of one read, in milliseconds. */
const readLimit = 10_000

/**
 * @param {() => void} changed Called after each change of the store's data.
 */
export function createStore(changed) {
  const store = {
    /** @type {Snapshot | undefined} */
    snapshot: undefined,
    /** When the snapshot was taken, by this page's own clock. */
    takenAt: Number.NEGATIVE_INFINITY,
    isLive: false,
    /** @type {string | undefined} The path of the selected item. */
    wanted: undefined,
    /** @type {{ path: string, found: WholeRequest | WholeNotification | undefined } | undefined} */
    detail: undefined,
    /** The mock's current time. */
    now() {
      const { clock } = store.snapshot ?? { clock: { now: Date.now(), frozen: true } }
      return clock.frozen ? clock.now : clock.now + (performance.now() - store.takenAt)
    },
    refresh,
    /** @param {string | undefined} path */
    look(path) {
      if (store.wanted === path) return
      store.wanted = path
      if (path !== undefined) void refresh()
    },
    /**
     * Sends a command to the mock. Returns the response body, or throws an error with its message.
     *
     * @param {string} path
     * @param {unknown} [body]
     * @returns {Promise<any>}
     */
    async post(path, body = {}) {
      const response = await fetch(base + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      const result = await response.json()
      if (!response.ok) throw new Error(result.message)
      return result
    },
  }

  /** @type {Promise<void> | undefined} The next snapshot, requested but not started. */
  let waiting
  /** @type {Promise<void>} */
  let last = Promise.resolve()

  /**
   * Resolves after a snapshot that started after this call. Many calls at once share one snapshot.
   */
  function refresh() {
    waiting ??= last = last.then(async () => {
      await new Promise((done) =>
        setTimeout(done, Math.max(0, store.takenAt + pause - performance.now())),
      )
      waiting = undefined
      try {
        await take()
        store.isLive = source?.readyState === EventSource.OPEN
      } catch {
        store.isLive = false
        setTimeout(refresh, retryAfter)
      }
      changed()
    })
    return waiting
  }

  async function take() {
    const { wanted } = store
    const [snapshot, found] = await Promise.all([
      read('/console/state'),
      wanted === undefined ? undefined : read(wanted),
    ])
    store.snapshot = snapshot
    store.takenAt = performance.now()
    store.detail = wanted === undefined ? undefined : { path: wanted, found }
  }

  /**
   * @param {string} path
   * @returns {Promise<any>} Undefined if there is no such item.
   */
  async function read(path) {
    const response = await fetch(base + path, {
      cache: 'no-store',
      signal: AbortSignal.timeout(readLimit),
    })
    return response.ok ? response.json() : undefined
  }

  /** @type {EventSource | undefined} */
  let source

  function connect() {
    source?.close()
    source = undefined
    // A hidden page closes its stream: a browser allows six connections to one host.
    if (document.hidden) return
    source = new EventSource(`${base}/events`)
    source.onopen = () => {
      store.isLive = true
      void refresh()
    }
    source.onmessage = () => void refresh()
    source.onerror = () => {
      store.isLive = false
      changed()
      // It reconnects by itself after a broken connection, but not after an invalid response.
      if (source?.readyState === EventSource.CLOSED) setTimeout(connect, retryAfter)
    }
  }
  document.addEventListener('visibilitychange', connect)
  connect()
  return store
}

/** @typedef {ReturnType<typeof createStore>} Store */
