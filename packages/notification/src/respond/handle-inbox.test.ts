import { createHash } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
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
import {
  createSlowStore,
  createStore,
  events,
  fail,
  handle,
  id,
  prepareHandling,
  rejections,
  turn,
  types,
} from '../testing/handling.ts'
import type { Claim, InboxRecord } from './inbox-claims.ts'

prepareHandling()

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
      expect.stringContaining('it returned nothing; expected'),
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
