// The requests that reached the mock.
import { h } from './elements.js'
import { badge, clientSettings, statusBadge, time, unseen } from './pieces.js'
import { requestDetail } from './request-detail.js'
import { row, split } from './rows.js'

/** @import { App } from './app.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */
/** @import { RequestEntry } from '../src/requests/request-log.ts' */

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function requestsView(app, { requests, merchant }) {
  const found = requests.items.filter((entry) => isShown(app, entry))
  return [
    split(app, {
      tools: tools(app),
      rows: found.map((entry, index) => requestRow(app, entry, index === 0)),
      empty:
        requests.total === 0 ? firstSteps(merchant) : h('p', {}, 'No request matches the filter.'),
      more:
        requests.total > requests.items.length &&
        h(
          'p',
          { class: 'note', key: 'more' },
          `The latest ${requests.items.length} of ${requests.total} requests.`,
        ),
      detail: requestDetail(app),
    }),
  ]
}

/** @param {App} app */
function tools(app) {
  return h(
    'div',
    { class: 'tools', key: 'tools' },
    h('h2', { id: 'title', tabindex: -1 }, 'Requests'),
    h('input', {
      type: 'search',
      'aria-label': 'Filter by path, operation or reason',
      placeholder: 'Filter',
      oninput: (/** @type {InputEvent} */ event) => {
        app.filter = /** @type {HTMLInputElement} */ (event.currentTarget).value.toLowerCase()
        app.render()
      },
    }),
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        'aria-pressed': String(app.rejectedOnly),
        onclick: () => {
          app.rejectedOnly = !app.rejectedOnly
          app.render()
        },
      },
      'Rejected only',
    ),
  )
}

/**
 * @param {App} app
 * @param {RequestEntry} entry
 */
function isShown({ filter, rejectedOnly }, { status, method, path, operation, reason }) {
  if (rejectedOnly && status !== null && status < 400) return false
  return `${status} ${method} ${path} ${operation} ${reason}`.toLowerCase().includes(filter)
}

/**
 * @param {App} app
 * @param {RequestEntry} entry
 * @param {boolean} isFirst
 */
function requestRow(app, { id, at, method, path, operation, status, reason, fault }, isFirst) {
  return row(
    app,
    { id: String(id), isFirst, tone: status !== null && status >= 400 ? 'bad' : '' },
    h(
      'span',
      { class: 'row-head' },
      statusBadge(status),
      h('strong', {}, operation ?? `${method} ${path}`),
      fault !== null && badge(fault, 'warn'),
    ),
    h('span', { class: 'row-time' }, at === 0 ? null : time(at)),
    reason === null
      ? h('span', { class: 'row-more mono' }, `${method} ${path}`)
      : h('span', { class: 'row-more reason' }, unseen('rejected: '), reason),
  )
}

/** @param {Snapshot['merchant']} merchant */
function firstSteps(merchant) {
  return [
    h(
      'p',
      {},
      'No request yet. Point your client here; the keys are fixed test keys, and the ready file names their files.',
    ),
    clientSettings(merchant),
  ]
}
