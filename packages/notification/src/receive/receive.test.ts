import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { NotificationError } from '../errors/notification-error.ts'
import type { ContractNotification } from '../message/events.ts'
import { responseFor } from '../respond/response.ts'
import {
  clock,
  contract,
  envelope,
  keys,
  now,
  openid,
  options,
  rejectionOf,
  seal,
  signed,
} from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

const event = {
  kind: 'signed',
  id: 'EV-2018022511223320873',
  event_type: 'ENTRUST.SIGN',
  create_time: '2026-11-23T12:00:00+08:00',
  resource_type: 'encrypt-resource',
  original_type: 'entrust',
  summary: '委托代扣签约通知',
  resource: contract,
  plaintext: JSON.stringify(contract),
}
const url = 'https://merchant.example/notify'

/** An unread source of chunks. */
async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('every form of a request gives the same typed event', () => {
  test.each<[string, (headers: Record<string, string>, body: Uint8Array<ArrayBuffer>) => unknown]>([
    ['a Web Request', (headers, body) => new Request(url, { method: 'POST', headers, body })],
    ['headers and Uint8Array', (headers, body) => ({ headers, body })],
    [
      'Headers and ArrayBuffer',
      (headers, body) => ({ headers: new Headers(headers), body: Uint8Array.from(body).buffer }),
    ],
    [
      'headers and ReadableStream',
      (headers, body) => ({ headers, body: new Blob([body]).stream() }),
    ],
    [
      'a stream with getReader, but no async iterator, as in Safari',
      (headers, body) => {
        const stream = new Blob([body]).stream()
        return { headers, body: { getReader: () => stream.getReader() } }
      },
    ],
    ['headers and chunks of one byte', (headers, body) => ({ headers, body: chunksOf(body, 1) })],
    ["a request of Node's", (headers, body) => Object.assign(Readable.from([body]), { headers })],
    [
      'Express with express.raw()',
      (headers, body) => Object.assign(Readable.from([]), { headers, body: Buffer.from(body) }),
    ],
    [
      'Express 4 where no parser took it',
      (headers, body) => Object.assign(Readable.from([body]), { headers, body: {} }),
    ],
    [
      'NestJS with rawBody: true',
      (headers, body) =>
        Object.assign(Readable.from([]), {
          headers,
          body: { parsed: 1 },
          rawBody: Buffer.from(body),
        }),
    ],
    [
      'Fastify with parseAs: buffer',
      (headers, body) => ({ headers, body: Buffer.from(body), raw: {} }),
    ],
  ])('%s', async (_form, make) => {
    const { headers, body } = signed()
    expect(
      await receiveNotification(make(headers, Uint8Array.from(body)) as Request, options),
    ).toEqual(event)
  })

  test('header names in lower case, single values in arrays', async () => {
    const { headers, body } = signed()
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]),
    )
    expect(await receiveNotification({ headers: lower, body }, options)).toEqual(event)
  })
})

describe('what happened', () => {
  const receive = (body: unknown, eventTypes = {}) =>
    receiveNotification(signed(body), { ...options, eventTypes })

  test('the terminated type of the spec is terminated', async () => {
    expect((await receive(envelope(undefined, { event_type: 'ENTRUST.TERMINATE' }))).kind).toBe(
      'terminated',
    )
  })

  test('an unnamed type is unknown, has its resource and plaintext, and is never rejected', async () => {
    for (const event_type of ['PASSWORD_FREE.SIGN', '__proto__', 'entrust.sign']) {
      const unknown = await receive(envelope(seal('["whatever"]'), { event_type }))
      expect(unknown).toMatchObject({
        kind: 'unknown',
        event_type,
        resource: ['whatever'],
        plaintext: '["whatever"]',
      })
    }
  })

  test('eventTypes replaces the default of the kind that it names', async () => {
    const eventTypes = { signed: ['PASSWORD_FREE.SIGN'] }
    expect(
      (await receive(envelope(undefined, { event_type: 'PASSWORD_FREE.SIGN' }), eventTypes)).kind,
    ).toBe('signed')
    expect((await receive(envelope(), eventTypes)).kind).toBe('unknown')
    expect(
      (await receive(envelope(undefined, { event_type: 'ENTRUST.TERMINATE' }), eventTypes)).kind,
    ).toBe('terminated')
  })

  test('the inferred schema rejects nothing: missing fields, other types, unknown fields', async () => {
    for (const resource of [
      {},
      { service_id: '12535', out_contract_code: 7, contract_state: null },
      { tomorrow: { new: [1] } },
    ]) {
      expect(await receive(envelope(seal(JSON.stringify(resource))))).toMatchObject({
        kind: 'signed',
        resource,
      })
    }
  })

  test('new fields of the envelope are returned, and replace nothing', async () => {
    const grown = envelope(undefined, { kind: 'terminated', plaintext: 'x', tomorrow: 1 })
    expect(await receive(grown)).toEqual({ ...event, tomorrow: 1 })
  })

  test('an envelope without summary, resource_type, original_type and associated data is accepted', async () => {
    const { original_type, ...sealed } = seal('{}')
    const { summary, resource_type, ...rest } = envelope(sealed)
    expect(await receive(rest)).toEqual({
      kind: 'signed',
      id: rest.id,
      event_type: rest.event_type,
      create_time: rest.create_time,
      resource: {},
      plaintext: '{}',
    })
    expect([original_type, summary, resource_type]).not.toContain(undefined)
  })
})

