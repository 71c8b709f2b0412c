// How a request was verified, and where the signed text differs from the text that arrived.
import { h } from './elements.js'
import { dateTimeOf, durationOf } from './format.js'
import { facts, unseen, visible } from './pieces.js'
import { compareTexts, labelParts, pairLines } from './visible-text.js'

/** @import { Child } from './elements.js' */
/** @import { WholeRequest } from './store.js' */
/** @import { StepName, VerificationStep } from '../src/requests/verification.ts' */
/** @import { SignatureFinding } from '../src/requests/explain-signature.ts' */
/** @import { Part } from './visible-text.js' */

/** @type {Readonly<Record<StepName, string>>} */
const titles = {
  authorization: 'Authorization',
  timestamp: 'Timestamp',
  mchid: 'Merchant',
  serial_no: 'Certificate serial',
  signature: 'Signature',
  nonce_str: 'Nonce',
  headers: 'Headers',
  response_key: 'Key of the answer',
  permission: 'Permission and rate limit',
  fields: 'Fields',
  effect: 'State',
}

const marks = { passed: '✓', failed: '✕', 'not reached': '·' }

/** @param {WholeRequest} request */
export function verificationSteps(request) {
  return h(
    'ol',
    { class: 'steps' },
    ...request.verification.steps.map((step) => stepItem(step, request)),
  )
}

/**
 * @param {VerificationStep} step
 * @param {WholeRequest} request
 */
function stepItem({ name, result, expected, found }, request) {
  const title = [
    h('span', { class: 'step-mark', 'aria-hidden': 'true' }, marks[result]),
    h('span', {}, unseen(`${result}: `), titles[name]),
  ]
  const details = facts([
    ['Expected', h('span', { class: 'mono' }, visible(expected))],
    ['Found', h('span', { class: 'mono' }, found === null ? '–' : visible(found))],
    ...(result === 'failed' ? differenceOf(name, expected, request) : []),
  ])
  const attributes = { class: `step ${result.replace(' ', '-')}`, key: name }
  if (result === 'failed')
    return h('li', attributes, h('p', { class: 'step-title' }, ...title), details)
  if (result === 'not reached')
    return h('li', attributes, h('p', { class: 'step-title' }, ...title))
  return h(
    'li',
    attributes,
    h(
      'details',
      {},
      h('summary', { class: 'step-title' }, ...title, foundValue(name, found)),
      details,
    ),
  )
}

/** The steps whose value is also shown after success. */
const withValue = new Set(['timestamp', 'mchid', 'serial_no', 'nonce_str', 'response_key'])

/**
 * @param {StepName} name
 * @param {string | null} found
 */
const foundValue = (name, found) =>
  withValue.has(name) && found !== null && h('span', { class: 'step-found mono' }, visible(found))

/**
 * The item of `Authorization`, and where it differs.
 *
 * @param {StepName} name
 * @param {string} expected
 * @param {WholeRequest} request
 * @returns {(readonly [string, Child])[]}
 */
function differenceOf(name, expected, { headers, at, signature }) {
  if (name === 'authorization')
    return [['Given', h('span', { class: 'mono' }, visible(headers.authorization ?? 'nothing'))]]
  const [, given] = new RegExp(`[\\s,]${name}="([^"]*)"`).exec(headers.authorization ?? '') ?? []
  if (given === undefined) return []
  if (name === 'timestamp') {
    const late = at - Number(given) * 1000
    return [
      [
        'Given',
        `${given}, ${dateTimeOf(Number(given) * 1000)}: ${durationOf(Math.abs(late))} ${late > 0 ? 'behind' : 'ahead'}`,
      ],
    ]
  }
  if (name === 'signature' && signature !== null) return [['Why', signature.message]]
  if (name !== 'mchid' && name !== 'serial_no')
    return [['Given', h('span', { class: 'mono' }, visible(given))]]
  return [
    ['Given', h('span', { class: 'mono' }, differing(compareTexts(given, expected)[0], 'del'))],
  ]
}

/**
 * @param {string} canonical
 * @param {SignatureFinding | null} finding
 * @returns {Child[]}
 */
export function signedText(canonical, finding) {
  if (finding === null || finding.signed_text === null)
    return [
      finding && h('p', { class: 'finding' }, finding.message),
      h(
        'p',
        { class: 'note' },
        'Five parts, each with a line feed (↵) after it. This is what arrived here:',
      ),
      h(
        'div',
        { class: 'lines' },
        ...labelParts(canonical).map(({ label, part }) => line('', label, visible(part))),
      ),
    ]
  return [
    h('p', { class: 'finding' }, finding.message),
    h(
      'p',
      { class: 'note' },
      '− is what your client signed, + what arrived here and should have been signed.',
    ),
    h(
      'div',
      { class: 'lines' },
      ...pairLines(canonical, finding.signed_text).flatMap(differingLine),
    ),
  ]
}

/** @param {ReturnType<typeof pairLines>[number]} pair */
function differingLine({ label, arrived, signed }) {
  if (arrived === signed) return [line('', label, visible(arrived ?? ''))]
  const [theirs, ours] = compareTexts(signed ?? '', arrived ?? '')
  return [
    signed === undefined ? null : line('−', label, differing(theirs, 'del')),
    arrived === undefined ? null : line('+', label, differing(ours, 'ins')),
  ]
}

const signs = { '': '', '−': 'signed: ', '+': 'expected: ' }

/**
 * @param {'' | '−' | '+'} sign
 * @param {string} label
 * @param {Child} content
 */
const line = (sign, label, content) =>
  h(
    'div',
    { class: `line ${sign === '−' ? 'minus' : sign === '+' ? 'plus' : ''}` },
    h('span', { class: 'line-label' }, unseen(signs[sign]), label),
    h('span', { class: 'line-sign', 'aria-hidden': 'true' }, sign),
    h('code', {}, content),
  )

/**
 * @param {readonly Part[]} parts
 * @param {'del' | 'ins'} tag
 * @returns {Child[]}
 */
const differing = (parts, tag) =>
  parts.map(({ text, differs }) => (differs ? h(tag, {}, visible(text)) : visible(text)))
