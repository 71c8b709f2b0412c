import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type NotificationEvent, toResponse } from '../index.ts'
import { openNotification } from '../receive/open-notification.ts'
import {
  clock,
  contract,
  envelope,
  keys,
  openid,
  options,
  seal,
  signed,
} from '../testing/fixtures.ts'
import { handleNotification } from './handle.ts'
import type { HandleOptions } from './handle-options.ts'
import type { Claim, InboxRecord, NotificationClaims } from './inbox-claims.ts'

const fail = '{"code":"FAIL","message":"失败"}'
const id = 'EV-2018022511223320873'
const events: NotificationEvent[] = []
const onEvent = (event: NotificationEvent) => events.push(event)
const types = () => events.map(({ type }) => type)
beforeEach(() => {
  events.length = 0
  // Only the tests spend the budget, however slow the machine is.
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
  })
})
afterEach(() => {
  vi.useRealTimers()
})
/** After it, everything that waits neither for a timer nor for the test is done. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', noteRejection))
afterAll(() => {
  process.off('unhandledRejection', noteRejection)
  expect(rejections).toEqual([])
})

/** Stays when the receiver is created again, like a database after a restart. */
function createStore() {
  const records = new Map<string, InboxRecord>()
  const inbox: NotificationClaims = {
    async claim(record) {
      const key = `${record.scope}/${record.id}`
      const found = records.get(key)
      if (found === undefined) records.set(key, record)
      if (found === undefined) return 'new'
      return found.digest === record.digest ? 'duplicate' : 'conflict'
    },
  }
  return { records, inbox }
}

/** Its claim settles only when the test rejects it. */
function createSlowStore() {
  let reject: (reason: Error) => void = () => {}
  let onClaimed: (signal: AbortSignal) => void = () => {}
  const claimed = new Promise<AbortSignal>((resolve) => {
    onClaimed = resolve
  })
  const pending = new Promise<Claim>((_, rejectClaim) => {
    reject = rejectClaim
  })
  const claim = (_: InboxRecord, signal: AbortSignal) => {
    onClaimed(signal)
    return pending
  }
  return { inbox: { claim }, claimed, reject }
}

const handle = (more: object, message: unknown = signed()) =>
  handleNotification(
    message as Request,
    { ...options, onEvent, ...more } as unknown as HandleOptions<Request>,
  )

