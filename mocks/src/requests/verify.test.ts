import { expect, test } from 'vitest'
import { createMock } from '../index.ts'
import { mockKeys } from '../platform/keys.ts'
import { ask, type HandRequest, isSignedBy, preSignBody, preSignPath } from '../testing/by-hand.ts'

const start = 1_800_000_000
const { merchant, platform, publicKey } = mockKeys
const certificates = '/v3/certificates'
const create = () => createMock({ clock: () => start * 1000 })
const get = (headers: HandRequest['headers'] = {}): HandRequest => ({
  target: certificates,
  timestamp: start,
  headers,
})

test('a serial_no in another case is unknown (T-06)', async () => {
  const { status, json } = await ask(create(), {
    ...get(),
    serialNumber: merchant.serialNumber.toLowerCase(),
  })
  expect([status, json.code, json.detail.field]).toEqual([401, 'SIGN_ERROR', 'serial_no'])
})

test('an empty Authorization counts as missing', async () => {
  const mock = create()
  expect((await ask(mock, get({ Authorization: '' }))).status).toBe(401)
  expect(mock.requests()).toMatchObject([{ reason: expect.stringContaining('missing') }])
})

test('a repeated nonce is rejected as long as its timestamp can be fresh, and accepted afterwards (T-05)', async () => {
  let now = start * 1000
  const mock = createMock({ clock: () => now })
  const send = async (timestamp: number) =>
    (await ask(mock, { target: certificates, timestamp, nonce: 'ONCE' })).status
  const early = start + 300
  expect(await send(early)).toBe(200)
  for (const passed of [1_001, 300_001, 600_000, 600_999]) {
    now = start * 1000 + passed
    expect(await send(early), String(passed)).toBe(401)
  }
  now = start * 1000 + 601_000
  expect(await send(start + 601)).toBe(200)
})

test('sign_information counts whole characters of the body', async () => {
  const request = {
    method: 'POST',
    target: preSignPath,
    timestamp: start,
    nonce: 'N',
    signedBody: '{}',
  }
  const { json } = await ask(create(), { ...request, body: '😀😀😀😀😀😀😀😀😀' })
  expect(json.detail.sign_information.truncated_sign_message.endsWith(`\n${'😀'.repeat(8)}`)).toBe(
    true,
  )
})

test('the key named in Wechatpay-Serial signs the response; without the header the certificate signs', async () => {
  const cases: [string | undefined, string, string][] = [
    [undefined, platform.certificate, platform.serialNumber],
    ['', platform.certificate, platform.serialNumber],
    [platform.serialNumber, platform.certificate, platform.serialNumber],
    [publicKey.id, publicKey.publicKey, publicKey.id],
  ]
  for (const [asked, pem, serial] of cases) {
    const { status, headers, body } = await ask(create(), get({ 'Wechatpay-Serial': asked }))
    expect([asked, status, isSignedBy(pem, serial, headers, body)]).toEqual([asked, 200, true])
  }
})

test('Accept allows JSON by name or by wildcard, and may be missing in process', async () => {
  const taken = [
    'application/json',
    'text/html, application/json;q=0.9',
    'application/*',
    '*/*',
    undefined,
  ]
  for (const Accept of taken)
    expect([Accept, (await ask(create(), get({ Accept }))).status]).toEqual([Accept, 200])
  for (const Accept of [
    'application/json-seq',
    'application/jsonp',
    'x-application/json',
    'text/*',
  ])
    expect([Accept, (await ask(create(), get({ Accept }))).json.code]).toEqual([
      Accept,
      'INVALID_REQUEST',
    ])
  expect((await ask(create(), get({ 'User-Agent': undefined }))).status).toBe(200)
})

test('Content-Type is application/json in any case and with any parameter', async () => {
  const post = {
    method: 'POST',
    target: preSignPath,
    body: JSON.stringify(preSignBody),
    timestamp: start,
  }
  const statusOf = async (type: string) =>
    (await ask(create(), { ...post, headers: { 'Content-Type': type } })).status
  for (const type of [
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json ; charset=utf-8',
  ])
    expect([type, await statusOf(type)]).toEqual([type, 200])
  for (const type of ['application/jsonp', 'application/json-seq', 'text/x application/json', ''])
    expect([type, await statusOf(type)]).toEqual([type, 400])
  for (const method of ['PUT', 'PATCH']) {
    const request = {
      method,
      target: '/v3/x',
      body: '{}',
      timestamp: start,
      headers: { 'Content-Type': 'text/plain' },
    }
    expect((await ask(create(), request)).json.code).toBe('INVALID_REQUEST')
  }
})

test('an error of the mock itself gets an unsigned 500 SYSTEM_ERROR and is logged', async () => {
  const lines: string[] = []
  const clock = () => {
    throw new Error('no time')
  }
  const mock = createMock({ clock, log: (line) => void lines.push(line) })
  const { status, json, headers } = await ask(mock, get())
  expect([status, json.code, headers.has('wechatpay-signature')]).toEqual([
    500,
    'SYSTEM_ERROR',
    false,
  ])
  expect(lines).toEqual([expect.stringContaining('no time')])
})
