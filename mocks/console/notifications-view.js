// The notifications and each attempt to deliver them.
import { h } from './elements.js'
import { notificationDetail } from './notification-detail.js'
import { badge, statusBadge, time } from './pieces.js'
import { row, split } from './rows.js'

/** @import { App } from './app.js' */
/** @import { Snapshot, NotificationEntry } from '../src/control/snapshot.ts' */

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function notificationsView(app, { notifications }) {
  const { items, total, holding } = notifications
  return [
    split(app, {
      tools: tools(app, holding),
      rows: items.map((entry, index) => notificationRow(app, entry, index === 0)),
      empty: h(
        'p',
        {},
        'No notification yet. One comes when a user signs, or a contract is terminated.',
      ),
      more:
        total > items.length &&
        h('p', { class: 'note', key: 'more' }, `The latest ${items.length} of ${total}.`),
      detail: notificationDetail(app),
    }),
  ]
}

/**
 * @param {App} app
 * @param {boolean} holding
 */
function tools(app, holding) {
  const { post } = app.store
  /** @param {'in-order' | 'reversed'} order */
  const release = (order) => () => post('/notifications/release', { order }).then(() => 'Released.')
  return h(
    'div',
    { class: 'tools', key: 'tools' },
    h('h2', { id: 'title', tabindex: -1 }, 'Notifications'),
    holding
      ? [
          badge('new ones are held back', 'warn'),
          app.button('Release', release('in-order')),
          app.button('Release reversed', release('reversed')),
        ]
      : app.button('Hold new ones back', () =>
          post('/notifications/hold').then(() => 'New notifications are held back.'),
        ),
  )
}

/**
 * @param {App} app
 * @param {NotificationEntry} entry
 * @param {boolean} isFirst
 */
function notificationRow(
  app,
  { notification_id, event_type, url, create_time, held, attempts },
  isFirst,
) {
  const last = attempts.at(-1)
  const isBad =
    last !== undefined &&
    !held &&
    (last.status === null ? last.error !== undefined : last.status >= 300)
  return row(
    app,
    { id: notification_id, isFirst, tone: isBad ? 'bad' : '' },
    h(
      'span',
      { class: 'row-head' },
      held || last === undefined
        ? badge('held', 'warn')
        : statusBadge(last.status, last.error === undefined ? '···' : 'no answer'),
      h('strong', {}, event_type),
      attempts.length > 1 && badge(`${attempts.length} attempts`),
    ),
    h('span', { class: 'row-time' }, time(last?.at ?? Date.parse(create_time))),
    h(
      'span',
      { class: `row-more mono ${last?.error === undefined ? '' : 'reason'}` },
      last?.error ?? url,
    ),
  )
}