describe('into an inbox', () => {
  test('the response is 204, and only after the claim has resolved', async () => {
    const order: string[] = []
    let commit: (claim: Claim) => void = () => {}
    const committed = new Promise<Claim>((resolve) => {
      commit = resolve
    })
    const responding = handle({ inbox: { claim: () => committed } }).then(({ status }) =>
      order.push(`response ${status}`),
    )
    await turn()
    order.push('commit')
    commit('new')
    await responding
    expect(order).toEqual(['commit', 'response 204'])
  })

  test('the record has the encrypted body and no personal data, and opens to the same event', async () => {
    const { records, inbox } = createStore()
    const message = signed()
    await handle({ inbox }, message)
    const record = [...records.values()][0] as InboxRecord
    const digest = createHash('sha256')
      .update(`ENTRUST.SIGN\n${JSON.stringify(contract)}`)
      .digest('hex')
    expect({ ...record, sealed: Uint8Array.from(record.sealed) }).toEqual({
      id,
      scope: keys.merchant.mchid,
      digest,
      eventType: 'ENTRUST.SIGN',
      sealed: Uint8Array.from(message.body),
    })
    expect(Buffer.from(record.sealed).toString()).not.toContain(openid)
    expect(await openNotification(record.sealed, options)).toMatchObject({
      kind: 'signed',
      resource: contract,
    })
    expect(events).toEqual([
      {
        type: 'notification:accepted',
        id,
        mchid: keys.merchant.mchid,
        eventType: 'ENTRUST.SIGN',
        kind: 'signed',
        skewSeconds: 0,
        requestId: '08F78BB5AF0610D302-0',
        durationMs: expect.any(Number),
      },
    ])
  })

  test('T-05 of 1,000 copies at the same time one is new and the others are duplicates; all get 204', async () => {
    const { records, inbox } = createStore()
    const message = signed()
    const responses = await Promise.all(
      Array.from({ length: 1000 }, () => handle({ inbox }, message)),
    )
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([204]))
    expect(records.size).toBe(1)
    expect(types().filter((type) => type === 'notification:accepted')).toHaveLength(1)
    expect(types().filter((type) => type === 'notification:duplicate')).toHaveLength(999)
    expect((await handle({ inbox, clock: () => clock() + 301_000 }, message)).status).toBe(401)
    expect((await handle({ inbox, clock: () => clock() - 301_000 }, message)).status).toBe(401)
  })

  test('a repeat that is encrypted and signed again is a duplicate, also after a restart', async () => {
    const { records, inbox } = createStore()
    const first = envelope()
    const again = envelope(seal(JSON.stringify(contract)), {
      create_time: '2026-11-23T12:00:15+08:00',
    })
    expect(again.resource).not.toEqual(first.resource)
    expect((await handle({ inbox }, signed(first))).status).toBe(204)
    expect((await handle({ inbox: { ...inbox } }, signed(again))).status).toBe(204)
    expect([types().at(-1), records.size]).toEqual(['notification:duplicate', 1])
  })

  test('the same id with other content gets 500 and a conflict event, and the first record stays', async () => {
    const { records, inbox } = createStore()
    await handle({ inbox })
    const [first] = records.values()
    for (const other of [
      envelope(seal(JSON.stringify({ ...contract, openid: 'other' }))),
      envelope(undefined, { event_type: 'ENTRUST.TERMINATE' }),
    ]) {
      expect(await handle({ inbox }, signed(other))).toMatchObject({ status: 500, body: fail })
      expect(events.at(-1)).toMatchObject({
        type: 'notification:conflict',
        id,
        error: { notificationId: id, requestId: '08F78BB5AF0610D302-0' },
      })
    }
    expect([...records.values()]).toEqual([first])
  })

  test('no rejected message reaches it', async () => {
    const inbox = { claim: () => expect.unreachable() }
    const flipped = Uint8Array.from(signed().body)
    flipped[20] = 0
    for (const message of [
      { ...signed(), body: flipped },
      signed(envelope(seal('{"mchid":"1900009999"}'))),
      {},
    ]) {
      await handle({ inbox }, message)
    }
    expect(types()).toEqual([
      'notification:rejected',
      'notification:rejected',
      'notification:failed',
    ])
  })

  test('a store that is not reachable or returns an unknown value: 500, and the next attempt is stored', async () => {
    const { inbox } = createStore()
    const cause = new Error('connect ECONNREFUSED')
    const claims: (() => unknown)[] = [
      () => Promise.reject(cause),
      () => {
        throw cause
      },
      async () => undefined,
      async () => 'toString',
      async () => true,
    ]
    for (const claim of claims) {
      expect(await handle({ inbox: { claim } })).toMatchObject({ status: 500, body: fail })
      expect(events.at(-1)).toMatchObject({ type: 'notification:failed', code: 'inbox-failed', id })
    }
    expect(events[0]).toMatchObject({ error: { cause } })
    const errors = events.map((event) => ('error' in event ? (event.error as Error) : undefined))
    expect(errors.map((error) => error?.message)).toEqual([
      expect.stringContaining('it threw an error'),
      expect.stringContaining('it threw an error'),
      expect.stringContaining('it returned a value of type undefined; expected'),
      expect.stringContaining('it returned another text; expected'),
      expect.stringContaining('it returned a value of type boolean; expected'),
    ])
    expect(errors.at(-1)).toMatchObject({ remedy: { zh: expect.stringContaining('收件箱') } })
    expect((await handle({ inbox })).status).toBe(204)
  })

  test.each([
    ['ignores its signal', () => {}],
    [
      'rejects at its signal',
      (signal: AbortSignal, reject: (reason: Error) => void) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
    ],
  ])(
    'a store that is too slow and %s: its signal aborts, and the response is 500',
    async (_case, onClaim) => {
      const { claimed, reject, inbox: slow } = createSlowStore()
      const responding = handle({ inbox: slow, budgetMs: 300 })
      const signal = await claimed
      onClaim(signal, reject)
      vi.advanceTimersByTime(299)
      expect(signal.aborted).toBe(false)
      vi.advanceTimersByTime(1)
      expect(signal.aborted).toBe(true)
      expect(await responding).toMatchObject({ status: 500, body: fail })
      expect(events).toMatchObject([{ type: 'notification:failed', code: 'budget-spent', id }])
    },
  )

  test('a rejection of the store after the response is ignored', async () => {
    const { claimed, reject, inbox: slow } = createSlowStore()
    const responding = handle({ inbox: slow, budgetMs: 1 })
    await claimed
    vi.advanceTimersByTime(1)
    await responding
    reject(new Error('late'))
    await turn()
    expect(rejections).toEqual([])
  })
})

