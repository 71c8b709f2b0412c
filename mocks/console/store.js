// What the page knows of the mock: a snapshot, taken again whenever the mock tells of a change.

/** @import { Snapshot } from '../src/control/snapshot.ts' */
/** @import { RequestDetail } from '../src/requests/request-log.ts' */
/** @import { SignatureFinding } from '../src/requests/explain-signature.ts' */
/** @import { Delivery, Notification } from '../src/notifications/notifier.ts' */

/** @typedef {RequestDetail & { signature: SignatureFinding | null }} WholeRequest */
/** @typedef {Notification & { attempts: Delivery[] }} WholeNotification */

const base = '/__mock'
/** So many milliseconds between two snapshots, however much happens. */
const pause = 150
const retryAfter = 1000
/** Reading is done by then, or never. */
const longest = 10_000

/**
 * @param {() => void} changed Called after each change of what the store knows.
 */
export function createStore(changed) {
  const store = {
    /** @type {Snapshot | undefined} */
    snapshot: undefined,
    /** When the snapshot was taken, by this page's own clock. */
    takenAt: Number.NEGATIVE_INFINITY,
    isLive: false,
    /** @type {string | undefined} The path of what is looked at closely. */
    wanted: undefined,
    /** @type {{ path: string, found: WholeRequest | WholeNotification | undefined } | undefined} */
    detail: undefined,
    /** The mock's time at this moment. */
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
     * Commands the mock; the answer's body, or an error with its message.
     *
     * @param {string} path
     * @param {unknown} [body]
     * @returns {Promise<any>}
     */
    async post(path, body = {}) {
      const answer = await fetch(base + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
      const said = await answer.json()
      if (!answer.ok) throw new Error(said.message)
      return said
    },
  }

  /** @type {Promise<void> | undefined} The snapshot that is asked for and not begun. */
  let waiting
  /** @type {Promise<void>} */
  let last = Promise.resolve()

  /**
   * Resolves after a snapshot that was begun later than this call; many calls at once are one
   * snapshot.
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
   * @returns {Promise<any>} Undefined where nothing is.
   */
  async function read(path) {
    const answer = await fetch(base + path, {
      cache: 'no-store',
      signal: AbortSignal.timeout(longest),
    })
    return answer.ok ? answer.json() : undefined
  }

  /** @type {EventSource | undefined} */
  let source

  function connect() {
    source?.close()
    source = undefined
    // A page that nobody sees listens to nothing: a browser has six connections to one host.
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
      // It tries again by itself after a broken connection, and not after an answer that was none.
      if (source?.readyState === EventSource.CLOSED) setTimeout(connect, retryAfter)
    }
  }
  document.addEventListener('visibilitychange', connect)
  connect()
  return store
}

/** @typedef {ReturnType<typeof createStore>} Store */
