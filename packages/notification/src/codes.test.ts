import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { answerFor } from './answer.ts'
import type { NotificationErrorCode } from './errors.ts'
import { type ReceiveOptions, receiveNotification } from './receive.ts'
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
} from './testing/fixtures.ts'

const message = signed()
const withHeader = (name: string, value: unknown) => ({ ...message, headers: { ...message.headers, [name]: value } })
const sealed = seal(JSON.stringify(contract))
const resource = (change: object) => signed(envelope({ ...sealed, ...change }))

/** One request for each code, all of them full of what no error may show. The type says when one is missing. */
const cases: Record<NotificationErrorCode, [request: unknown, overrides?: Partial<ReceiveOptions>]> = {
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
}

async function* breakingOff({ body }: Message) {
  yield body.subarray(0, 100)
  throw new Error('aborted')
}

const ownFaults = ['parsed-body', 'no-headers', 'expect-failed']

test.each(Object.entries(cases))(
  'T-26 %s: the code, the answer, and no secret or personal data in the error',
  async (code, [request, overrides]) => {
    const error = await receiveNotification(request as Request, { ...options, ...overrides }).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'NotificationError', code })
    expect(error.message.length).toBeGreaterThan(40)
    expect(answerFor(error).status).toBe(ownFaults.includes(code) ? 500 : 401)

    const shown = everythingIn(error)
    const { contract_display_account, contract_id, out_contract_code } = contract
    const secrets = [keys.apiV3Key, openid, contract_display_account, contract_id, out_contract_code, sealed.ciphertext]
    for (const secret of secrets) expect(shown).not.toContain(secret)
  },
)
