// The signing sessions and the contracts: here you play the user.
import { h } from './elements.js'
import { dateTimeOf, durationOf } from './format.js'
import { badge, facts, listing, visible } from './pieces.js'

/** @import { App } from './app.js' */
/** @import { Child } from './elements.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */
/** @import { Contract } from '../src/contracts/contract.ts' */
/** @import { SessionEntry } from '../src/contracts/contracts.ts' */

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function signingView(app, { sessions, contracts }) {
  return [
    h('h2', { id: 'title', class: 'unseen', tabindex: -1, key: 'title' }, 'Signing'),
    h(
      'div',
      { class: 'columns', key: 'columns' },
      column(
        'Sessions',
        sessions.total,
        sessions.items.map((session) => sessionCard(app, session)),
        'No session. A pre-sign request (预签约) opens one.',
      ),
      column(
        'Contracts',
        contracts.total,
        contracts.items.map((contract) => contractCard(app, contract)),
        'No contract. It comes when the user signs.',
      ),
    ),
  ]
}

/**
 * @param {string} title
 * @param {number} total
 * @param {readonly Child[]} cards
 * @param {string} empty
 */
function column(title, total, cards, empty) {
  const id = `column-${title.toLowerCase()}`
  return h(
    'section',
    { 'aria-labelledby': id, key: id },
    h('h3', { id, class: 'column-title' }, title, ' ', h('span', { class: 'count' }, total)),
    cards.length === 0
      ? h('p', { class: 'empty', key: 'empty' }, empty)
      : h('ul', { class: 'cards', key: 'cards' }, ...cards),
    total > cards.length && h('p', { class: 'note', key: 'more' }, `The latest ${cards.length}.`),
  )
}

/** @type {Readonly<Record<SessionEntry['state'], 'good' | 'bad' | 'warn' | 'plain'>>} */
const sessionTones = {
  open: 'warn',
  signed: 'good',
  abandoned: 'plain',
  failed: 'bad',
  expired: 'plain',
}

/**
 * @param {App} app
 * @param {SessionEntry} session
 */
function sessionCard(app, { pre_entrustweb_id, state, expires_at, request }) {
  const { out_contract_code, service_id, notify_url } = request
  const expiresAt = Date.parse(expires_at)
  const body = { pre_entrustweb_id }
  const about = out_contract_code
  const isOpen = state === 'open'
  const more = facts([
    ['Service', String(service_id)],
    ['Account', visible(request.contract_display_account)],
    ['Session', h('span', { class: 'mono' }, pre_entrustweb_id)],
    ['Notify URL', h('span', { class: 'mono' }, visible(notify_url))],
    [
      isOpen ? 'Expires in' : 'Expires',
      isOpen ? durationOf(expiresAt - app.store.now()) : dateTimeOf(expiresAt),
    ],
  ])
  return card(
    `session:${pre_entrustweb_id}`,
    out_contract_code,
    badge(state, sessionTones[state]),
    // The details of a closed session are folded: they are needed less often.
    isOpen && more,
    isOpen &&
      h(
        'div',
        { class: 'actions', key: 'actions' },
        app.button('Sign', () => sign(app, body, about), { about, tone: 'main' }),
        app.button(
          'Abandon',
          () =>
            app.store
              .post('/abandon', body)
              .then(() => `${about} abandoned; no notification is sent.`),
          { about },
        ),
        app.button(
          'Fail',
          () =>
            app.store.post('/fail', body).then(() => `${about} failed; no notification is sent.`),
          {
            about,
          },
        ),
      ),
    h(
      'details',
      { key: `details:${isOpen}` },
      h('summary', {}, isOpen ? 'Request' : 'More'),
      !isOpen && more,
      listing(JSON.stringify(request, null, 2)),
    ),
  )
}

/**
 * The user signs. Returns a text with the result of the notification.
 *
 * @param {App} app
 * @param {object} body
 * @param {string} code
 */
async function sign(app, body, code) {
  await app.store.post('/sign', body)
  await app.store.refresh()
  return `${code} signed. ${deliveryResult(app)}`
}

/** @param {App} app */
function deliveryResult({ store }) {
  const [newest] = store.snapshot?.notifications.items ?? []
  const attempt = newest?.attempts.at(-1)
  if (newest === undefined) return ''
  if (newest.held || attempt === undefined) return 'The notification is held back.'
  if (attempt.status === null)
    return `The notification got no answer: ${attempt.error ?? 'still under way'}.`
  return `The notification was answered ${attempt.status}.`
}

/**
 * @param {App} app
 * @param {Contract} contract
 */
function contractCard(app, contract) {
  const {
    contract_id,
    out_contract_code,
    service_id,
    contract_state,
    contract_signed_time,
    openid,
  } = contract
  const terminated =
    'contract_terminate_info' in contract ? contract.contract_terminate_info : undefined
  const isSigned = contract_state === 'SIGNED'
  const terminate = async () => {
    await app.store.post('/terminate', { service_id, out_contract_code })
    await app.store.refresh()
    return `${out_contract_code} terminated. ${deliveryResult(app)}`
  }
  return card(
    `contract:${contract_id}`,
    out_contract_code,
    badge(contract_state, isSigned ? 'good' : 'plain'),
    facts([
      ['Service', String(service_id)],
      ['Contract', h('span', { class: 'mono' }, contract_id)],
      ['User', h('span', { class: 'mono' }, visible(String(openid)))],
      ['Signed', String(contract_signed_time)],
      ...(terminated === undefined
        ? []
        : [
            /** @type {const} */ ([
              'Terminated',
              `${terminated.contract_terminated_time}, ${terminated.contract_termination_mode}`,
            ]),
          ]),
    ]),
    isSigned &&
      h(
        'div',
        { class: 'actions', key: 'actions' },
        app.button('Terminate', terminate, { about: out_contract_code, tone: 'danger' }),
      ),
    h(
      'details',
      { key: 'details' },
      h('summary', {}, 'As the query answers it'),
      listing(JSON.stringify(contract, null, 2)),
    ),
  )
}

/**
 * @param {string} key
 * @param {string} title
 * @param {Child} state
 * @param {...Child} children
 */
const card = (key, title, state, ...children) =>
  h(
    'li',
    { class: 'card', key, tabindex: -1 },
    h('div', { class: 'card-head' }, h('h4', {}, visible(title)), state),
    ...children,
  )
