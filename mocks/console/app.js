// What the views work with: where the page is, what the user has set in it, and how to command the
// mock.
import { h } from './elements.js'

/** @import { Store } from './store.js' */

/** @typedef {'requests' | 'signing' | 'notifications' | 'controls'} ViewName */
/** @typedef {{ readonly view: ViewName, readonly id: string | undefined }} Place */

/** @type {readonly ViewName[]} */
export const viewNames = ['requests', 'signing', 'notifications', 'controls']

/**
 * @param {string} hash
 * @returns {Place}
 */
export function placeOf(hash) {
  const [name, id] = hash.replace(/^#/, '').split('/', 2)
  const view = viewNames.find((known) => known === name) ?? 'requests'
  const isSafe = id !== undefined && /^[\w-]+$/.test(id)
  return { view, id: isSafe && (view === 'requests' || view === 'notifications') ? id : undefined }
}

/**
 * @param {Store} store
 * @param {() => void} render
 */
export function createApp(store, render) {
  /** @type {Set<string>} */
  const busy = new Set()
  const app = {
    store,
    render,
    place: placeOf(location.hash),
    filter: '',
    refusedOnly: false,
    /** The fault that the form is set to. */
    faultName: 'latency',
    /** Where the focus goes once it is there: a selector. */
    /** @type {string | undefined} */
    focusNext: undefined,

    /** Goes where the address says, and the focus with it, unless it is to stay. */
    moved({ isFollowed = true } = {}) {
      const before = app.place
      app.place = placeOf(location.hash)
      const { view, id } = app.place
      if (isFollowed && (view !== before.view || id !== before.id)) {
        const list = view === before.view ? `#row-${before.id}` : '#title'
        app.focusNext = id === undefined ? list : '#detail-title'
      }
      store.look(id === undefined ? undefined : `/${view}/${id}`)
      render()
    },

    /** Tells the user what was done. @param {string} text */
    say: (text) => toast('said', text),
    /** Tells the user what went wrong. @param {string} text */
    fail: (text) => toast('failed', text),

    /**
     * Does something, shows what came of it, and takes a new snapshot. While it is under way, the
     * same is not begun again.
     *
     * @param {string} name
     * @param {() => Promise<string | void>} run Gives what to tell.
     */
    async act(name, run) {
      if (busy.has(name)) return
      busy.add(name)
      render()
      try {
        const told = await run()
        await store.refresh()
        if (told) app.say(told)
      } catch (error) {
        app.fail(error instanceof Error ? error.message : String(error))
      } finally {
        busy.delete(name)
        render()
      }
    },

    /**
     * A button that does something to the mock.
     *
     * @param {string} label
     * @param {() => Promise<string | void>} run
     * @param {{ about?: string, tone?: 'main' | 'danger' | 'plain', off?: boolean }} [options]
     * `about`: what it is about, for those who do not see what it stands beside.
     */
    button(label, run, { about, tone = 'plain', off = false } = {}) {
      const name = about === undefined ? label : `${label} ${about}`
      const isOff = off || busy.has(name)
      const attributes = {
        type: 'button',
        class: `button ${tone}`,
        'aria-label': about === undefined ? null : name,
      }
      // Not `disabled`, which would take the focus away.
      return h(
        'button',
        {
          ...attributes,
          key: `button:${name}`,
          'aria-disabled': isOff && 'true',
          onclick: () => (isOff ? undefined : app.act(name, run)),
        },
        label,
      )
    },
  }
  return app
}

/** @typedef {ReturnType<typeof createApp>} App */

const shownFor = 8000

/**
 * @param {'said' | 'failed'} where
 * @param {string} text
 */
function toast(where, text) {
  const one = h('p', { class: 'toast' }, text)
  document.getElementById(where)?.replaceChildren(one)
  setTimeout(() => one.remove(), shownFor)
}
