// Commands to the platform: keys, permissions, the rate limit.
import { h } from './elements.js'
import { badge, facts, field, operationField, select } from './pieces.js'

/** @import { App } from './app.js' */
/** @import { Snapshot } from '../src/control/snapshot.ts' */

/**
 * @param {App} app
 * @param {Snapshot} snapshot
 */
export function platformPanel(app, { platform, operations }) {
  const { default_key, certificates, notification_key, forbidden, rate_limit } = platform
  return h(
    'section',
    { class: 'panel', 'aria-labelledby': 'panel-platform', key: 'platform' },
    h('h3', { id: 'panel-platform' }, 'Platform'),
    facts([
      ['Signing key', h('span', { class: 'mono' }, default_key)],
      [
        'Certificates',
        certificates.length === 0 ? 'none' : h('span', { class: 'mono' }, certificates.join(' ')),
      ],
      ['Notifications', keyName(notification_key)],
      [
        'Forbidden',
        forbidden.length === 0
          ? 'nothing'
          : forbidden.map((one) => badge(one === '*' ? 'every operation' : one, 'bad')),
      ],
      [
        'Rate limit',
        rate_limit === null
          ? 'none'
          : `${rate_limit.requests} in ${rate_limit.seconds} s for each operation`,
      ],
    ]),
    h('h4', {}, 'Certificates and the public key'),
    h(
      'div',
      { class: 'actions', key: 'certificates' },
      app.button(
        'Publish next',
        command(app, 'publish-certificate', 'The next certificate is given out.'),
      ),
      app.button('Rotate', command(app, 'rotate-certificate', 'The next certificate signs now.')),
      app.button('Retire old', command(app, 'retire-certificate', 'The old certificate is gone.')),
      app.button(
        'Public key only',
        command(app, 'use-public-key-only', 'There are no certificates any more.'),
      ),
    ),
    h('h4', {}, 'Key of the notifications (灰度切换)'),
    keyForm(app),
    h('h4', {}, 'Permissions'),
    permissionForm(app, operations),
    h('h4', {}, 'Rate limit'),
    limitForm(app, rate_limit !== null),
  )
}

/** @param {string | number | null} key */
function keyName(key) {
  if (key === null) return 'signed with the key of the pre-sign answer'
  return typeof key === 'number'
    ? `${Math.round(key * 1000) / 10} % with the public key`
    : `signed with the ${key}`
}

/**
 * @param {App} app
 * @param {string} name
 * @param {string} done The text to show.
 * @param {unknown} [body]
 */
const command = (app, name, done, body) => () =>
  app.store.post(`/platform/${name}`, body).then(() => done)

/**
 * A form in one line; `read` makes the command from the form's data.
 *
 * @param {App} app
 * @param {string} name
 * @param {(form: FormData) => () => Promise<string>} read
 * @param {...import('./elements.js').Child} children
 */
function form(app, name, read, ...children) {
  /** @param {SubmitEvent} event */
  const onsubmit = (event) => {
    event.preventDefault()
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter)
    const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget), button)
    void app.act(`${name} ${button?.value}`, read(data))
  }
  return h('form', { class: 'inline', onsubmit, key: `form:${name}` }, ...children)
}

/** @param {App} app */
const keyForm = (app) =>
  form(
    app,
    'notification-key',
    (data) => {
      const selected = data.get('key')
      const notification_key =
        selected === 'share' ? Number(data.get('share')) : selected === '' ? null : selected
      return command(app, 'notification-key', 'The next notification follows.', {
        notification_key,
      })
    },
    field(
      'Signed with',
      select('key', [
        ['', 'the key of the pre-sign answer'],
        ['certificate', 'the certificate'],
        ['publicKey', 'the public key'],
        ['share', 'the public key, a share'],
      ]),
    ),
    field(
      'Share',
      h('input', { name: 'share', type: 'number', min: 0, max: 1, step: 'any', value: 0.1 }),
    ),
    h('button', { class: 'button' }, 'Set the key'),
  )

/**
 * @param {App} app
 * @param {readonly string[]} operations
 */
const permissionForm = (app, operations) =>
  form(
    app,
    'permission',
    (data) => {
      const operation = data.get('operation')
      const isForbidden = data.get('do') === 'forbid'
      return command(
        app,
        String(data.get('do')),
        isForbidden ? 'Forbidden: 403 NO_AUTH.' : 'Permitted.',
        { operation },
      )
    },
    operationField(operations),
    h('button', { class: 'button', name: 'do', value: 'forbid' }, 'Forbid'),
    h('button', { class: 'button', name: 'do', value: 'permit' }, 'Permit'),
  )

/**
 * @param {App} app
 * @param {boolean} isLimited
 */
const limitForm = (app, isLimited) =>
  form(
    app,
    'limit',
    (data) =>
      data.get('do') === 'lift'
        ? command(app, 'rate-limit', 'No limit any more.', {})
        : command(app, 'rate-limit', 'Beyond it: 429.', {
            requests: Number(data.get('requests')),
            seconds: Number(data.get('seconds')),
          }),
    field(
      'Requests',
      h('input', { name: 'requests', type: 'number', min: 0, step: 1, value: 10, required: true }),
    ),
    field(
      'Within seconds',
      h('input', {
        name: 'seconds',
        type: 'number',
        min: 0.001,
        step: 'any',
        value: 1,
        required: true,
      }),
    ),
    h('button', { class: 'button', name: 'do', value: 'set' }, 'Limit'),
    isLimited &&
      h('button', { class: 'button', name: 'do', value: 'lift', formnovalidate: true }, 'Lift'),
  )
