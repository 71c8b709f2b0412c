import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test, vi } from 'vitest'
import { toResponse } from '../index.ts'
import { clock, envelope, options, seal, signed } from '../testing/fixtures.ts'
import {
  createSlowStore,
  createStore,
  events,
  fail,
  handle,
  id,
  onEvent,
  prepareHandling,
  rejections,
  turn,
  types,
} from '../testing/handling.ts'
import { handleNotification } from './handle.ts'

prepareHandling()

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
