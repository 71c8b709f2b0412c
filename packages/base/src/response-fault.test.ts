import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { findResponseFault } from './response-fault.ts'

const { headers } = new Response()
const locked = new Response('x')
locked.body?.getReader()

test.each([
  [new Response('x'), undefined],
  [new Response(null, { status: 204 }), undefined],
  [{ status: 200, headers, body: new Response('x').body }, undefined],
  [{ status: 0, type: 'opaqueredirect', headers, body: null }, undefined],
  [undefined, 'nothing'],
  [[], 'an array'],
  ['{}', 'a value of type string'],
  [{ ok: true }, 'an object without a `status`'],
  [{ status: 101, headers }, 'a response with status 101'],
  [
    { status: 200, headers: {} },
    'an object whose `headers` is not a Headers, as an axios response',
  ],
  [
    { status: 200, headers: { get: () => null } },
    'an object whose `headers` is not a Headers, as an axios response',
  ],
  [locked, 'a Response whose body was already read'],
  [
    { status: 200, headers, body: Readable.from(['x']) },
    'a response whose `body` is a Node.js stream, as node-fetch does',
  ],
  [{ status: 200, headers, body: '{}' }, 'a response whose `body` is a value of type string'],
])('what fetch returned: %#', (returned, fault) => {
  expect(findResponseFault(returned)).toBe(fault)
})
