import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { NotificationErrorCode } from '../errors.ts'
import type { NotificationEvent } from '../respond/events.ts'
import { handleNotification } from '../respond/handle.ts'
import type { HandleOptions } from '../respond/handle-options.ts'
import { responseFor } from '../respond/response.ts'
import {
  contract,
  envelope,
  everythingIn,
  keys,
  type Message,
  openid,
  options,
  seal,
  signed,
} from '../testing/fixtures.ts'
import { type ReceiveOptions, receiveNotification } from './receive.ts'

const message = signed()
const withHeader = (name: string, value: unknown) => ({
  ...message,
  headers: { ...message.headers, [name]: value },
})
const sealed = seal(JSON.stringify(contract))
const resource = (change: object) => signed(envelope({ ...sealed, ...change }))

const fail = async () => {
  throw new Error('database not reachable')
}
const onNotification = () => {}
/** Those that only handleNotification gives. */
const handled = {
  'unknown-tenant': { tenant: () => undefined, onNotification },
  'tenant-failed': { tenant: fail, onNotification },
  'inbox-failed': { ...options, inbox: { claim: fail } },
  'handler-failed': { ...options, onNotification: fail },
  'budget-spent': { ...options, budgetMs: 1, onNotification: () => new Promise(() => {}) },
  conflict: { ...options, inbox: { claim: async () => 'conflict' } },
} satisfies { [code in NotificationErrorCode]?: HandleOptions }

/**
 * One request for each code, all of them full of what no error may show. The type says when one is
 * missing.
 */
const cases: Record<
  Exclude<NotificationErrorCode, keyof typeof handled>,
  [request: unknown, overrides?: Partial<ReceiveOptions>]
> = {
  'body-too-large': [message, { maxBytes: 10 }],
  'body-incomplete': [{ ...message, body: Readable.from(breakingOff(message)) }],
  'content-encoding': [withHeader('Content-Encoding', 'br')],
  'content-type': [withHeader('Content-Type', `application/json; charset=${openid}`)],
  'duplicate-header': [withHeader('Wechatpay-Nonce', [openid, openid])],
  'malformed-body': [signed(JSON.stringify(contract).slice(0, -1))],
  'malformed-envelope': [signed(contract)],
  'unsupported-algorithm': [resource({ algorithm: openid })],
  'malformed-nonce': [resource({ nonce: openid })],
  'malformed-ciphertext': [resource({ ciphertext: openid })],
  'malformed-associated-data': [resource({ associated_data: contract })],
  'not-openable': [resource({ associated_data: openid })],
  'malformed-plaintext': [signed(envelope(seal(JSON.stringify(contract).slice(0, -1))))],
  'wrong-mchid': [signed(envelope(seal(JSON.stringify({ ...contract, mchid: openid }))))],
  unexpected: [message, { expect: (event) => event.plaintext as unknown as boolean }],
  'parsed-body': [{ ...message, body: contract }],
  'no-headers': [contract],
  'expect-failed': [message, { expect: () => Promise.reject(new Error('database not reachable')) }],
  'no-platform-keys': [
    message,
    { platformKeys: { requestSerial: '', serials: [], find: () => undefined } },
  ],
}

async function* breakingOff({ body }: Message) {
  yield body.subarray(0, 100)
  throw new Error('aborted')
}

const ownFaults = ['parsed-body', 'no-headers', 'no-platform-keys', 'expect-failed']

/** None of the values that a log must not show. */
function requireClean(shown: string) {
  const { contract_display_account, contract_id, out_contract_code } = contract
  const secrets = [
    keys.apiV3Key,
    openid,
    contract_display_account,
    contract_id,
    out_contract_code,
    sealed.ciphertext,
  ]
  for (const secret of secrets) expect(shown).not.toContain(secret)
}

test.each(Object.entries(cases))(
  'T-26 %s: the code, the response, and no secret or personal data in the error',
  async (code, [request, overrides]) => {
    const error = await receiveNotification(request as Request, { ...options, ...overrides }).catch(
      (thrown) => thrown,
    )
    expect(error).toMatchObject({ name: 'NotificationError', code })
    expect(error.message.length).toBeGreaterThan(40)
    expect(responseFor(error).status).toBe(ownFaults.includes(code) ? 500 : 401)

    requireClean(everythingIn(error))
  },
)

test.each(Object.entries(handled))(
  'T-26 handleNotification, %s: the event, the response, and no secret or personal data in the event',
  async (code, more) => {
    const events: NotificationEvent[] = []
    const onEvent = (event: NotificationEvent) => events.push(event)
    const { status } = await handleNotification(signed(), {
      clock: options.clock,
      onEvent,
      ...(more as HandleOptions),
    })
    expect(status).toBe(code === 'unknown-tenant' ? 401 : 500)
    expect(events).toHaveLength(1)
    if (code === 'conflict') expect(events[0]).toMatchObject({ type: 'notification:conflict' })
    else expect(events[0]).toMatchObject({ code, error: { name: 'NotificationError' } })
    requireClean(everythingIn(events[0]))
  },
)