describe('into a function', () => {
  test('it gets the event, and the response waits for it', async () => {
    const seen: unknown[] = []
    const onNotification = async (event: { id: string }, context: { signal: AbortSignal }) => {
      seen.push(event.id, context.signal.aborted)
    }
    expect((await handle({ onNotification })).status).toBe(204)
    expect([seen, types()]).toEqual([[id, false], ['notification:accepted']])
  })

  test('500 if it throws, even an error that looks like a rejection, or takes too long', async () => {
    const causes = [
      new Error('x'),
      Object.assign(new Error('x'), { name: 'NotificationError', code: 'wrong-mchid' }),
    ]
    for (const cause of causes) {
      expect((await handle({ onNotification: () => Promise.reject(cause) })).status).toBe(500)
      expect(events.at(-1)).toMatchObject({
        type: 'notification:failed',
        code: 'handler-failed',
        error: { cause },
        id,
      })
    }
    const responding = handle({ onNotification: () => new Promise(() => {}), budgetMs: 1 })
    await turn()
    vi.advanceTimersByTime(1)
    expect((await responding).status).toBe(500)
    expect(events.at(-1)).toMatchObject({ code: 'budget-spent' })
  })

  test('exactly one of the two is required', async () => {
    const { inbox } = createStore()
    for (const more of [
      {},
      { inbox, onNotification: () => {} },
      { inbox: {} },
      { onNotification: 'x' },
    ]) {
      expect((await handle(more)).status).toBe(500)
      expect(events.at(-1)).toMatchObject({ type: 'notification:failed', code: 'malformed-option' })
    }
  })

  test('a budget that leaves no time for the response is a fault of this service: 500', async () => {
    for (const budgetMs of [0, -1, 4501, Number.NaN, '20s']) {
      expect((await handle({ onNotification: () => {}, budgetMs })).status).toBe(500)
    }
    expect((await handle({ onNotification: () => {}, budgetMs: 4500 })).status).toBe(204)
  })
})

describe('T-14 several merchants, one receiver', () => {
  const { mchid, apiV3Key, platformKeys } = options
  const other = { mchid: '1900009999', apiV3Key: 'k'.repeat(32), platformKeys }
  const tenants = new Map([
    ['/a', { mchid, apiV3Key, platformKeys }],
    ['/b', other],
  ])
  const send = (path: string, { headers, body } = signed()) => {
    const request = new Request(`https://merchant.example${path}`, {
      method: 'POST',
      headers,
      body: Uint8Array.from(body),
    })
    return handleNotification(request, {
      clock,
      onEvent,
      onNotification: () => {},
      tenant: (sent) => tenants.get(new URL(sent.url).pathname),
    })
  }

  test('the route selects the merchant: rejected on the route of another merchant and on an unknown route', async () => {
    expect((await send('/a')).status).toBe(204)
    expect(await send('/b')).toMatchObject({ status: 401, body: fail })
    expect(await send('/c')).toMatchObject({ status: 401, body: fail })
    expect(events).toMatchObject([
      { type: 'notification:accepted', mchid },
      { type: 'notification:rejected', code: 'not-openable', mchid: other.mchid },
      { type: 'notification:rejected', code: 'unknown-tenant', mchid: undefined },
    ])
    const theirs = seal(JSON.stringify({ mchid }), 'k'.repeat(32))
    expect((await send('/b', signed(envelope(theirs)))).status).toBe(401)
    expect(events.at(-1)).toMatchObject({ code: 'wrong-mchid' })
  })
})

describe('the duration in an event', () => {
  test('is that of the whole work, from the call', async () => {
    vi.advanceTimersByTime(1000)
    const work = (ms: number, fails: boolean) => async () => {
      vi.advanceTimersByTime(ms)
      if (fails) throw new Error('no')
    }
    await handle({ onNotification: work(250, false) })
    await handle({ onNotification: work(40, true) })
    await handle({ onNotification: 'x' })
    expect(events).toMatchObject([
      { type: 'notification:accepted', durationMs: 250 },
      { type: 'notification:failed', code: 'handler-failed', durationMs: 40 },
      { type: 'notification:failed', code: 'malformed-option', durationMs: 0 },
    ])
  })
})

