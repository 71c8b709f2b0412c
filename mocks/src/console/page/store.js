// What the page knows of the mock: a snapshot, taken again whenever the mock tells of a change.

/** @import { Snapshot } from '../snapshot.ts' */
/** @import { RequestDetail } from '../../request-log.ts' */
/** @import { SignatureFinding } from '../../explain-signature.ts' */
/** @import { Delivery, Notification } from '../../notifier.ts' */

/** @typedef {RequestDetail & { signature: SignatureFinding | null }} WholeRequest */
/** @typedef {Notification & { attempts: Delivery[] }} WholeNotification */

const base = '/__mock'
/** So many milliseconds between two snapshots, however much happens. */
const pause = 150
const retryAfter = 1000

/**
 * @param {() => void} changed Called after each change of what the store knows.
 */
export function createStore(changed) {
  const store = {
    /** @type {Snapshot | undefined} */
    snapshot: undefined,
    /** When the snapshot was taken, by this page's own clock. */
    takenAt: 0,
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

  /** @type {Promise<void> | undefined} */
  let running
  let again = false

  /** Takes a snapshot; while one is taken, what comes meanwhile is one more after it. */
  function refresh() {
    again = true
    running ??= (async () => {
      try {
        while (again) {
          again = false
          await take()
          if (again) await new Promise((done) => setTimeout(done, pause))
        }
        store.isLive = source?.readyState === EventSource.OPEN
      } catch {
        store.isLive = false
        setTimeout(refresh, retryAfter)
      } finally {
        running = undefined
        changed()
      }
    })()
    return running
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
    changed()
  }

  /**
   * @param {string} path
   * @returns {Promise<any>} Undefined where nothing is.
   */
  async function read(path) {
    const answer = await fetch(base + path, { cache: 'no-store' })
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
    }
  }
  document.addEventListener('visibilitychange', connect)
  connect()
  return store
}

/** @typedef {ReturnType<typeof createStore>} Store */