describe('T-14 the merchant of the notification', () => {
  const tenants = { first: keys.merchant.mchid, second: '1900009999' }
  const sealedFor = (fields: object) => signed(envelope(seal(JSON.stringify(fields))))

  test('two tenants, one platform key: each accepts its own and rejects the other', async () => {
    for (const [own, other] of [
      [tenants.first, tenants.second],
      [tenants.second, tenants.first],
    ] as const) {
      const message = sealedFor({ ...contract, mchid: own })
      expect((await receiveNotification(message, { ...options, mchid: own })).kind).toBe('signed')
      expect((await rejectionOf(message, { mchid: other })).code).toBe('wrong-mchid')
    }
  })

  test('the institution of a service-provider notification is sp_mchid', async () => {
    const fields = { sp_mchid: tenants.first, sub_mchid: '1900000109' }
    expect((await receiveNotification(sealedFor(fields), options)).kind).toBe('signed')
    expect((await rejectionOf(sealedFor({ ...fields, sp_mchid: tenants.second }))).code).toBe(
      'wrong-mchid',
    )
  })

  test('a merchant id of another type is rejected, and a missing one is not', async () => {
    expect((await rejectionOf(sealedFor({ mchid: [tenants.first] }))).code).toBe('wrong-mchid')
    expect((await receiveNotification(sealedFor({ openid }), options)).kind).toBe('signed')
  })

  test('a wrong mchid option is a fault of this service', async () => {
    for (const mchid of [undefined, '', 'a b', 1900009191]) {
      expect(await rejectionOf(signed(), { mchid: mchid as string })).toEqual({
        name: 'ConfigurationError',
        code: 'malformed-mchid',
      })
    }
  })
})

describe('expect, the comparison with own records (防假通知)', () => {
  test('it gets the whole event, and true accepts', async () => {
    const seen: ContractNotification[] = []
    await receiveNotification(signed(), {
      ...options,
      expect: async (notification) => seen.push(notification) > 0,
    })
    expect(seen).toEqual([event])
  })

  test('any value other than true rejects, also a forgotten return', async () => {
    for (const answer of [false, undefined, 1, 'yes', null]) {
      expect((await rejectionOf(signed(), { expect: () => answer as boolean })).code).toBe(
        'unexpected',
      )
    }
  })

  test('an error that it throws is a fault of this service, even if it looks like a rejection', async () => {
    const cause = new NotificationError('not-openable', 'from a query made in expect')
    const failing = { ...options, expect: () => Promise.reject(cause) }
    const error = await receiveNotification(signed(), failing).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'expect-failed',
      cause,
      notificationId: 'EV-2018022511223320873',
    })
    expect(responseFor(error).status).toBe(500)
  })

  test('it is not called before the message is verified', async () => {
    const message = { ...signed(), body: signed(envelope(undefined, { id: 'EV-2' })).body }
    const never = () => {
      throw new Error('asked')
    }
    expect((await rejectionOf(message, { expect: never })).code).toBe('mismatch')
  })
})

describe('T-05 freshness', () => {
  test.each([[-300], [-299], [0], [299], [300]])(
    'a timestamp %i s away is accepted',
    async (seconds) => {
      expect(
        (await receiveNotification(signed(envelope(), now / 1000 + seconds), options)).kind,
      ).toBe('signed')
      expect(
        (await receiveNotification(signed(), { ...options, clock: () => now + seconds * 1000 }))
          .kind,
      ).toBe('signed')
    },
  )

  test.each([[-301], [301], [-86_400], [86_400]])(
    'a timestamp %i s away is rejected',
    async (seconds) => {
      expect(await rejectionOf(signed(envelope(), now / 1000 + seconds))).toEqual({
        name: 'SignatureError',
        code: 'stale-timestamp',
      })
      expect((await rejectionOf(signed(), { clock: () => now + seconds * 1000 })).code).toBe(
        'stale-timestamp',
      )
    },
  )

  test('a copy within the window is accepted again: handling each id once is the store’s task', async () => {
    const message = signed()
    const ids = await Promise.all(
      Array.from({ length: 100 }, async () => (await receiveNotification(message, options)).id),
    )
    expect(new Set(ids).size).toBe(1)
  })

  test('without a clock option the real clock is used', async () => {
    const { clock: _, ...real } = options
    expect(
      (await receiveNotification(signed(envelope(), Math.floor(Date.now() / 1000)), real)).kind,
    ).toBe('signed')
    expect(clock()).toBe(now)
  })
})
