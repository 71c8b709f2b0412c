// Every fault, for an operation whose success has no body.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type MockServer, startMockServer } from '../entries/node.ts'
import { createMock, faultNames } from '../index.ts'
import { authorize } from '../testing/by-hand.ts'
import { ordersSpec } from '../testing/orders-spec.ts'
import type { FaultName } from './fault.ts'

const target = '/v3/orders/A1/close'
const settings = { latency: { delay_ms: 1 }, 'compressed-bomb': { size_bytes: 1000 } }
let server: MockServer
beforeEach(async () => {
  server = await startMockServer({ spec: ordersSpec })
})
afterEach(() => server.close())

async function play(fetch: typeof globalThis.fetch, baseUrl: string) {
  const headers = { Authorization: authorize({ method: 'POST', target }) }
  const init = { method: 'POST', headers, redirect: 'manual' } as const
  const response = await fetch(`${baseUrl}${target}`, init).catch(({ name }) => name as string)
  if (typeof response === 'string') return response
  const body = await response.text().catch(({ name }) => name as string)
  return [response.status, body.length > 40 ? 'long' : body]
}

const expected: { readonly [Name in FaultName]?: unknown } = {
  'connection-reset': 'TypeError',
  '500': [500, 'long'],
  '502': [502, 'long'],
  '503': [503, 'long'],
  '504': [504, 'long'],
  '429': [429, 'long'],
  '202': [202, ''],
  html: [200, 'long'],
  redirect: [307, ''],
  'truncated-body': [200, 'TypeError'],
  'tampered-body': [200, '{"tampered":true}'],
  'compressed-bomb': [200, 'long'],
}

test.each(faultNames)('%s of a 204, in process and on a port', async (name) => {
  const fault = { operation: 'closeOrder', name, ...settings[name as keyof typeof settings] }
  const mock = createMock({ spec: ordersSpec })
  for (const one of [mock, server.mock]) one.faults.add(fault)
  const outcome = expected[name] ?? [204, '']
  expect(await play(mock.fetch as typeof fetch, 'https://api.mch.weixin.qq.com')).toEqual(outcome)
  expect(await play(fetch, server.baseUrl)).toEqual(outcome)
})
