import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BuildOptions, buildNotification } from '../platform.ts'
import type { ReceiveOptions } from '../receive/receive.ts'
import type { NotificationEvent } from '../respond/events.ts'
import type { InboxRecord, NotificationClaims } from '../respond/inbox-claims.ts'
import { contract, keys, now, options } from './fixtures.ts'

export const failBody = '{"code":"FAIL","message":"失败"}'
const platformKey = importRsaPrivateKey(keys.publicKey.privateKey)

/** A notification as the platform's half builds it, at the tests' time. */
export async function genuine(more: Partial<BuildOptions> = {}) {
  const { headers, body } = await buildNotification({
    id: 'EV-1',
    event_type: 'ENTRUST.SIGN',
    original_type: 'entrust',
    associated_data: 'entrust',
    resource: contract,
    apiV3Key: keys.apiV3Key,
    key: platformKey,
    serialNumber: keys.publicKey.id,
    clock: options.clock as () => number,
    ...more,
  })
  return { headers, body: Uint8Array.from(body) }
}

export const post = (url: string, { headers, body }: Awaited<ReturnType<typeof genuine>>) =>
  fetch(url, { method: 'POST', headers, body })

/** What every adapter is tested with: options, what was kept, what was told. */
export interface Bench {
  readonly options: ReceiveOptions & { readonly inbox: NotificationClaims }
  readonly kept: InboxRecord[]
  readonly events: NotificationEvent[]
  /** Stands in for the store until the next test. */
  claim: NotificationClaims['claim'] | undefined
}

export function createBench(): Bench {
  const kept: InboxRecord[] = []
  const events: NotificationEvent[] = []
  const bench: Bench = {
    kept,
    events,
    claim: undefined,
    options: {
      ...options,
      onEvent: (event) => events.push(event),
      inbox: {
        async claim(record, signal) {
          if (bench.claim) return bench.claim(record, signal)
          const found = kept.find(({ id }) => id === record.id)
          if (found === undefined) kept.push(record)
          if (found === undefined) return 'new'
          return found.digest === record.digest ? 'duplicate' : 'conflict'
        },
      },
    },
  }
  return bench
}

/** On a port that is free, and its address. */
export async function listen(server: Server): Promise<{ url: string; close: () => void }> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, close }
}

export interface Started {
  readonly url: string
  close(): unknown
}

