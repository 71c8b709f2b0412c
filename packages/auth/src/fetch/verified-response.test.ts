import { utf8 } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { thrownBy } from '../testing/vectors.ts'
import { createVerifiedResponse } from './verified-response.ts'

/** A response whose body was read before. */
async function verified(text = '{"a":"微信"}', init: ResponseInit = {}) {
  const response = new Response(init.status === 204 ? null : text, init)
  await response.text()
  return createVerifiedResponse(response, {
    received: utf8(text),
    verified: true,
    signError: undefined,
  })
}

test('the body can be read by each method of Response, once', async () => {
  const bytes = utf8('{"a":"微信"}')
  expect(await (await verified()).json()).toEqual({ a: '微信' })
  expect(new Uint8Array(await (await verified()).arrayBuffer())).toEqual(new Uint8Array(bytes))
  expect((await (await verified()).blob()).size).toBe(bytes.length)
  expect(await new Response((await verified()).body).text()).toBe('{"a":"微信"}')
  const response = await verified()
  expect(response.bodyUsed).toBe(false)
  expect([await response.text(), response.bodyUsed]).toEqual(['{"a":"微信"}', true])
  expect(await thrownBy(() => response.text())).toBeInstanceOf(TypeError)
})

test('a copy has status, headers and body of its own', async () => {
  const response = await verified('{}', {
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

test('the URL is kept, and a response without a body has none', async () => {
  const response = Object.defineProperty(new Response('x'), 'url', { value: 'https://a.example/' })
  const findings = { received: utf8('x'), verified: true, signError: undefined }
  expect(createVerifiedResponse(response, findings).url).toBe('https://a.example/')
  for (const status of [204, 205, 304]) {
    const empty = new Response(null, { status })
    expect(createVerifiedResponse(empty, { ...findings, received: utf8('') }).body).toBeNull()
  }
})

test('a status above 599, which fetch accepts, is kept', () => {
  const odd = Object.defineProperty(new Response('x'), 'status', { value: 999 })
  const findings = { received: utf8('x'), verified: false, signError: undefined }
  expect(createVerifiedResponse(odd, findings)).toMatchObject({
    status: 999,
    ok: false,
    ...findings,
  })
})

test('the redirect whose status a browser hides is a 302', async () => {
  const hidden = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' })
  expect(
    createVerifiedResponse(hidden, { received: utf8(''), verified: false, signError: undefined })
      .status,
  ).toBe(302)
})
