import { createServer } from 'node:http'
import express from 'express'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createExpressHandler } from '../adapters/express.ts'
import { receiveNotification } from '../receive/receive.ts'
import { genuine, listen, post } from '../testing/adapter-suite.ts'
import { clock, contract, keys, openid, platformKeys, signed } from '../testing/fixtures.ts'
import { handleNotification } from './handle.ts'
import type { HandleOptions } from './handle-options.ts'

/** As in the README: without onEvent. */
const options = {
  platformKeys,
  apiV3Key: keys.apiV3Key,
  mchid: keys.merchant.mchid,
  clock,
  onNotification: () => {},
}
const lines: string[] = []

beforeEach(() => {
  lines.length = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.spyOn(console, 'error').mockImplementation((line) => {
    lines.push(String(line))
  })
})
afterEach(() => {
  // The lines of a test are written before the next one starts.
  vi.runAllTimers()
  vi.advanceTimersByTime(60_000)
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** The handler after express.json(), where it cannot work. */
async function startAfterParser(more: object = {}) {
  const app = express()
  app.use(express.json())
  app.post('/notify', createExpressHandler({ ...options, ...more }))
  const server = await listen(createServer(app))
  const send = async () => (await post(`${server.url}/notify`, await genuine())).status
  return { send, close: server.close }
}

test('Express after express.json() without onEvent: one line names the cause and the fix, and repeats are counted once a minute', async () => {
  const { send, close } = await startAfterParser()
  for (let at = 0; at < 5; at += 1) expect(await send()).toBe(500)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(
    /^\[wechatpay-entrust\] notification:failed parsed-body: The body: found /,
  )
  expect(lines[0]).toContain('found a parsed object; expected its raw bytes.')
  expect(lines[0]).toContain('mount the handler above app.use(express.json())')
  expect(lines[0]).not.toContain('\n')

  vi.advanceTimersByTime(59_999)
  expect(lines).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toMatch(
    /notification:failed parsed-body \(4 times in the last minute\): The body/,
  )
  vi.advanceTimersByTime(600_000)
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain(openid)
  close()
})

test('onEvent: () => {} silences it, and another listener gets the event instead', async () => {
  const events: unknown[] = []
  for (const onEvent of [() => {}, (event: unknown) => events.push(event)]) {
    const { send, close } = await startAfterParser({ onEvent })
    expect(await send()).toBe(500)
    close()
  }
  vi.advanceTimersByTime(120_000)
  expect(lines).toEqual([])
  expect(events).toMatchObject([{ type: 'notification:failed', code: 'parsed-body' }])
})

const handle = (message: unknown, more: object = {}) =>
  handleNotification(message as Request, { ...options, ...more } as HandleOptions<Request>)

test('a rejection, a conflict and an error of the handler are lines; accepted ones and duplicates are none', async () => {
  const inbox = (claim: string) => ({
    onNotification: undefined,
    inbox: { claim: async () => claim },
  })
  await handle(signed())
  await handle(signed(), inbox('new'))
  await handle(signed(), inbox('duplicate'))
  expect(lines).toEqual([])

  await handle(signed(), inbox('conflict'))
  await handle(signed(undefined, 1_500_000_000))
  const error = Object.assign(new RangeError(`no row for ${openid}`), { code: 'E_ROW' })
  await handle(signed(), { onNotification: () => Promise.reject(error) })
  await handle(signed(), inbox('maybe'))
  const [conflict, stale, failed, claim] = lines
  expect(lines).toHaveLength(4)
  expect(conflict).toMatch(
    /notification:conflict conflict: inbox: found other content under the id/,
  )
  expect(stale).toMatch(/notification:rejected stale-timestamp: Wechatpay-Timestamp/)
  expect(failed).toMatch(
    /notification:failed handler-failed: onNotification: it threw an error.*; cause: RangeError E_ROW at .*console\.test\.ts/,
  )
  expect(claim).toMatch(/notification:failed inbox-failed: inbox\.claim: it returned another text/)
  for (const secret of [openid, contract.contract_id, keys.apiV3Key])
    expect(lines.join('')).not.toContain(secret)
})

test('a signature probe is no failure', async () => {
  const probe = signed()
  const signature = probe.headers['Wechatpay-Signature']
  probe.headers['Wechatpay-Signature'] = `WECHATPAY/SIGNTEST/${signature}`
  expect((await handle(probe)).status).toBe(401)
  vi.advanceTimersByTime(60_000)
  expect(lines).toEqual([])
})

test('wrong options of handleNotification reach the console: it never rejects', async () => {
  expect((await handle(signed(), { expects: () => false })).status).toBe(500)
  expect((await handle(signed(), { onEvent: 'log' })).status).toBe(500)
  expect(lines).toEqual([
    expect.stringContaining('notification:failed unknown-option: expects: found a name'),
    expect.stringContaining('notification:failed malformed-option: onEvent: found a value of type'),
  ])
})

test.each([
  ['debug: true', { debug: true }, ''],
  ['WECHATPAY_DEBUG=1', {}, '1'],
])('with %s each notification is one line, also beside a listener', async (_, more, variable) => {
  vi.stubEnv('WECHATPAY_DEBUG', variable)
  await handle(signed(), { ...more, onEvent: () => {} })
  await handle({ ...signed(), headers: {} }, more)
  expect(lines).toEqual([
    expect.stringMatching(
      /^\[wechatpay-entrust\] notification:accepted mchid=1900009191 id=EV-2018022511223320873 eventType=ENTRUST\.SIGN kind=signed skewSeconds=0 requestId=08F78BB5AF0610D302-0 durationMs=/,
    ),
    expect.stringMatching(/^\[wechatpay-entrust\] notification:rejected .*code=missing-header/),
  ])
  lines.length = 0
  await handle(signed(), { debug: false })
  expect(lines).toEqual([])
})

test('receiveNotification throws, so it writes nothing to the console', async () => {
  const { platformKeys, apiV3Key, mchid } = options
  const request = { headers: {}, body: new Uint8Array() }
  await expect(
    receiveNotification(request, { platformKeys, apiV3Key, mchid }),
  ).rejects.toMatchObject({ code: 'missing-header' })
  expect(lines).toEqual([])
})
