// The controls of the mock: its clock, its faults, the platform's keys and permissions.
import { clockPanel } from './clock-panel.js'
import { h } from './elements.js'
import { faultsPanel } from './faults-panel.js'
import { clientSettings } from './pieces.js'
import { platformPanel } from './platform-panel.js'

/** @import { App } from './app.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function controlsView(app, snapshot) {
  return [
    h('h2', { id: 'title', class: 'unseen', tabindex: -1, key: 'title' }, 'Controls'),
    h(
      'div',
      { class: 'panels', key: 'panels' },
      h(
        'div',
        {},
        faultsPanel(app, snapshot),
        clockPanel(app, snapshot),
        merchantPanel(app, snapshot),
      ),
      h('div', {}, platformPanel(app, snapshot)),
    ),
  ]
}

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
function merchantPanel(app, { merchant }) {
  const reset = () =>
    app.store.post('/reset').then(() => 'All forgotten, apart from keys and port.')
  return h(
    'section',
    { class: 'panel', 'aria-labelledby': 'panel-merchant', key: 'merchant' },
    h('h3', { id: 'panel-merchant' }, 'Client settings'),
    h('p', { class: 'note' }, 'Fixed test keys; they protect nothing.'),
    clientSettings(merchant),
    h('h4', {}, 'Reset'),
    h(
      'p',
      { class: 'note' },
      'Forgets requests, sessions, contracts, notifications, faults, clock and commands.',
    ),
    h(
      'details',
      { class: 'sure', key: 'sure' },
      h('summary', {}, 'Reset …'),
      h('div', { class: 'actions' }, app.button('Forget everything', reset, { tone: 'danger' })),
    ),
  )
}
