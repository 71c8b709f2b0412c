// Elements that several views share.
import { h } from './elements.js'
import { dateTimeOf, timeOf } from './format.js'
import { visiblePieces } from './visible-text.js'

/** @import { Child } from './elements.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */

/**
 * @param {string} text
 * @param {'good' | 'bad' | 'warn' | 'plain'} [tone]
 */
export const badge = (text, tone = 'plain') => h('span', { class: `badge ${tone}` }, text)

/**
 * The status of a response; null if there is none.
 *
 * @param {number | null} status
 * @param {string} [none]
 */
export function statusBadge(status, none = '···') {
  if (status === null) return badge(none, 'warn')
  return badge(String(status), status < 300 ? 'good' : status < 400 ? 'warn' : 'bad')
}

/** @param {number} milliseconds */
export const time = (milliseconds) =>
  h(
    'time',
    { datetime: new Date(milliseconds).toISOString(), title: dateTimeOf(milliseconds) },
    timeOf(milliseconds),
  )

/** @param {string} text */
export const unseen = (text) => h('span', { class: 'unseen' }, text)

/** @param {readonly (readonly [string, Child])[]} pairs */
export const facts = (pairs) =>
  h(
    'dl',
    { class: 'facts' },
    ...pairs.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  )

/** Longer texts are cut, because each invisible character becomes an element. */
const longest = 20_000

/**
 * A text with its invisible characters made visible.
 *
 * @param {string} text
 * @returns {Child[]}
 */
export function visible(text) {
  const rest = text.length - longest
  return [
    ...visiblePieces(text.slice(0, longest)).map((piece) =>
      piece.name === undefined
        ? piece.text
        : [h('span', { class: 'mark' }, piece.name), piece.isBreak === true ? '\n' : null],
    ),
    rest > 0 ? h('em', {}, ` … and ${rest} characters more`) : null,
  ]
}

/** @param {string} text */
export const code = (text) => h('pre', { class: 'code' }, h('code', {}, visible(text)))

/**
 * JSON or another text of many lines; its line feeds are only layout.
 *
 * @param {string} text
 */
export const listing = (text) =>
  h(
    'pre',
    { class: 'code' },
    h(
      'code',
      {},
      ...text.split('\n').map((line, index) => [index > 0 ? '\n' : null, visible(line)]),
    ),
  )

/**
 * @param {string} title
 * @param {...Child} children
 */
export const section = (title, ...children) =>
  h('section', { class: 'part', key: `part:${title}` }, h('h3', {}, title), ...children)

/**
 * @param {Readonly<Record<string, string>>} headers
 */
export const headerList = (headers) =>
  facts(
    Object.entries(headers).map(([name, value]) => [
      name,
      h('span', { class: 'mono' }, visible(value)),
    ]),
  )

/**
 * @param {string} label
 * @param {Child} control
 */
export const field = (label, control) =>
  h('label', { class: 'field', key: `field:${label}` }, h('span', {}, label), control)

/**
 * @param {string} name
 * @param {readonly (readonly [value: string, label: string])[]} options
 * @param {Readonly<Record<string, unknown>>} [attributes]
 */
export const select = (name, options, attributes = {}) =>
  h(
    'select',
    { name, ...attributes },
    ...options.map(([value, label]) => h('option', { value }, label)),
  )

/**
 * The field for one operation, or for all.
 *
 * @param {readonly string[]} operations
 */
export const operationField = (operations) =>
  field(
    'Operation',
    select('operation', [
      ['*', 'every operation'],
      ...operations.map((id) => /** @type {const} */ ([id, id])),
    ]),
  )

/**
 * What a client of this mock must be configured with.
 *
 * @param {Snapshot['merchant']} merchant
 */
export const clientSettings = ({ mchid, serialNumber, apiV3Key, publicKeyId }) =>
  facts([
    ['Base URL', h('code', {}, location.origin)],
    ['mchid', h('code', {}, mchid)],
    ['Merchant serial', h('code', {}, serialNumber)],
    ['APIv3 key', h('code', {}, apiV3Key)],
    ['Public key id', h('code', {}, publicKeyId)],
  ])