describe('any request', () => {
  test('T-04 T-35 all rejections and own faults have the same body, and the reason is in the event', async () => {
    const probe = signed()
    probe.headers['Wechatpay-Signature'] =
      `WECHATPAY/SIGNTEST/${probe.headers['Wechatpay-Signature']}`
    const onNotification = () => {}
    const responses = [
      await handle({ onNotification }, { ...signed(), headers: {} }),
      await handle({ onNotification }, probe),
      await handle({ onNotification }, { ...signed(), body: new Uint8Array(65_537) }),
      await handle({ onNotification, expect: () => false }),
      await handle({ onNotification }, { ...signed(), body: { parsed: true } }),
      await handle({ onNotification, apiV3Key: 'short' }),
      await handle({ onNotification }, null),
    ]
    expect(responses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 500, 500, 500])
    expect(new Set(responses.map(({ body }) => body))).toEqual(new Set([fail]))
    expect(events).toMatchObject([
      { code: 'missing-header', probe: false },
      { code: 'malformed-signature', probe: true },
      { code: 'body-too-large', probe: false },
      { code: 'unexpected', id },
      { type: 'notification:failed', code: 'parsed-body' },
      { type: 'notification:failed', code: 'malformed-api-v3-key' },
      { type: 'notification:failed', code: 'no-headers' },
    ])
  })

  test('other methods than POST get 405, and the body is not read', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS']) {
      const response = await handle(
        { onNotification: () => {} },
        new Request('https://merchant.example/', { method }),
      )
      expect(response).toEqual({ status: 405, headers: { allow: 'POST' }, body: '' })
      expect(await toResponse(response).text()).toBe('')
    }
    expect(events).toEqual([])
  })

  test('T-36 a listener that throws or rejects changes nothing', async () => {
    const listeners = [
      () => {
        throw new Error('x')
      },
      () => Promise.reject(new Error('x')),
    ]
    for (const listener of listeners) {
      expect((await handle({ onEvent: listener, onNotification: () => {} })).status).toBe(204)
      expect(
        (
          await handle(
            { onEvent: listener, onNotification: () => {} },
            { ...signed(), headers: {} },
          )
        ).status,
      ).toBe(401)
    }
    await turn()
    expect(rejections).toEqual([])
  })

  test('T-21 a body that does not end is rejected when the time is over', async () => {
    const { headers, body } = signed()
    const stalled = new PassThrough()
    stalled.write(body.subarray(0, 100))
    const dripping = new PassThrough()
    const drip = setInterval(() => dripping.write('.'), 1)
    let pulls = 0
    const web = new ReadableStream({
      async pull(controller) {
        pulls++
        await new Promise((resolve) => setTimeout(resolve, 1))
        controller.enqueue(new Uint8Array(1))
      },
    })
    for (const request of [
      Object.assign(stalled, { headers }),
      { headers, body: dripping },
      { headers, body: web },
    ]) {
      const responding = handle({ onNotification: () => {}, budgetMs: 30 }, request)
      await turn()
      await vi.advanceTimersByTimeAsync(30)
      expect(await responding).toMatchObject({ status: 401, body: fail })
      expect(events.at(-1)).toMatchObject({
        type: 'notification:rejected',
        code: 'body-incomplete',
      })
    }
    clearInterval(drip)
    // After that, only the pulls that had already started end.
    const after = pulls
    await vi.advanceTimersByTimeAsync(20)
    expect(pulls).toBeLessThanOrEqual(after + 2)
  })

  test('T-38 no timer is left, in time or late', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout')
    const { inbox } = createStore()
    const given = signed()
    await handle({ inbox }, Object.assign(Readable.from([given.body]), { headers: given.headers }))
    const { claimed, inbox: slow } = createSlowStore()
    const late = handle({ inbox: slow, budgetMs: 100 })
    await claimed
    vi.advanceTimersByTime(100)
    await late
    await handle({ inbox }, { ...given, headers: {} })
    const slowKeys = {
      ...options.platformKeys,
      find: async (serial: string) => options.platformKeys.find(serial),
    }
    await handle({ inbox, platformKeys: slowKeys }, given)
    expect(set.mock.calls.length).toBeGreaterThan(3)
    expect(vi.getTimerCount()).toBe(0)
    set.mockRestore()
  })
})
