import { expect, test } from 'vitest'
import type { NotificationError } from '../errors/notification-error.ts'
import { responseFor } from '../respond/response.ts'
import { openid, options, signed } from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

const { headers, body } = signed()
const failureOf = (given: unknown): Promise<NotificationError> =>
  receiveNotification({ headers: given, body } as never, options).then(
    () => expect.unreachable('it was accepted'),
    (error) => error,
  )

/** What a value of the wrong type is called. */
const values: [unknown, string][] = [
  [[{ key: 'Content-Type', value: openid }], 'an array with an object'],
  [['text', { value: openid }], 'an array with an object'],
  [[['text']], 'an array with an array with texts'],
  [[7], 'an array with a number'],
  [[null], 'an array with null'],
  [{ value: openid }, 'an object'],
  [new Map(), 'a Map'],
  [Buffer.from(openid), 'a Uint8Array'],
  [7, 'a number'],
  [true, 'a boolean'],
  [null, 'null'],
  [() => openid, 'a function'],
  [Symbol(openid), 'a symbol'],
]

test.each([
  'Content-Type',
  'content-length',
  'CONTENT-ENCODING',
  'Wechatpay-Timestamp',
  'wechatpay-nonce',
  'Wechatpay-Serial',
  'Wechatpay-Signature',
  'Wechatpay-Signature-Type',
  'Request-ID',
])(
  'a value of %s that is no text is a fault of this service, which names header and type',
  async (name) => {
    for (const [value, found] of values) {
      const error = await failureOf({ ...headers, [name]: value })
      expect(error).toMatchObject({ name: 'NotificationError', code: 'unsupported-headers' })
      expect(error.message).toContain(
        `headers['${name.toLowerCase()}']: found ${found}; expected text, or an array of texts.`,
      )
      expect(error.message).not.toContain(openid)
      expect(responseFor(error).status).toBe(500)
    }
  },
)

test('headers of CloudFront and Lambda@Edge: the error has the conversion, and that works', async () => {
  const entries = Object.entries(headers)
  const edge = Object.fromEntries(
    entries.map(([key, value]) => [key.toLowerCase(), [{ key, value }]]),
  )
  const { message, remedy } = await failureOf(edge)
  expect(message).toContain(
    'This is the form of CloudFront and Lambda@Edge: pass Object.fromEntries',
  )
  expect(remedy?.zh).toContain('CloudFront')
  const converted = Object.fromEntries(
    Object.entries(edge).map(([name, list]) => [name, list.map(({ value }) => value)]),
  )
  expect((await receiveNotification({ headers: converted, body }, options)).kind).toBe('signed')
})

test.each<[string, object, string]>([
  ['a Map', new Map(Object.entries(headers)), 'Object.fromEntries(headers)'],
  ['an empty Map', new Map(), 'Object.fromEntries(headers)'],
  ['an array of pairs', Object.entries(headers), 'Object.fromEntries(headers)'],
  ['a list of names and values, as rawHeaders of Node', Object.entries(headers).flat(), 'headers'],
  ['a Set', new Set(Object.keys(headers)), 'headers'],
])('headers that are %s: the error names the type', async (_, given, fix) => {
  const error = await failureOf(given)
  expect(error).toMatchObject({ name: 'NotificationError', code: 'unsupported-headers' })
  expect(error.message).toMatch(/^headers: found an? (array|Map|Set)/)
  expect(error.message).toContain(fix)
  expect(responseFor(error).status).toBe(500)
})

test.each([[null], [undefined], ['text'], [7], [() => {}]])(
  'headers that are %s are no headers',
  async (given) => {
    const error = await failureOf(given)
    expect(error).toMatchObject({ name: 'NotificationError', code: 'no-headers' })
    expect(responseFor(error).status).toBe(500)
  },
)

test('an object with get: text and null are accepted, any other value is named', async () => {
  const of = (get: (name: string) => unknown) => ({ get })
  const web = new Headers(headers)
  const opened = await receiveNotification(
    { headers: of((name) => web.get(name) ?? undefined) as Headers, body },
    options,
  )
  expect(opened.kind).toBe('signed')
  for (const [value, found] of values.filter(([one]) => one !== null)) {
    const error = await failureOf(
      of((name) => (name === 'wechatpay-nonce' ? value : web.get(name))),
    )
    expect(error).toMatchObject({ code: 'unsupported-headers' })
    expect(error.message).toContain(
      `headers.get('wechatpay-nonce'): found ${found}; expected text or null.`,
    )
  }
})

test('headers that no check uses may have any value, and an undefined or empty one counts as absent', async () => {
  const given = { ...headers, 'x-number': 7, 'x-list': [{}], 'content-encoding': undefined }
  const more = { ...given, 'content-length': [] } as never
  expect((await receiveNotification({ headers: more, body }, options)).kind).toBe('signed')
})
