import type { Spec } from '@wechatpay-entrust/core'
import { afterEach, expect, test, vi } from 'vitest'
import { keys, openid } from '../../../notification/src/testing/fixtures.ts'
import { createMemoryInbox } from '../stores/memory.ts'
import { claim, gate, listen, run } from '../testing/worker-bench.ts'
import { createInboxWorker } from './worker.ts'

/** What is written to the console, and a promise of the first line. */
function consoleLines() {
  const lines: string[] = []
  const written = gate()
  vi.spyOn(console, 'error').mockImplementation((line) => {
    lines.push(String(line))
    written.open()
  })
  return { lines, written: written.opened }
}
afterEach(() => vi.restoreAllMocks())

test('a worker without a listener writes a failure to the console, without personal data', async () => {
  const { lines, written } = consoleLines()
  const inbox = createMemoryInbox()
  await claim(inbox, 'EV-1')
  run({
    inbox,
    handler: () => {
      throw Object.assign(new TypeError(`no user ${openid}`), { code: 'E_USER_UNKNOWN' })
    },
  })
  await written
  expect(lines[0]).toMatch(
    /^\[wechatpay-entrust\] inbox:failed E_USER_UNKNOWN: TypeError E_USER_UNKNOWN at .*report\.test\.ts/,
  )
  expect(lines.join()).not.toContain(openid)
})

test.each([
  ['inbox:error', { lease: () => Promise.reject(new Error('down')) }, {}],
  ['inbox:lease-lost', { release: async () => false }, {}],
  ['inbox:parked', {}, { maxAttempts: 1 }],
])('without a listener %s is written to the console, too', async (type, defect, options) => {
  const { lines } = consoleLines()
  const inbox = { ...createMemoryInbox(), ...defect }
  await claim(inbox, 'EV-1')
  const handler = () => {
    throw Object.assign(new Error('no'), { code: `for ${type}` })
  }
  run({ inbox, handler, pollMs: 60_000, ...options })
  await vi.waitFor(() => expect(lines.join()).toContain(type))
})

test('a listener silences the console, and success is not written without `debug`', async () => {
  const { lines } = consoleLines()
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1', 'EV-2')
  run({
    inbox,
    onEvent,
    handler: ({ id }) => {
      if (id === 'EV-1') throw new Error('no')
    },
    maxAttempts: 1,
  })
  await Promise.all([seen('inbox:parked'), seen('inbox:handled')])
  expect(lines).toEqual([])
})

test('`debug` writes one line for each event', async () => {
  const { lines } = consoleLines()
  const inbox = createMemoryInbox()
  const { onEvent, seen } = listen()
  await claim(inbox, 'EV-1')
  run({ inbox, onEvent, debug: true })
  await seen('inbox:handled')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^\[wechatpay-entrust\] inbox:handled scope=\d+ id=EV-1 eventType=ENTRUST\.SIGN attempt=1 durationMs=\d+$/,
  )
})

test('an unknown option is rejected with the nearest name: unknown-option', () => {
  const options = { inbox: createMemoryInbox(), handler: () => {}, apiV3Key: keys.apiV3Key }
  const mistyped = { ...options, onevent: () => {} }
  expect(() => createInboxWorker(mistyped)).toThrow(
    expect.objectContaining({
      name: 'ConfigurationError',
      code: 'unknown-option',
      slot: 'onevent',
      message: expect.stringContaining('onEvent'),
    }),
  )
})

test.each([
  ['handler', { handler: undefined }],
  ['backoff', { backoff: 5 }],
  ['inbox.lease', { inbox: {} }],
  ['tenant', { tenant: 'one' }],
  ['apiV3Key', { tenant: () => ({}) }],
  ['eventTypes', { tenant: () => ({}), apiV3Key: undefined, eventTypes: {} }],
  ['spec', { tenant: () => ({}), apiV3Key: undefined, spec: {} }],
  ['eventTypes', { eventTypes: ['ENTRUST.SIGN'] }],
])('a wrong value for %s is rejected at once: malformed-option', (slot, wrong) => {
  const options = { inbox: createMemoryInbox(), handler: () => {}, apiV3Key: keys.apiV3Key }
  const given = { ...options, ...wrong } as unknown as typeof options
  expect(() => createInboxWorker(given)).toThrow(
    expect.objectContaining({ code: 'malformed-option', slot }),
  )
})

test('a wrong spec, and an event type of no webhook, are rejected at once by name', () => {
  const options = { inbox: createMemoryInbox(), handler: () => {}, apiV3Key: keys.apiV3Key }
  const spec = { openapi: '3.1.0' } as unknown as Spec
  expect(() => createInboxWorker({ ...options, spec })).toThrow(
    expect.objectContaining({ code: 'openapi-document', slot: 'spec' }),
  )
  expect(() => createInboxWorker({ ...options, eventTypes: { sign: ['A'] } })).toThrow(
    expect.objectContaining({ code: 'unknown-option', slot: 'eventTypes.sign' }),
  )
})
