import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { importRsaPrivateKey } from '@wechatpay-entrust/auth/crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BuildOptions, buildNotification } from '../platform.ts'
import type { ReceiveOptions } from '../receive/receive-options.ts'
import type { NotificationEvent } from '../respond/events.ts'
import type { InboxRecord, NotificationClaims } from '../respond/inbox-claims.ts'
import { contract, keys, now, options } from './fixtures.ts'

export const failBody = '{"code":"FAIL","message":"失败"}'
const platformKey = importRsaPrivateKey(keys.publicKey.privateKey)

/** A notification from `buildNotification`, at the time of the tests. */
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

/** The options of an adapter under test, the records it stored and the events it reported. */
export interface Bench {
  readonly options: ReceiveOptions & { readonly inbox: NotificationClaims }
  readonly stored: InboxRecord[]
  readonly events: NotificationEvent[]
  /** Replaces the store until the next test. */
  claim: NotificationClaims['claim'] | undefined
}

export function createBench(): Bench {
  const stored: InboxRecord[] = []
  const events: NotificationEvent[] = []
  const bench: Bench = {
    stored,
    events,
    claim: undefined,
    options: {
      ...options,
      onEvent: (event) => events.push(event),
      inbox: {
        async claim(record, signal) {
          if (bench.claim) return bench.claim(record, signal)
          const found = stored.find(({ id }) => id === record.id)
          if (found === undefined) stored.push(record)
          if (found === undefined) return 'new'
          return found.digest === record.digest ? 'duplicate' : 'conflict'
        },
      },
    },
  }
  return bench
}

/** Listens on a free port. */
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

/** The tests of every adapter. Its receiver is at `/notify`. */
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
      bench.stored.length = 0
      bench.events.length = 0
      bench.claim = undefined
    })
    afterAll(async () => {
      await running.close()
      process.off('unhandledRejection', noteRejection)
      expect(rejections).toEqual([])
    })

    test('a genuine notification is stored unchanged and gets 204 without a body; the second time it is a duplicate', async () => {
      const message = await genuine()
      for (const type of ['notification:accepted', 'notification:duplicate']) {
        const response = await post(url, message)
        expect([response.status, await response.text()]).toEqual([204, ''])
        expect(bench.events.at(-1)).toMatchObject({ type, id: 'EV-1' })
      }
      expect(bench.stored.map(({ sealed }) => Buffer.from(sealed))).toEqual([
        Buffer.from(message.body),
      ])
    })

    test('T-04 T-35 rejected messages get 401 with the same bytes, and events report the reasons', async () => {
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
      expect(bench.stored).toEqual([])
    })

    test('T-18 any content type is accepted, also text/plain and none', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
        const message = await genuine()
        expect(
          (await post(url, { ...message, headers: { ...message.headers, 'Content-Type': type } }))
            .status,
        ).toBe(204)
      }
    })

    test('a store that fails and a conflict get 500 with the same bytes', async () => {
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

    test('other methods and other paths are neither accepted nor reported', async () => {
      for (const method of ['GET', 'HEAD', 'PUT']) {
        const response = await fetch(url, { method })
        expect([404, 405]).toContain(response.status)
      }
      const elsewhere = await post(`${running.url}/other`, await genuine())
      expect(elsewhere.status).toBe(404)
      expect([bench.stored, bench.events]).toEqual([[], []])
    })

    test('T-36 clients that disconnect in the headers, in the body or before the response cause no error', async () => {
      const { headers, body } = await genuine()
      const lines = Object.entries({ ...headers, Host: 'localhost', 'Content-Length': body.length })
      const head = `POST /notify HTTP/1.1\r\n${lines.map(([key, value]) => `${key}: ${value}\r\n`).join('')}`
      const sendPart = async (bytes: Uint8Array) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1')
        await new Promise((resolve) => socket.write(bytes, resolve))
        return socket
      }
      ;(await sendPart(Buffer.from(head))).destroy()
      ;(
        await sendPart(Buffer.concat([Buffer.from(`${head}\r\n`), body.subarray(0, 100)]))
      ).destroy()

      let commit = () => {}
      const reached = new Promise<void>((resolve) => {
        bench.claim = async (record) => {
          resolve()
          await new Promise<void>((done) => {
            commit = done
          })
          bench.stored.push(record)
          return 'new'
        }
      })
      const socket = await sendPart(Buffer.concat([Buffer.from(`${head}\r\n`), body]))
      await reached
      socket.destroy()
      commit()
      bench.claim = undefined
      await expect.poll(() => bench.stored.length, { timeout: 30_000 }).toBe(1)
      // The client lost the response and sends again.
      expect((await post(url, await genuine())).status).toBe(204)
      expect(bench.events.at(-1)?.type).toBe('notification:duplicate')
    })
  })
}
