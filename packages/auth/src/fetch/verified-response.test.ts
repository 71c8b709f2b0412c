import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { thrownBy } from '../testing/vectors.ts'
import { withBody } from './verified-response.ts'

/** An answer whose body was read, and that has it back. */
async function answer(text = '{"a":"微信"}', init: ResponseInit = {}) {
  const response = new Response(init.status === 204 ? null : text, init)
  await response.text()
  return withBody(response, { received: utf8(text), verified: true, signError: undefined })
}

test('the body can be had in each way of a Response, once, as from any other', async () => {
  const bytes = utf8('{"a":"微信"}')
  expect(await (await answer()).json()).toEqual({ a: '微信' })
  expect(new Uint8Array(await (await answer()).arrayBuffer())).toEqual(new Uint8Array(bytes))
  expect((await (await answer()).blob()).size).toBe(bytes.length)
  expect(await new Response((await answer()).body).text()).toBe('{"a":"微信"}')
  const response = await answer()
  expect(response.bodyUsed).toBe(false)
  expect([await response.text(), response.bodyUsed]).toEqual(['{"a":"微信"}', true])
  expect(await thrownBy(() => response.text())).toBeInstanceOf(TypeError)
})

test('a copy has status, headers and body of its own', async () => {
  const response = await answer('{}', {
    status: 201,
    statusText: 'Made',
    headers: { 'request-id': 'R-1' },
  })
  const copy = response.clone()
  expect([copy.status, copy.statusText, copy.headers.get('request-id')]).toEqual([
    201,
    'Made',
    'R-1',
  ])
  expect([await copy.text(), await response.text()]).toEqual(['{}', '{}'])
})

test('it stays the very Response that fetch gave, and one without a body has none', async () => {
  const response = new Response('x')
  await response.text()
  expect(withBody(response, { received: utf8('x'), verified: true, signError: undefined })).toBe(
    response,
  )
  expect((await answer('', { status: 204 })).body).toBeNull()
})

test('the redirect whose status a browser hides is a 302', async () => {
  const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
  expect(
    withBody(hidden, { received: utf8(''), verified: false, signError: undefined }).status,
  ).toBe(302)
})