/** Whatever framework is around it, a receiver at `/notify` does this. */
export function testAdapter(name: string, start: (bench: Bench) => Promise<Started>): void {
  describe(name, () => {
    const bench = createBench()
    const rejections: unknown[] = []
    const noteRejection = (reason: unknown) => rejections.push(reason)
    let running: Started
    let url = ''
    beforeAll(async () => {
      process.on('unhandledRejection', noteRejection)
      running = await start(bench)
      url = `${running.url}/notify`
    })
    beforeEach(() => {
      bench.kept.length = 0
      bench.events.length = 0
      bench.claim = undefined
    })
    afterAll(async () => {
      await running.close()
      process.off('unhandledRejection', noteRejection)
      expect(rejections).toEqual([])
    })

    test('a genuine notification is kept as it came and answered 204 without a body, and again as a duplicate', async () => {
      const message = await genuine()
      for (const type of ['notification:accepted', 'notification:duplicate']) {
        const response = await post(url, message)
        expect([response.status, await response.text()]).toEqual([204, ''])
        expect(bench.events.at(-1)).toMatchObject({ type, id: 'EV-1' })
      }
      expect(bench.kept.map(({ sealed }) => Buffer.from(sealed))).toEqual([
        Buffer.from(message.body),
      ])
    })

    test('T-04 T-35 refused messages are answered 401 with the same bytes, and the reasons are told', async () => {
      const { headers, body } = await genuine()
      const tampered = Uint8Array.from(body)
      tampered[30] = (tampered[30] ?? 0) ^ 1
      const probe = {
        ...headers,
        'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature']}`,
      }
      const messages = [
        { headers, body: tampered },
        { headers: { 'Content-Type': 'application/json' }, body },
        { headers: probe, body },
        { headers, body: new Uint8Array(65_537) },
        { headers, body: Uint8Array.from(Buffer.from('not json')) },
        { headers: { ...headers, 'Content-Encoding': 'gzip' }, body },
        { headers: { ...headers, 'Content-Type': 'application/json; charset=gbk' }, body },
        { headers: { ...headers, 'Content-Type': '' }, body: tampered },
        await genuine({ clock: () => now - 301_000 }),
        await genuine({ resource: { mchid: '1900009999' } }),
      ]
      for (const message of messages) {
        const response = await post(url, message)
        expect([response.status, await response.text()]).toEqual([401, failBody])
        expect(response.headers.get('content-type')).toMatch(/^application\/json\b/)
      }
      expect(bench.events.map((event) => ('code' in event ? event.code : event.type))).toEqual([
        'mismatch',
        'missing-header',
        'malformed-signature',
        'body-too-large',
        'mismatch',
        'content-encoding',
        'content-type',
        'mismatch',
        'stale-timestamp',
        'wrong-mchid',
      ])
      expect(bench.kept).toEqual([])
    })

    test('T-18 any content type carries it, text/plain and none at all included', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
        const message = await genuine()
        expect(
          (await post(url, { ...message, headers: { ...message.headers, 'Content-Type': type } }))
            .status,
        ).toBe(204)
      }
    })

    test('a store that fails, a conflict, and a store that is too slow are answered 500 with the same bytes', async () => {
      const message = await genuine()
      const claims: NotificationClaims['claim'][] = [
        () => Promise.reject(new Error('database not reachable')),
        async () => 'conflict',
      ]
      for (const claim of claims) {
        bench.claim = claim
        const response = await post(url, message)
        expect([response.status, await response.text()]).toEqual([500, failBody])
      }
      expect(bench.events).toMatchObject([
        { code: 'inbox-failed' },
        { type: 'notification:conflict' },
      ])
      bench.claim = undefined
      expect((await post(url, message)).status).toBe(204)
    })

    test('what is no POST, and what goes elsewhere, is neither accepted nor told', async () => {
      for (const method of ['GET', 'HEAD', 'PUT']) {
        const response = await fetch(url, { method })
        expect([404, 405]).toContain(response.status)
      }
      const elsewhere = await post(`${running.url}/other`, await genuine())
      expect(elsewhere.status).toBe(404)
      expect([bench.kept, bench.events]).toEqual([[], []])
    })

    test('T-36 clients that leave within the head, within the body, and before the answer harm nobody', async () => {
      const { headers, body } = await genuine()
      const lines = Object.entries({ ...headers, Host: 'localhost', 'Content-Length': body.length })
      const head = `POST /notify HTTP/1.1\r\n${lines.map(([key, value]) => `${key}: ${value}\r\n`).join('')}`
      const leave = async (bytes: Uint8Array) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1')
        await new Promise((resolve) => socket.write(bytes, resolve))
        return socket
      }
      ;(await leave(Buffer.from(head))).destroy()
      ;(await leave(Buffer.concat([Buffer.from(`${head}\r\n`), body.subarray(0, 100)]))).destroy()

      let commit = () => {}
      const reached = new Promise<void>((resolve) => {
        bench.claim = async (record) => {
          resolve()
          await new Promise<void>((done) => {
            commit = done
          })
          bench.kept.push(record)
          return 'new'
        }
      })
      const socket = await leave(Buffer.concat([Buffer.from(`${head}\r\n`), body]))
      await reached
      socket.destroy()
      commit()
      bench.claim = undefined
      await expect.poll(() => bench.kept.length).toBe(1)
      // Its answer was lost, so it comes again, and is known.
      expect((await post(url, await genuine())).status).toBe(204)
      expect(bench.events.at(-1)?.type).toBe('notification:duplicate')
    })
  })
}
