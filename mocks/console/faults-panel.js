// The faults of the mock.
import { h } from './elements.js'
import { badge, field, operationField, select } from './pieces.js'

/** @import { App } from './app.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */
/** @import { Fault } from '../src/faults/fault.ts' */

/**
 * The settings of single faults, with label and default.
 *
 * @type {Readonly<Record<string, readonly (readonly [field: string, label: string, placeholder: string])[]>>}
 */
const settings = {
  latency: [['delay_ms', 'Delay in ms', '1000']],
  'slow-drip': [['delay_ms', 'Delay of each byte in ms', '100']],
  429: [['retry_after_seconds', 'Retry-After in s', '1']],
  503: [['retry_after_seconds', 'Retry-After in s', 'none']],
  html: [['status', 'Status', '200']],
  redirect: [
    ['status', 'Status', '307'],
    ['location', 'Location', 'https://redirect.invalid/'],
  ],
  'stale-timestamp': [['age_seconds', 'Age in s', '301']],
  'compressed-bomb': [['size_bytes', 'Size in bytes', '33554432']],
}

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function faultsPanel(app, { faults, operations, faultNames }) {
  return h(
    'section',
    { class: 'panel', 'aria-labelledby': 'panel-faults', key: 'faults' },
    h('h3', { id: 'panel-faults' }, 'Faults ', h('span', { class: 'count' }, faults.length)),
    h('p', { class: 'note' }, 'The first matching fault applies, after the signature check.'),
    faults.length > 0 &&
      h(
        'ul',
        { class: 'faults', key: 'list' },
        ...faults.map((fault, index) => faultItem(app, faults, fault, index)),
      ),
    faults.length > 1 &&
      h(
        'div',
        { class: 'actions', key: 'all' },
        app.button(
          'Clear all faults',
          () => app.store.post('/faults', []).then(() => 'No more faults.'),
          {
            tone: 'danger',
          },
        ),
      ),
    faultForm(app, operations, faultNames),
  )
}

/**
 * @param {App} app
 * @param {readonly Fault[]} faults
 * @param {Fault} fault
 * @param {number} index
 */
function faultItem(app, faults, fault, index) {
  const { operation, name, times, ...more } = fault
  const rest = faults.filter((one) => one !== fault)
  return h(
    'li',
    { key: `${index}:${name}` },
    h(
      'span',
      {},
      badge(name, 'warn'),
      ' ',
      h('span', { class: 'mono' }, operation === '*' ? 'every operation' : operation),
    ),
    h(
      'span',
      { class: 'note' },
      [
        times === undefined ? 'each time' : `${times} × more`,
        ...Object.entries(more).map(([key, value]) => `${key} ${value}`),
      ].join(', '),
    ),
    app.button('Remove', () => app.store.post('/faults', rest).then(() => `${name} removed.`), {
      about: `${name} ${index + 1}`,
    }),
  )
}

/**
 * @param {App} app
 * @param {readonly string[]} operations
 * @param {readonly string[]} faultNames
 */
function faultForm(app, operations, faultNames) {
  /** @param {SubmitEvent} event */
  const submit = (event) => {
    event.preventDefault()
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))
    void app.act('Add fault', async () => {
      await app.store.post('/faults', faultOf(form))
      return `${form.get('name')} added.`
    })
  }
  const number = { type: 'number', step: 'any', min: 0 }
  return h(
    'form',
    { class: 'grid', onsubmit: submit, key: 'form' },
    field(
      'Fault',
      select(
        'name',
        faultNames.map((name) => [name, name]),
        {
          onchange: (/** @type {Event} */ event) => {
            app.faultName = /** @type {HTMLSelectElement} */ (event.currentTarget).value
            app.render()
          },
        },
      ),
    ),
    operationField(operations),
    field(
      'Times',
      h('input', { name: 'times', ...number, step: 1, min: 1, value: 1, placeholder: 'each time' }),
    ),
    field('Probability', h('input', { name: 'probability', ...number, max: 1, placeholder: '1' })),
    field('Seed', h('input', { name: 'seed', type: 'number', placeholder: '1' })),
    ...(settings[app.faultName] ?? []).map(([name, label, placeholder]) =>
      field(
        label,
        h('input', { name, type: name === 'location' ? 'text' : 'number', placeholder }),
      ),
    ),
    h('div', { class: 'actions', key: 'add' }, h('button', { class: 'button main' }, 'Add fault')),
  )
}

/**
 * The fault from the form, without empty fields.
 *
 * @param {FormData} form
 */
function faultOf(form) {
  const isText = new Set(['name', 'operation', 'location'])
  const given = [...form].filter(([, value]) => value !== '')
  return Object.fromEntries(
    given.map(([name, value]) => [name, isText.has(name) ? value : Number(value)]),
  )
}
