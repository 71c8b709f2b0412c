import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
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
})

const rejections: unknown[] = []
const noteRejection = (reason: unknown) => rejections.push(reason)
beforeAll(() => void process.on('unhandledRejection', noteRejection))
afterAll(() => {
  process.off('unhandledRejection', noteRejection)
  expect(rejections).toEqual([])
})

/** Outlives what uses it, as a database outlives a process. */
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

const handle = (more: object, message: unknown = signed()) =>
  handleNotification(
    message as Request,
    { ...options, onEvent, ...more } as unknown as HandleOptions<Request>,
  )

describe('into an inbox', () => {
  test('it is answered 204 only once the claim has resolved', async () => {
    const order: string[] = []
    let commit: (claim: Claim) => void = () => {}
    const committed = new Promise<Claim>((resolve) => {
      commit = resolve
    })
    const responding = handle({ inbox: { claim: () => committed } }).then(({ status }) =>
      order.push(`answer ${status}`),
    )
    // The event loop has turned: all that does not wait for the claim is done by now.
    await new Promise((resolve) => setImmediate(resolve))
    order.push('commit')
    commit('new')
    await responding
    expect(order).toEqual(['commit', 'answer 204'])
  })

  test('the record holds the sealed body and no personal data, and opens again to the same event', async () => {
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

  test('T-05 a replay is a duplicate, 1,000 at once included: one is new, all are answered 204', async () => {
    const { records, inbox } = createStore()
    const message = signed()
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () => handle({ inbox }, message)),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]))
    expect(records.size).toBe(1)
    expect(types().filter((type) => type === 'notification:accepted')).toHaveLength(1)
    expect(types().filter((type) => type === 'notification:duplicate')).toHaveLength(999)
    expect((await handle({ inbox, clock: () => clock() + 301_000 }, message)).status).toBe(401)
    expect((await handle({ inbox, clock: () => clock() - 301_000 }, message)).status).toBe(401)
  })

  test('a repeat that is encrypted and signed again, after a restart too, is a duplicate', async () => {
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

  test('the same id saying something else is answered 500, with an alarm, and the first one stays', async () => {
    const { records, inbox } = createStore()
    await handle({ inbox })
    const [first] = records.values()
    for (const other of [
      envelope(seal(JSON.stringify({ ...contract, openid: 'other' }))),
      envelope(undefined, { event_type: 'ENTRUST.TERMINATE' }),
    ]) {
      expect(await handle({ inbox }, signed(other))).toMatchObject({ status: 500, body: fail })
      expect(events.at(-1)).toMatchObject({ type: 'notification:conflict', id })
    }
    expect([...records.values()]).toEqual([first])
  })

  test('nothing refused reaches it', async () => {
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

  test('a store that is not reachable, or answers with something unheard of: 500, and the next attempt gets in', async () => {
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
    expect((await handle({ inbox })).status).toBe(204)
  })

  test('a store that is too slow is told by its signal, and answered for whether it listens or not', async () => {
    const signals: AbortSignal[] = []
    const deaf = (_: InboxRecord, signal: AbortSignal) => new Promise(() => signals.push(signal))
    const listening = (_: InboxRecord, signal: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signals.push(signal)
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    for (const claim of [deaf, listening]) {
      expect(await handle({ inbox: { claim }, budgetMs: 300 })).toMatchObject({
        status: 500,
        body: fail,
      })
      expect(events.at(-1)).toMatchObject({ type: 'notification:failed', code: 'budget-spent', id })
    }
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  test('what the store throws after the answer is heard by nobody', async () => {
    let giveUp = (_: Error) => {}
    const claim = () => new Promise<Claim>((_, reject) => (giveUp = reject))
    await handle({ inbox: { claim }, budgetMs: 1 })
    giveUp(new Error('late'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(rejections).toEqual([])
  })
})

describe('into a function', () => {
  test('it gets the event, and the answer waits for it', async () => {
    const seen: unknown[] = []
    const onNotification = async (event: { id: string }, context: { signal: AbortSignal }) => {
      seen.push(event.id, context.signal.aborted)
    }
    expect((await handle({ onNotification })).status).toBe(204)
    expect([seen, types()]).toEqual([[id, false], ['notification:accepted']])
  })

  test('what it throws, even what looks like a refusal, is answered 500; so is one that takes too long', async () => {
    const refusals = [
      new Error('x'),
      Object.assign(new Error('x'), { name: 'NotificationError', code: 'wrong-mchid' }),
    ]
    for (const cause of refusals) {
      expect((await handle({ onNotification: () => Promise.reject(cause) })).status).toBe(500)
      expect(events.at(-1)).toMatchObject({
        type: 'notification:failed',
        code: 'handler-failed',
        error: { cause },
        id,
      })
    }
    expect(
      (await handle({ onNotification: () => new Promise(() => {}), budgetMs: 1 })).status,
    ).toBe(500)
    expect(events.at(-1)).toMatchObject({ code: 'budget-spent' })
  })

  test('one of the two is needed, and not both', async () => {
    const { inbox } = createStore()
    for (const more of [
      {},
      { inbox, onNotification: () => {} },
      { inbox: {} },
      { onNotification: 'x' },
    ]) {
      expect((await handle(more)).status).toBe(500)
      expect(events.at(-1)).toMatchObject({ type: 'notification:failed', code: 'TypeError' })
    }
  })

  test('a budget that leaves WeChat Pay no time for the answer is an own fault', async () => {
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

  test('the route chooses, so the notification of one is refused at the other, and at no one’s', async () => {
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

describe('whatever comes', () => {
  test('T-04 T-35 all refusals and own faults have the same body, and the reason is in the event', async () => {
    const probe = signed()
    probe.headers['Wechatpay-Signature'] =
      `WECHATPAY/SIGNTEST/${probe.headers['Wechatpay-Signature']}`
    const onNotification = () => {}
    const answers = [
      await handle({ onNotification }, { ...signed(), headers: {} }),
      await handle({ onNotification }, probe),
      await handle({ onNotification }, { ...signed(), body: new Uint8Array(65_537) }),
      await handle({ onNotification, expect: () => false }),
      await handle({ onNotification }, { ...signed(), body: { parsed: true } }),
      await handle({ onNotification, apiV3Key: 'short' }),
      await handle({ onNotification }, null),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 500, 500, 500])
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set([fail]))
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

  test('what is no POST is answered 405, unread', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS']) {
      const answer = await handle(
        { onNotification: () => {} },
        new Request('https://merchant.example/', { method }),
      )
      expect(answer).toEqual({ status: 405, headers: { allow: 'POST' }, body: '' })
      expect(await toResponse(answer).text()).toBe('')
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
    await new Promise((resolve) => setImmediate(resolve))
    expect(rejections).toEqual([])
  })

  test('T-21 a body that does not come to its end is refused when the time is up', async () => {
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
      expect(await handle({ onNotification: () => {}, budgetMs: 30 }, request)).toMatchObject({
        status: 401,
        body: fail,
      })
      expect(events.at(-1)).toMatchObject({
        type: 'notification:rejected',
        code: 'body-incomplete',
      })
    }
    clearInterval(drip)
    // The source is left alone from then on: what was being pulled comes, and nothing after it.
    const after = pulls
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(pulls).toBeLessThanOrEqual(after + 2)
  })

  test('T-38 no timer is left behind, in time or late', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout')
    const clear = vi.spyOn(globalThis, 'clearTimeout')
    const { inbox } = createStore()
    const given = signed()
    await handle({ inbox }, Object.assign(Readable.from([given.body]), { headers: given.headers }))
    await handle({ inbox: { claim: () => new Promise(() => {}) }, budgetMs: 100 })
    await handle({ inbox }, { ...given, headers: {} })
    const slowKeys = {
      ...options.platformKeys,
      find: async (serial: string) => options.platformKeys.find(serial),
    }
    await handle({ inbox, platformKeys: slowKeys }, given)
    const made = set.mock.results.map(({ value }) => value)
    const cleared = clear.mock.calls.map(([timer]) => timer)
    set.mockRestore()
    clear.mockRestore()
    expect(made.length).toBeGreaterThan(3)
    for (const timer of made) expect(cleared).toContain(timer)
  })
})
