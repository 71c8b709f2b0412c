import { createSign } from 'node:crypto'
import { expect, test } from 'vitest'
import { createMock, type Mock } from '../mock.ts'
import { mockKeys } from '../platform/keys.ts'
import { ask, authorize, contractPath, preSignBody, preSignPath } from '../testing/by-hand.ts'
import { explainSignature } from './explain-signature.ts'

const body = JSON.stringify({ ...preSignBody, contract_display_account: '张三/<a>' })
const post = { method: 'POST', target: preSignPath, body }
const nonce = 'f'.repeat(32)
const now = () => Math.floor(Date.now() / 1000)

/** What the mock finds out about the last request. */
async function explain(mock: Mock) {
  const detail = mock.request(mock.requests().length)
  if (detail === undefined) throw new Error('no request')
  return explainSignature(detail)
}

/** An Authorization over any text. */
function signed(
  text: string,
  timestamp: number,
  { key = mockKeys.merchant.privateKey as string, hash = 'RSA-SHA256' } = {},
): string {
  const value = createSign(hash).update(text).sign(key, 'base64')
  return authorize({ target: '/', timestamp, nonce }).replace(
    /signature="[^"]*"/,
    `signature="${value}"`,
  )
}

const value: Record<string, unknown> = JSON.parse(body)
const sorted = Object.fromEntries(
  Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)),
)
const bodies: [string, string, string][] = [
  ['indented', JSON.stringify(value, null, 2), 'the body indented by two'],
  ['with its members sorted', JSON.stringify(sorted), 'the body with its members sorted'],
  [
    'with Chinese escaped',
    body.replace('张三', '\\u5f20\\u4e09'),
    'the body with Chinese characters escaped',
  ],
  ['as Go writes it', body.replace('<a>', '\\u003ca\\u003e'), 'the body with <, > and & escaped'],
  ['left out', '', 'no body'],
  ['with a line feed', `${body}\n`, 'the body with a line feed at its end'],
]

test.each(bodies)('a body that was signed %s is found', async (_how, signedBody, mistake) => {
  const mock = createMock()
  await ask(mock, { ...post, signedBody })
  const found = await explain(mock)
  expect(found).toMatchObject({ cause: 'text', message: `Another text was signed: ${mistake}` })
  expect(found?.signed_text?.endsWith(`${nonceOf(found.signed_text)}\n${signedBody}\n`)).toBe(true)
})

const nonceOf = (text: string) => text.split('\n')[3]

const texts: [string, (head: string[], timestamp: number) => string, string][] = [
  ['without the last line feed', (parts) => parts.join('\n'), 'the last line feed is missing'],
  [
    'with \\n for line feeds',
    (parts) => `${parts.join('\\n')}\\n`,
    'a backslash and an n where line feeds belong',
  ],
  ['with CRLF', (parts) => `${parts.join('\r\n')}\r\n`, 'CRLF where line feeds belong'],
  [
    'with the method in lower case',
    ([, ...rest]) => `${['post', ...rest].join('\n')}\n`,
    'the method in lower case',
  ],
  [
    'with the host',
    ([method, url, ...rest]) =>
      `${[method, `https://api.mch.weixin.qq.com${url}`, ...rest].join('\n')}\n`,
    'the whole address instead of path and query',
  ],
  [
    'with nonce before timestamp',
    ([method, url, time, once, sent]) => `${[method, url, once, time, sent].join('\n')}\n`,
    'nonce and timestamp exchanged',
  ],
  [
    'with two mistakes',
    ([method, url], timestamp) =>
      [method, `${url}`.replace('/v3', ''), timestamp, nonce, ''].join('\n'),
    '',
  ],
]

test.each(texts)('a text that was signed %s is found', async (how, write, mistake) => {
  const mock = createMock()
  const timestamp = now()
  const text = write(['POST', preSignPath, String(timestamp), nonce, body], timestamp)
  await ask(mock, { ...post, headers: { Authorization: signed(text, timestamp) } })
  const found = await explain(mock)
  expect([found?.cause, found?.signed_text]).toEqual(['text', text])
  const expected =
    how === 'with two mistakes'
      ? 'the path without /v3; no body; the last line feed is missing'
      : mistake
  expect(found?.message).toBe(`Another text was signed: ${expected}`)
})

test('a URL that was signed without its query is found', async () => {
  const mock = createMock()
  const timestamp = now()
  const text = `GET\n/v3/certificates\n${timestamp}\n${nonce}\n\n`
  await ask(mock, {
    target: '/v3/certificates?algorithm_type=RSA',
    headers: { Authorization: signed(text, timestamp) },
  })
  expect(await explain(mock)).toMatchObject({
    cause: 'text',
    message: 'Another text was signed: the address without its query',
  })
})

test('another key, another hash and an unknown text are distinguished', async () => {
  const mock = createMock()
  const timestamp = now()
  const text = `GET\n${contractPath}\n${timestamp}\n${nonce}\n\n`
  const refused = async (authorization: string) => {
    await ask(mock, { target: contractPath, headers: { Authorization: authorization } })
    return (await explain(mock))?.cause
  }
  expect(await refused(signed(text, timestamp, { key: mockKeys.platform.privateKey }))).toBe(
    'private-key',
  )
  expect(await refused(signed(text, timestamp, { hash: 'RSA-SHA1' }))).toBe('hash')
  expect(await refused(signed('anything', timestamp))).toBe('unknown-text')
  expect(
    await refused(
      authorize({ target: '/', timestamp, nonce }).replace(/signature="./, 'signature="='),
    ),
  ).toBe('private-key')
})

test('a valid signature and a rejection for another reason have no explanation', async () => {
  const mock = createMock()
  await ask(mock, { target: contractPath })
  expect(await explain(mock)).toBeNull()
  await ask(mock, { target: contractPath, timestamp: 1 })
  expect(await explain(mock)).toBeNull()
  await ask(mock, { target: contractPath, headers: { Authorization: undefined } })
  expect(await explain(mock)).toBeNull()
})
