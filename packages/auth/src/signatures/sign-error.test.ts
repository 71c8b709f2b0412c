import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { createSigningFetch } from '../fetch/signing-fetch.ts'
import { credentials, platformKeys, responding, url } from '../testing/responding.ts'
import { requestText } from './request-signature.ts'
import { explainSignError } from './sign-error.ts'

const now = 1_700_000_000
const clock = () => now * 1000
const nonce_str = '593BEC0C930BF1AFEB40B4A08C8FB242'
const authorization = {
  mchid: '1900009191',
  nonce_str,
  signature: 'AAAA',
  timestamp: String(now),
  serial_no: '3D7A1F0C',
}
const body = utf8('{"contract_display_account":"微信代扣用户A"}')
const signer = { isExternal: false }
const sent = {
  method: 'POST',
  url: '/v3/some/path?a=1',
  body,
  authorization,
  signer,
  mockHost: undefined,
}
const text = new TextDecoder().decode(requestText(sent, String(now), nonce_str))
const length = utf8(text).length

/**
 * The observed response body: the signed text is cut after eight characters of the request's body.
 */
const observed = {
  method: 'POST',
  url: '/v3/some/path?a=1',
  sign_message_length: length,
  truncated_sign_message: text.slice(0, text.indexOf('{') + 8),
}

const explain = (detail: unknown, headers: Record<string, string> = {}) =>
  explainSignError(
    {
      headers: new Headers(headers),
      body: utf8(JSON.stringify({ code: 'SIGN_ERROR', message: '', detail })),
    },
    sent,
    clock,
  )
const about = (information: object, headers = {}) =>
  explain({ sign_information: { ...observed, ...information } }, headers)

test('the signed text looks the same on both sides: private-key', () => {
  expect(about({})).toMatchObject({
    cause: 'private-key',
    message: expect.stringContaining('3D7A1F0C of merchant 1900009191'),
  })
  expect(about({ truncated_sign_message: text })?.cause).toBe('private-key')
  // Also if the text is cut before the body.
  expect(about({ truncated_sign_message: text.slice(0, 20) })?.cause).toBe('private-key')
})

test('the length counts bytes; a length in characters shows a wrong encoding', () => {
  expect(length).toBeGreaterThan(text.length)
  const error = about({ sign_message_length: text.length })
  expect(error).toMatchObject({
    cause: 'body',
    message: expect.stringContaining('length in characters'),
  })
})

test('a Date more than 300 s away: clock; 300 s: not clock', () => {
  const date = (seconds: number) => ({ Date: new Date((now + seconds) * 1000).toUTCString() })
  for (const seconds of [-301, 301])
    expect(about({}, date(seconds))).toMatchObject({ cause: 'clock' })
  for (const seconds of [-300, 300])
    expect(about({}, date(seconds))).toMatchObject({ cause: 'private-key' })
  expect(about({}, { Date: 'yesterday' })).toMatchObject({ cause: 'private-key' })
  expect(explain(undefined, date(-400))?.message).toContain('400 s ahead of the Date')
  expect(explain(undefined, date(400))?.message).toContain('400 s behind the Date')
})

test('a changed body is reported before a wrong clock', () => {
  const headers = { Date: new Date((now + 900) * 1000).toUTCString() }
  expect(about({ sign_message_length: length + 1 }, headers)?.cause).toBe('body')
})

test('a 401 of any other form gives no explanation and no error (T-28)', () => {
  const shapes = [
    undefined,
    null,
    'text',
    [],
    { sign_information: null },
    { sign_information: { ...observed, method: 1 } },
    { sign_information: { ...observed, url: {} } },
    { sign_information: { ...observed, sign_message_length: '66' } },
    { sign_information: { ...observed, truncated_sign_message: undefined } },
    JSON.parse('{"__proto__":{"sign_information":{}}}'),
  ]
  for (const shape of shapes) expect(explain(shape)).toBeUndefined()
  for (const bytes of [
    utf8(''),
    utf8('<html>'),
    new Uint8Array([0xff]),
    utf8('['.repeat(100_000)),
  ]) {
    expect(explainSignError({ headers: new Headers(), body: bytes }, sent, clock)).toBeUndefined()
  }
})

test('text from outside is cut and cannot forge a log line (T-26)', () => {
  const hostile = `\r\nERROR paid\u001b[31m${'x'.repeat(100_000)}`
  for (const information of [{ method: hostile }, { url: hostile }]) {
    const message = about(information)?.message ?? ''
    expect(message.length).toBeLessThan(600)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(message).not.toMatch(/[\u0000-\u001f]/)
  }
})

test('only a 401 is explained', async () => {
  const detail = { code: 'SIGN_ERROR', detail: { field: 'serial_no' } }
  for (const status of [400, 401, 403]) {
    const { fetch } = responding(JSON.stringify(detail), { status, sign: false })
    const response = await createSigningFetch({ credentials, platformKeys, fetch })(url)
    if (status === 401) expect(response.signError?.cause).toBe('private-key')
    else expect(response.signError).toBeUndefined()
  }
})

test('a sign function of the caller may use another scheme; a key that was given does not', () => {
  const information = { detail: { sign_information: observed } }
  const response = { headers: new Headers(), body: utf8(JSON.stringify(information)) }
  const messageFor = (signer: object) =>
    explainSignError(response, { ...sent, signer }, clock)?.message
  const scheme =
    'RSASSA-PKCS1-v1_5 with SHA-256 over the message, not PSS and not the digest of a digest'
  expect(messageFor({ isExternal: true })).toContain(scheme)
  // Credentials that were not made by createCredentials.
  expect(messageFor({})).toContain(scheme)
  expect(messageFor({ isExternal: false })).not.toContain('scheme')
  expect(messageFor({ signatureType: 'WECHATPAY2-SM2-WITH-SM3' })).not.toContain('scheme')
})

test('an unknown serial number: the message says that it is compared in capitals', () => {
  expect(explain({ field: 'serial_no' })?.message).toContain(
    'compares both exactly, the serial number in capitals',
  )
})
