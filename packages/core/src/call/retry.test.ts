import { unsent } from '@wechatpay-entrust/base'
import { expect, test } from 'vitest'
import { rejection, responding, unverified, verified } from '../testing/handler.ts'
import { createClient } from './client.ts'
import {
  createRetryQuota,
  isHostFailure,
  isProbe,
  isRepeatable,
  type Pause,
  pauseBefore,
  readRetryAfter,
} from './retry.ts'

const now = Date.parse('2026-11-23T08:00:00Z')
const pause = (given: Partial<Pause>) =>
  pauseBefore({
    attempt: 1,
    status: 503,
    retryAfter: null,
    remaining: 30_000,
    now,
    random: 0.5,
    ...given,
  })

test('full jitter: 0 to 100 ms, doubled with each attempt, 5 s at most; after a 429 it starts at 1 s', () => {
  expect([0, 0.5, 1].map((random) => pause({ random }))).toEqual([0, 50, 100])
  expect([1, 2, 3, 4].map((attempt) => pause({ attempt, random: 1 }))).toEqual([100, 200, 400, 800])
  expect([1, 2, 3, 4].map((attempt) => pause({ attempt, random: 1, status: 429 }))).toEqual([
    1000, 2000, 4000, 5000,
  ])
  expect(pause({ attempt: 12, random: 1 })).toBe(5000)
})

test('Retry-After makes the pause longer, by five seconds at most, and never shorter', () => {
  expect(pause({ retryAfter: '2' })).toBe(2000)
  expect(pause({ retryAfter: ' 4 ' })).toBe(4000)
  expect(pause({ retryAfter: '20' })).toBe(5050)
  expect(pause({ retryAfter: '0' })).toBe(50)
  expect(pause({ retryAfter: 'Mon, 23 Nov 2026 08:00:03 GMT' })).toBe(3000)
  expect(pause({ retryAfter: 'Mon, 23 Nov 2026 07:00:00 GMT' })).toBe(50)
})

test('an invalid Retry-After is ignored', () => {
  const unreadable = [
    '',
    '-1',
    '1.5',
    '1e3',
    '5 s',
    'soon',
    'Invalid Date',
    '9999999999',
    '2026-11-23T08:00:03Z',
    'Tue, 23 Nov 2026 08:00:03 GMT',
    'Monday, 23-Nov-26 08:00:03 GMT',
    'Mon, 31 Nov 2026 08:00:03 GMT',
  ]
  for (const retryAfter of unreadable) {
    expect(readRetryAfter(retryAfter, now), retryAfter).toBeUndefined()
    expect(pause({ retryAfter }), retryAfter).toBe(50)
  }
})

test('if the deadline is earlier, there is no pause', () => {
  expect(pause({ remaining: 50 })).toBeUndefined()
  expect(pause({ remaining: 51 })).toBe(50)
  // The pause of five seconds would end in time, but the server asks for at least twenty.
  expect(pause({ retryAfter: '20', remaining: 20_000 })).toBeUndefined()
  expect(pause({ retryAfter: '20', remaining: 20_001 })).toBe(5050)
})

test('the quota allows ten retries, then one for every ten calls that succeed at once, and never more than ten', () => {
  const quota = createRetryQuota()
  const take = (count: number) =>
    Array.from({ length: count }, () => quota.take()).filter(Boolean).length
  expect(take(20)).toBe(10)
  for (let call = 1; call <= 9; call += 1) quota.giveBack()
  expect(take(1)).toBe(0)
  quota.giveBack()
  expect(take(2)).toBe(1)
  for (let call = 1; call <= 1000; call += 1) quota.giveBack()
  expect(take(20)).toBe(10)
})

test('after a failure before sending the next attempt stays at the main host', async () => {
  const hosts: string[] = []
  const fetch = async (url: string) => {
    hosts.push(new URL(url).hostname)
    if (hosts.length < 2) throw unsent('`sign` threw', new Error('the HSM is away'))
    return verified({ data: [] })
  }
  await createClient({ fetch }).getCertificates()
  expect(hosts).toEqual(['api.mch.weixin.qq.com', 'api.mch.weixin.qq.com'])
})

test('only an ApiError is a failure of the host or repeatable, and only a SignatureError is a probe', () => {
  const foreign = Object.assign(new Error('x'), { status: 503, retryable: true, probe: true })
  expect([isHostFailure(foreign), isRepeatable(foreign), isProbe(foreign)]).toEqual([
    false,
    false,
    false,
  ])
  expect(isProbe({ name: 'SignatureError', probe: true })).toBe(false)
  expect(isProbe(Object.assign(new Error('x'), { name: 'SignatureError', probe: 1 }))).toBe(false)
})

test('a retry that has no time left costs no quota', async () => {
  const late = () => unverified('{}', { status: 503, headers: { 'retry-after': '600' } })
  const responses = [
    ...Array.from({ length: 20 }, () => late),
    () => unverified('{}', { status: 503 }),
  ]
  const { fetch, seen } = responding(() => responses.shift()?.() ?? verified({ data: [] }))
  const client = createClient({ fetch })
  for (let call = 0; call < 20; call += 1) await rejection(client.getCertificates())
  await expect(client.getCertificates()).resolves.toBeDefined()
  expect(seen).toHaveLength(22)
})
