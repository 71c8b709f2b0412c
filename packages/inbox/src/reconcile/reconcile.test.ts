import { expect, test } from 'vitest'
import {
  body,
  contracts,
  failure,
  pass,
  pendingOf,
  service_id,
} from '../testing/reconcile-bench.ts'
import { reconcile } from './reconcile.ts'

test('contracts without a notification are found and passed on like the notification', async () => {
  const { getContractByCode, wechatpay } = await contracts(['signed1', 'ended1'], ['open1'])
  const path = { service_id, out_contract_code: 'ended1' }
  await wechatpay.terminateContractByCode({
    path,
    json: { contract_termination_remark: '用户解约' },
  })
  const clock = () => Date.parse('2026-11-23T12:00:00Z')
  const { outcome, found, cursors, events } = await pass({
    pending: pendingOf('signed1', 'open1', 'ended1', 'unknown1'),
    getContractByCode,
    clock,
  })
  expect(outcome).toEqual({ found: 2, notSigned: 2, failed: 0 })
  expect(found).toMatchObject([
    {
      id: `reconcile:${service_id}:signed1:SIGNED`,
      kind: 'signed',
      create_time: '2026-11-23T12:00:00.000Z',
      resource: { out_contract_code: 'signed1', contract_state: 'SIGNED', openid: body.openid },
    },
    { id: `reconcile:${service_id}:ended1:TERMINATED`, kind: 'terminated' },
  ])
  expect(JSON.parse(found[0]?.plaintext ?? '')).toEqual(found[0]?.resource)
  expect(cursors).toEqual(['signed1', 'open1', 'ended1', 'unknown1'])
  expect(events.map(({ type }) => type)).toEqual(['reconcile:found', 'reconcile:found'])
})

test('an interrupted pass continues after its cursor', async () => {
  const codes = ['a1', 'a2', 'a3', 'a4']
  const { getContractByCode } = await contracts(codes)
  const controller = new AbortController()
  async function* after(cursor?: string) {
    for (const code of codes.slice(cursor === undefined ? 0 : codes.indexOf(cursor) + 1))
      yield* pendingOf(code)
  }
  const stop = new Error('stop')
  const first = await pass({
    pending: after(),
    getContractByCode,
    signal: controller.signal,
    onContract: ({ resource }) => {
      if (resource.out_contract_code === 'a2') controller.abort(stop)
    },
  })
  expect(first.outcome).toEqual({ error: stop })
  expect(first.cursors).toEqual(['a1', 'a2'])
  const second = await pass({ pending: after(first.cursors.at(-1)), getContractByCode })
  expect(second.found.map(({ resource }) => resource.out_contract_code)).toEqual(['a3', 'a4'])
})

test('queries are spaced by perSecond', async () => {
  const { getContractByCode } = await contracts(['a1', 'a2'])
  const pending = pendingOf('a1', 'a2')
  expect((await pass({ pending, getContractByCode })).waits).toEqual([200, 200])
  expect((await pass({ pending, getContractByCode, perSecond: 0.5 })).waits).toEqual([2000, 2000])
  for (const perSecond of [0, -1, Number.NaN]) {
    expect((await pass({ pending, getContractByCode, perSecond })).outcome).toMatchObject({
      error: { name: 'TypeError' },
    })
  }
})

test('a temporary failure is retried with growing pauses', async () => {
  const { getContractByCode } = await contracts(['a1'])
  let down = 3
  const { outcome, waits } = await pass({
    pending: pendingOf('a1'),
    getContractByCode: async (...args) => {
      if (down-- > 0) throw failure(true, 429)
      return getContractByCode(...args)
    },
  })
  expect(outcome).toEqual({ found: 1, notSigned: 0, failed: 0 })
  const [first = 0, second = 0, third = 0] = waits
  expect([first >= 3000 && first <= 5000, second > first * 2, third > second * 2]).toEqual([
    true,
    true,
    true,
  ])
})

test('a code that fails, in the query or in onContract, is reported and skipped', async () => {
  const { getContractByCode } = await contracts(['a1', 'a2', 'a3'])
  const rejected = failure(false, 400)
  const { outcome, events, cursors } = await pass({
    pending: pendingOf('a1', 'a2', 'a3'),
    getContractByCode: async (args, options) => {
      if (args.path.out_contract_code === 'a1') throw rejected
      return getContractByCode(args, options)
    },
    onContract: ({ resource }) => {
      if (resource.out_contract_code === 'a2') throw new Error('database')
    },
  })
  expect(outcome).toEqual({ found: 1, notSigned: 0, failed: 2 })
  expect(events).toMatchObject([
    { type: 'reconcile:failed', out_contract_code: 'a1', error: rejected },
    { type: 'reconcile:failed', out_contract_code: 'a2' },
    { type: 'reconcile:found' },
  ])
  expect(cursors).toEqual(['a1', 'a2', 'a3'])
})

test('five failures in a row end the pass with the last error, and the cursor stays before it', async () => {
  const error = failure(false, 401)
  const { outcome, cursors } = await pass({
    pending: pendingOf('a1', 'a2', 'a3', 'a4', 'a5', 'a6'),
    getContractByCode: () => Promise.reject(error),
  })
  expect(outcome).toEqual({ error })
  expect(cursors).toEqual(['a1', 'a2', 'a3', 'a4'])
})

test('an abort ends a wait at once, and a listener that throws changes nothing', async () => {
  const { getContractByCode } = await contracts(['a1', 'a2'])
  const controller = new AbortController()
  const reason = new Error('stop')
  const ended = reconcile({
    pending: pendingOf('a1', 'a2'),
    getContractByCode,
    onContract: () => {},
    onEvent: () => {
      throw new Error('listener')
    },
    onCursor: () => void setTimeout(() => controller.abort(reason), 1),
    perSecond: 0.000_1,
    signal: controller.signal,
  })
  await expect(ended).rejects.toBe(reason)
})

test('codes are read one at a time, so that there may be millions', async () => {
  const { getContractByCode } = await contracts(['a1'])
  let read = 0
  async function* many() {
    for (;;) {
      read++
      yield* pendingOf('a1')
    }
  }
  const controller = new AbortController()
  let passed = 0
  await pass({
    pending: many(),
    getContractByCode,
    signal: controller.signal,
    onContract: () => {
      expect(read).toBe(++passed)
      if (passed === 3) controller.abort()
    },
  })
  expect(passed).toBe(3)
})
