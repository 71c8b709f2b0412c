// All details of one request.
import { h } from './elements.js'
import { dateTimeOf, prettyJson } from './format.js'
import { badge, facts, headerList, listing, section, statusBadge } from './pieces.js'
import { detailPane, nothingSelected } from './rows.js'
import { signedText, verificationSteps } from './verification-view.js'

/** @import { App } from './app.js' */
/** @import { WholeRequest } from './store.js' */

/** @param {App} app */
export function requestDetail(app) {
  const { id } = app.place
  if (id === undefined) return nothingSelected()
  const path = `/requests/${id}`
  const { detail } = app.store
  if (detail?.path !== path)
    return detailPane(app, `Request ${id}`, h('p', { class: 'note', key: 'note' }, 'Loading …'))
  const request = /** @type {WholeRequest | undefined} */ (detail.found)
  if (request === undefined)
    return detailPane(
      app,
      `Request ${id}`,
      h(
        'p',
        { class: 'note', key: 'note' },
        'No longer stored: the mock was reset, the request is too old, or its body is too long.',
      ),
    )
  return detailPane(app, request.operation ?? 'Unknown operation', ...detailsOf(request))
}

/** @param {WholeRequest} request */
function detailsOf(request) {
  const {
    id,
    at,
    method,
    path,
    status,
    reason,
    fault,
    headers,
    body,
    answer,
    verification,
    signature,
  } = request
  const steps = section('Verification', verificationSteps(request))
  const { canonical_text } = verification
  const text =
    canonical_text !== null &&
    section('Text to sign (待签名串)', ...signedText(canonical_text, signature))
  return [
    h(
      'p',
      { class: 'headline', key: 'headline' },
      statusBadge(status),
      fault !== null && badge(`fault: ${fault}`, 'warn'),
      reason !== null && h('span', { class: 'reason' }, reason),
    ),
    h(
      'div',
      { key: 'facts' },
      facts([
        ['Request', `${id}, ${dateTimeOf(at)}`],
        ['Asked', h('span', { class: 'mono' }, `${method} ${path}`)],
      ]),
    ),
    ...(signature === null ? [steps, text] : [text, steps]),
    section(
      'Request',
      headerList(headers),
      body === '' ? h('p', { class: 'note' }, 'No body.') : listing(prettyJson(body)),
    ),
    section(
      'Answer',
      ...(answer === null
        ? [
            h(
              'p',
              { class: 'note' },
              status === null
                ? 'None yet, or the connection was reset.'
                : 'A fault took its place.',
            ),
          ]
        : [
            fault !== null && h('p', { class: 'note' }, 'As it was before the fault spoilt it.'),
            headerList(answer.headers),
            answer.body !== '' && listing(prettyJson(answer.body)),
          ]),
    ),
  ]
}
