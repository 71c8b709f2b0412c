// One notification: decrypted, as it was sent, and buttons to send it again, late or forged.
import { h } from './elements.js'
import { prettyJson } from './format.js'
import {
  badge,
  facts,
  field,
  headerList,
  listing,
  section,
  statusBadge,
  time,
  visible,
} from './pieces.js'
import { detailPane, nothingSelected } from './rows.js'

/** @import { App } from './app.js' */
/** @import { WholeNotification } from './store.js' */
/** @import { Delivery } from '../src/notifications/notification.ts' */

/** @param {App} app */
export function notificationDetail(app) {
  const { id } = app.place
  if (id === undefined) return nothingSelected()
  const { detail } = app.store
  if (detail?.path !== `/notifications/${id}`)
    return detailPane(app, id, h('p', { class: 'note', key: 'note' }, 'Loading …'))
  const notification = /** @type {WholeNotification | undefined} */ (detail.found)
  if (notification === undefined)
    return detailPane(
      app,
      id,
      h('p', { class: 'note', key: 'note' }, 'No longer stored: the mock was reset.'),
    )
  const { event_type, summary, url, create_time, resource, attempts, held } = notification
  return detailPane(
    app,
    event_type,
    h(
      'div',
      { key: 'facts' },
      facts([
        ['Id', h('span', { class: 'mono' }, id)],
        ['Summary', visible(summary)],
        ['To', h('span', { class: 'mono' }, visible(url))],
        ['Created', create_time],
        ['State', held ? 'held back' : 'sent until it is answered 2xx'],
      ]),
    ),
    section('Payload, opened', listing(JSON.stringify(resource, null, 2))),
    section('Send it again', sendButtons(app, id)),
    section(
      'Attempts',
      attempts.length === 0
        ? h('p', { class: 'note' }, 'None yet.')
        : h('ol', { class: 'attempts' }, ...attempts.map(attemptItem)),
    ),
  )
}

const kinds = {
  genuine: 'genuine',
  probe: 'signature probe (签名探测流量)',
  stale: 'genuine signature, old timestamp',
}

/** @param {Delivery} delivery */
function attemptItem({ attempt, at, kind, status, error, headers, body }) {
  return h(
    'li',
    { key: `attempt:${attempt}` },
    h(
      'p',
      { class: 'attempt' },
      statusBadge(status, error === undefined ? '···' : 'no answer'),
      ` ${attempt} · `,
      time(at),
      kind === 'genuine' ? null : badge(kinds[kind], 'warn'),
    ),
    error !== undefined && h('p', { class: 'reason' }, visible(error)),
    h(
      'details',
      {},
      h('summary', {}, 'As it was sent'),
      headerList(headers),
      listing(prettyJson(body)),
    ),
  )
}

/**
 * @param {App} app
 * @param {string} notification_id
 */
function sendButtons(app, notification_id) {
  /** @param {string} path @param {object} [more] */
  const send = (path, more) => async () => {
    const { status } = await app.store.post(`/notifications/${path}`, { notification_id, ...more })
    return status === null ? 'It got no answer.' : `It was answered ${status}.`
  }
  /** @param {SubmitEvent} event */
  const stale = (event) => {
    event.preventDefault()
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))
    void app.act('Send stale', send('stale', { age_seconds: Number(form.get('age')) }))
  }
  return h(
    'div',
    { class: 'actions' },
    app.button('Repeat', send('repeat')),
    app.button('Send SIGNTEST probe', send('probe')),
    h(
      'form',
      { class: 'inline', onsubmit: stale },
      field(
        'Age in seconds',
        h('input', { name: 'age', type: 'number', value: 301, step: 1, required: true }),
      ),
      h('button', { class: 'button' }, 'Send stale'),
    ),
  )
}
