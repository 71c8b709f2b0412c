import { expect, test } from 'vitest'
import { type Change, createMock } from '../index.ts'
import { ask, type HandRequest, preSignBody, preSignPath } from '../testing/by-hand.ts'

const now = 1_800_000_000
const body = JSON.stringify(preSignBody)
const preSign = { method: 'POST', target: preSignPath, body, timestamp: now, nonce: 'a'.repeat(32) }
const create = () => createMock({ clock: () => now * 1000 })

test('each request shows how it was verified: the canonical text, the checks, the response', async () => {
  const mock = create()
  const { json } = await ask(mock, preSign)
  const detail = mock.request(1)
  expect(detail?.verification.canonical_text).toBe(
    `POST\n${preSignPath}\n${now}\n${'a'.repeat(32)}\n${body}\n`,
  )
  expect(detail?.verification.steps.every(({ result }) => result === 'passed')).toBe(true)
  expect(detail).toMatchObject({
    operation: 'qsMiniProgramPreEntrustSign',
    status: 200,
    verified: true,
    body,
  })
  expect(JSON.parse(detail?.answer?.body ?? '')).toEqual(json)
  expect(mock.request(2)).toBeUndefined()
})

const failures: [string, HandRequest, string][] = [
  ['another scheme', { ...preSign, scheme: 'Basic' }, 'authorization'],
  ['an old timestamp', { ...preSign, timestamp: now - 301 }, 'timestamp'],
  ['another merchant', { ...preSign, mchid: '1' }, 'mchid'],
  ['another serial', { ...preSign, serialNumber: 'AB' }, 'serial_no'],
  ['another body', { ...preSign, signedBody: '{}' }, 'signature'],
  ['no JSON asked for', { ...preSign, headers: { Accept: 'text/html' } }, 'headers'],
  ['an unknown answer key', { ...preSign, headers: { 'Wechatpay-Serial': 'AB' } }, 'response_key'],
  ['a body without fields', { ...preSign, body: '{}' }, 'fields'],
]

test.each(failures)(
  '%s fails at its own step, and later steps are skipped',
  async (_case, request, name) => {
    const mock = create()
    await ask(mock, request)
    const steps = mock.request(1)?.verification.steps ?? []
    const at = steps.findIndex(({ result }) => result === 'failed')
    expect(steps[at]).toMatchObject({ name, found: mock.requests()[0]?.reason })
    expect(steps.slice(0, at).every(({ result }) => result === 'passed')).toBe(true)
    expect(steps.slice(at + 1).every(({ result }) => result === 'not reached')).toBe(true)
  },
)

test('a repeated nonce and a used code fail at their own steps', async () => {
  const mock = create()
  await ask(mock, preSign)
  await ask(mock, preSign)
  await ask(mock, {
    ...preSign,
    nonce: 'b',
    body: JSON.stringify({ ...preSignBody, appid: 'wx2' }),
  })
  const failedAt = (id: number) =>
    mock.request(id)?.verification.steps.find(({ result }) => result === 'failed')?.name
  expect([failedAt(1), failedAt(2), failedAt(3)]).toEqual([undefined, 'nonce_str', 'effect'])
})

test('the feed reports each change until unsubscribed; a listener that throws does not affect others', async () => {
  const mock = createMock({ clock: () => now * 1000, deliver: async () => 204 })
  const seen: Change['type'][] = []
  mock.subscribe(() => {
    throw new Error('listener')
  })
  const leave = mock.subscribe(({ type }) => void seen.push(type))
  await mock.user.signs((await ask(mock, preSign)).json)
  mock.faults.add({ operation: '*', name: '503' })
  mock.platform.rotateCertificate()
  await mock.clock.advance(1)
  mock.reset()
  expect(new Set(seen)).toEqual(
    new Set([
      'session',
      'request',
      'contract',
      'notification',
      'faults',
      'platform',
      'clock',
      'reset',
    ]),
  )
  leave()
  const { length } = seen
  mock.reset()
  expect(seen).toHaveLength(length)
})
