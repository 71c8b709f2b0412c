// The context of the views: the current place, the user's settings on the page, and the commands to
// the mock.
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
    rejectedOnly: false,
    /** The selected fault of the form. */
    faultName: 'latency',
    /** The selector of the element that gets the focus after the next render. */
    /** @type {string | undefined} */
    focusNext: undefined,

    /** Shows the place of the address. By default it also moves the focus. */
    moved({ movesFocus = true } = {}) {
      const before = app.place
      app.place = placeOf(location.hash)
      const { view, id } = app.place
      if (movesFocus && (view !== before.view || id !== before.id)) {
        const list = view === before.view ? `#row-${before.id}` : '#title'
        app.focusNext = id === undefined ? list : '#detail-title'
      }
      store.look(id === undefined ? undefined : `/${view}/${id}`)
      render()
    },

    /** Shows what was done. @param {string} text */
    report: (text) => toast('done', text),
    /** Shows what went wrong. @param {string} text */
    fail: (text) => toast('failed', text),

    /**
     * Runs an action, takes a new snapshot, and shows the result. An action that is still running is
     * not started again.
     *
     * @param {string} name
     * @param {() => Promise<string | void>} run Returns the text to show.
     */
    async act(name, run) {
      if (busy.has(name)) return
      busy.add(name)
      render()
      try {
        const text = await run()
        await store.refresh()
        if (text) app.report(text)
      } catch (error) {
        app.fail(error instanceof Error ? error.message : String(error))
      } finally {
        busy.delete(name)
        render()
      }
    },

    /**
     * A button that runs an action.
     *
     * @param {string} label
     * @param {() => Promise<string | void>} run
     * @param {{ about?: string, tone?: 'main' | 'danger' | 'plain', off?: boolean }} [options]
     * `about`: the item of the button, for screen readers.
     */
    button(label, run, { about, tone = 'plain', off = false } = {}) {
      const name = about === undefined ? label : `${label} ${about}`
      const isOff = off || busy.has(name)
      const attributes = {
        type: 'button',
        class: `button ${tone}`,
        'aria-label': about === undefined ? null : name,
      }
      // Not `disabled`: it would remove the focus.
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
 * @param {'done' | 'failed'} where
 * @param {string} text
 */
function toast(where, text) {
  const one = h('p', { class: 'toast' }, text)
  document.getElementById(where)?.replaceChildren(one)
  setTimeout(() => one.remove(), shownFor)
}
