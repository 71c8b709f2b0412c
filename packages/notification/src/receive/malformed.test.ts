import { describe, expect, test, vi } from 'vitest'
import { acceptedResponse } from '../respond/response.ts'
import {
  contract,
  envelope,
  keys,
  options,
  rejectionOf,
  responseTo,
  seal,
  signed,
} from '../testing/fixtures.ts'
import { receiveNotification } from './receive.ts'

const notification = (code: string) => ({ name: 'NotificationError', code })
const opening = (plaintext: string | Uint8Array) => signed(envelope(seal(plaintext)))
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels)

describe('T-18 bytes that are not plain UTF-8 JSON, rightly signed', () => {
  const json = JSON.stringify(envelope())
  const bodies: [string, Uint8Array][] = [
    ['a byte order mark', Buffer.from(`\ufeff${json}`)],
    ['UTF-16', Buffer.from(json, 'utf16le')],
    [
      'an overlong form',
      Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    ],
    [
      'a lone continuation byte',
      Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0x80]), Buffer.from('"}')]),
    ],
    [
      'GBK',
      Buffer.concat([
        Buffer.from('{"id":"'),
        Buffer.from([0xce, 0xa2, 0xd0, 0xc5]),
        Buffer.from('"}'),
      ]),
    ],
    [
      'an encoded surrogate',
      Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')]),
    ],
    ['nothing', Buffer.alloc(0)],
    ['half of it', Buffer.from(json.slice(0, -5))],
  ]
  test.each(bodies)('%s, in the body and in the sealed resource', async (_name, bytes) => {
    expect(await rejectionOf(signed(bytes))).toEqual(notification('malformed-body'))
    expect(await rejectionOf(opening(bytes))).toEqual(notification('malformed-plaintext'))
  })
})

describe('hostile JSON, rightly signed', () => {
  test('T-27 prototype keys are rejected at any depth, and pollute nothing', async () => {
    for (const key of [
      '"__proto__":{"polluted":1}',
      '"constructor":{"prototype":{"polluted":1}}',
    ]) {
      for (const json of [`{${key}}`, `{"a":{${key}}}`, `{"a":[{"b":{${key}}}]}`]) {
        expect(await rejectionOf(signed(`{"id":"EV","x":${json}}`))).toEqual(
          notification('malformed-body'),
        )
        expect(await rejectionOf(opening(json))).toEqual(notification('malformed-plaintext'))
      }
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('T-28 a depth above 32 and numbers that would be rounded are rejected', async () => {
    for (const value of [
      deep(33),
      deep(20_000),
      '9007199254740993',
      '1e400',
      '-9007199254740992',
    ]) {
      expect(await rejectionOf(signed(`{"x":${value}}`))).toEqual(notification('malformed-body'))
      expect(await rejectionOf(opening(`{"service_id":${value}}`))).toEqual(
        notification('malformed-plaintext'),
      )
    }
    expect(await responseTo(opening(`{"x":${deep(30)},"service_id":9007199254740991}`))).toBe(
      acceptedResponse,
    )
  })

  test('T-28 of a repeated key, checks and event see the same one', async () => {
    const twice = opening(`{"mchid":"1900009999","mchid":"${keys.merchant.mchid}"}`)
    expect(await receiveNotification(twice, options)).toMatchObject({
      resource: { mchid: keys.merchant.mchid },
    })
    expect(
      await rejectionOf(opening(`{"mchid":"${keys.merchant.mchid}","mchid":"1900009999"}`)),
    ).toEqual(notification('wrong-mchid'))
  })

  test('an envelope with a missing documented field or one of another type is rejected', async () => {
    const envelopes = [
      [],
      '"text"',
      7,
      null,
      true,
      envelope(null),
      envelope([]),
      envelope('sealed'),
    ].concat(
      ['id', 'create_time', 'event_type'].flatMap((field) =>
        [1, '', null, undefined, []].map(
          (value) => envelope(seal('{}'), { [field]: value }) as never,
        ),
      ),
      ['summary', 'resource_type'].map((field) => envelope(seal('{}'), { [field]: 7 }) as never),
    )
    for (const body of envelopes)
      expect(await rejectionOf(signed(body))).toEqual(notification('malformed-envelope'))
  })

  test('an id that a store cannot hold is rejected: longer than 64 characters, or not printable ASCII', async () => {
    for (const id of ['x'.repeat(65), 'EV 1', 'EV\u0000', '通知']) {
      expect(await rejectionOf(signed(envelope(undefined, { id })))).toEqual(
        notification('malformed-envelope'),
      )
    }
    expect(await responseTo(signed(envelope(undefined, { id: 'x'.repeat(64) })))).toBe(
      acceptedResponse,
    )
  })

  test('an encrypted resource of a wrong form is rejected with its own code', async () => {
    const broken: [object, string][] = [
      [{ algorithm: 'none' }, 'unsupported-algorithm'],
      [{ nonce: 'short' }, 'malformed-nonce'],
      [{ ciphertext: '***' }, 'malformed-ciphertext'],
      [{ associated_data: {} }, 'malformed-associated-data'],
      [{ associated_data: 'other' }, 'not-openable'],
    ]
    for (const [change, code] of broken) {
      expect(await rejectionOf(signed(envelope({ ...seal('{}'), ...change })))).toEqual(
        notification(code),
      )
    }
  })

  test('T-12 no part of a resource is parsed before its tag is verified', async () => {
    const sealed = seal(JSON.stringify(contract))
    const bytes = Buffer.from(sealed.ciphertext, 'base64')
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1
    const message = signed(envelope({ ...sealed, ciphertext: bytes.toString('base64') }))
    const parse = vi.spyOn(JSON, 'parse')
    const rejection = await rejectionOf(message)
    const parsed = parse.mock.calls.map(([text]) => text)
    parse.mockRestore()
    expect(rejection).toEqual(notification('not-openable'))
    expect(parsed).toEqual([Buffer.from(message.body).toString()])
  })
})
