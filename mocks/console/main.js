// The console: takes snapshots of the mock and shows them.
import { createApp } from './app.js'
import { controlsView } from './controls-view.js'
import { h, morph } from './elements.js'
import { timeOf } from './format.js'
import { notificationsView } from './notifications-view.js'
import { badge } from './pieces.js'
import { requestsView } from './requests-view.js'
import { isNarrow } from './rows.js'
import { signingView } from './signing-view.js'
import { createStore } from './store.js'

/** @import { ViewName } from './app.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id))
const [nav, main, clock] = [part('nav'), part('main'), part('clock')]
const [skip, happened] = [part('skip'), part('happened')]

/**
 * @type {Readonly<Record<ViewName, { title: string, show: typeof requestsView, count: (snapshot:
 * Snapshot) => number, alarm: (snapshot: Snapshot) => boolean }>>}
 */
const views = {
  requests: {
    title: 'Requests',
    show: requestsView,
    count: ({ requests }) => requests.total,
    alarm: ({ requests }) => (requests.items[0]?.status ?? 0) >= 400,
  },
  signing: {
    title: 'Signing',
    show: signingView,
    count: ({ sessions }) => sessions.items.filter(({ state }) => state === 'open').length,
    alarm: () => false,
  },
  notifications: {
    title: 'Notifications',
    show: notificationsView,
    count: ({ notifications }) => notifications.total,
    alarm: ({ notifications }) => notifications.holding,
  },
  controls: {
    title: 'Controls',
    show: controlsView,
    count: ({ faults }) => faults.length,
    alarm: ({ faults }) => faults.length > 0,
  },
}

const store = createStore(() => render())
const app = createApp(store, () => render())

function render() {
  const { snapshot, isLive } = store
  const { view } = app.place
  document.title = `${views[view].title} · WeChat Pay mock`
  renderClock(isLive)
  if (snapshot === undefined) return
  morph(
    nav,
    Object.entries(views).map(([name, one]) => navLink(name, one, snapshot)),
  )
  const before = document.activeElement
  const row = before?.closest('main [data-key][tabindex]')
  morph(main, views[view].show(app, snapshot))
  announceRequest(snapshot)
  keepFocus(before, row)
}

/**
 * @param {string} name
 * @param {(typeof views)[ViewName]} view
 * @param {Snapshot} snapshot
 */
function navLink(name, { title, count, alarm }, snapshot) {
  const isHere = app.place.view === name
  const number = count(snapshot)
  return h(
    'a',
    { href: `#${name}`, key: name, 'aria-current': isHere && 'page' },
    title,
    number > 0 && h('span', { class: `count ${alarm(snapshot) ? 'alarm' : ''}` }, number),
  )
}

/** @param {boolean} isLive */
function renderClock(isLive) {
  const { snapshot } = store
  morph(
    clock,
    [
      snapshot !== undefined &&
        h('span', { class: 'now-time', title: 'The mock’s own time' }, timeOf(store.now())),
      snapshot?.clock.frozen && badge('frozen', 'warn'),
      h('span', { class: `live ${isLive ? 'on' : ''}` }, isLive ? 'live' : 'not connected'),
    ].filter((one) => one instanceof Node),
  )
}

/**
 * Focuses the requested element. If the focused element is gone, focuses its card or the title.
 *
 * @param {Element | null} before
 * @param {Element | null | undefined} row
 */
function keepFocus(before, row) {
  const selector = app.focusNext
  app.focusNext = undefined
  if (selector !== undefined) {
    focus(document.querySelector(selector))
    if (isNarrow()) scrollTo(0, 0)
  } else if (before !== null && before !== document.body && !before.isConnected) {
    focus(row?.isConnected ? row : null)
  }
}

/** @param {Element | null | undefined} element Default: the title of the view. */
function focus(element) {
  const found = element ?? document.querySelector('#title')
  if (found instanceof HTMLElement) found.focus()
}

/** @type {number | undefined} */
let lastRequest

/**
 * Announces the newest request, for screen readers.
 *
 * @param {Snapshot} snapshot
 */
function announceRequest({ requests }) {
  const [newest] = requests.items
  const id = newest?.status === null ? lastRequest : newest?.id
  if (id === lastRequest) return
  if (lastRequest !== undefined && newest !== undefined && newest.id > lastRequest) {
    const { operation, method, path, status, reason } = newest
    happened.replaceChildren(
      h(
        'p',
        {},
        `Request ${id}: ${operation ?? `${method} ${path}`}, ${status}${reason === null ? '' : `, ${reason}`}`,
      ),
    )
  }
  lastRequest = id ?? 0
}

addEventListener('hashchange', () => app.moved())
skip.addEventListener('click', (event) => {
  event.preventDefault()
  main.focus()
})
setInterval(() => {
  if (!document.hidden) render()
}, 1000)
app.moved()
