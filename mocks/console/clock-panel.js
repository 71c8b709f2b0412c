// The mock's own time.
import { h } from './elements.js'
import { dateTimeOf, durationOf } from './format.js'
import { badge, field } from './pieces.js'

/** @import { App } from './app.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */

/** @type {readonly (readonly [seconds: number, label: string])[]} */
const steps = [
  [15, '+ 15 s'],
  [300, '+ 5 min'],
  [7200, '+ 2 h'],
  [86_400, '+ 1 day'],
]

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function clockPanel(app, { clock }) {
  const { store } = app
  /** @param {number} advance_seconds */
  const advance = (advance_seconds) => async () => {
    await store.post('/clock', { advance_seconds })
    return `Advanced by ${durationOf(advance_seconds * 1000)}.`
  }
  const freeze = async () => {
    await store.post('/clock/freeze', { frozen: !clock.frozen })
    return clock.frozen ? 'The clock goes on.' : 'The clock stands still.'
  }
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault()
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))
    void app.act('Advance', advance(Number(form.get('seconds'))))
  }
  return h(
    'section',
    { class: 'panel', 'aria-labelledby': 'panel-clock', key: 'clock' },
    h('h3', { id: 'panel-clock' }, 'Clock'),
    h(
      'p',
      { class: 'clock-face' },
      dateTimeOf(store.now()),
      ' ',
      clock.frozen && badge('frozen', 'warn'),
    ),
    h(
      'p',
      { class: 'note' },
      'The mock’s own time: sessions end after two hours of it, deliveries are repeated by it. Signatures keep the real time.',
    ),
    h(
      'div',
      { class: 'actions', key: 'steps' },
      ...steps.map(([seconds, label]) => app.button(label, advance(seconds))),
      app.button(clock.frozen ? 'Resume' : 'Freeze', freeze),
    ),
    h(
      'form',
      { class: 'inline', onsubmit: submit, key: 'by' },
      field(
        'Seconds',
        h('input', { name: 'seconds', type: 'number', min: 0, value: 3600, required: true }),
      ),
      h('button', { class: 'button' }, 'Advance'),
    ),
  )
}
