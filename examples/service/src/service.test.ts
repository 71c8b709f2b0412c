import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { logEvent } from './log-event.ts'
import { createMetrics } from './metrics.ts'

const folder = mkdtempSync(join(tmpdir(), 'service-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const key = join(folder, 'key.pem')
writeFileSync(key, 'a key')

const env = {
  DATABASE_URL: 'postgres://127.0.0.1/contracts',
  WECHATPAY_NOTIFY_URL: 'https://shop.example/notify',
  WECHATPAY_MCHID: '1900009191',
  WECHATPAY_SERIAL_NUMBER: '3D7A1F0C5B2E4896A1D0C3F7E59B8264A7C1E0D2',
  WECHATPAY_PRIVATE_KEY_FILE: key,
  WECHATPAY_API_V3_KEY: 'current,previous',
  WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0119000091912026112300000000',
  WECHATPAY_PUBLIC_KEY_FILE: key,
  APPID: 'wx1',
  SUB_APPID: 'wx2',
  SUB_MCHID: '1230000109',
  SERVICE_ID: '12535',
}

test('readConfig reads the environment, keys from files, and both APIv3 keys during a change', () => {
  expect(readConfig(env)).toMatchObject({
    port: 3000,
    product: { service_id: 12535 },
    wechatpay: { privateKey: 'a key', apiV3Key: ['current', 'previous'] },
  })
})

test('a missing or malformed variable is named, and its value is not shown', () => {
  for (const name of Object.keys(env))
    expect(() => readConfig({ ...env, [name]: '' })).toThrow(`${name} is not set`)
  expect(() => readConfig({ ...env, SERVICE_ID: 'secret' })).toThrow(
    /^SERVICE_ID is no whole number\.$/,
  )
})

const known = {
  mchid: '1900009191',
  id: 'EV-1',
  eventType: 'ENTRUST.SIGN',
  kind: 'signed',
  skewSeconds: 0,
} as const

test('events are counted, response times are in buckets, the age of the inbox is in seconds', () => {
  const { count, render } = createMetrics()
  count({ type: 'notification:accepted', ...known, durationMs: 20 })
  count({ type: 'notification:accepted', ...known, durationMs: 300 })
  const rejected = { code: 'stale-timestamp', probe: false, error: new Error('too old') } as const
  count({ type: 'notification:rejected', ...rejected, durationMs: 1 } as never)
  const text = render({ ready: 3, leased: 1, parked: 0, done: 9, oldestReadyMs: 1500 })
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'wechatpay_events_total{type="notification:accepted",code=""} 2',
      'wechatpay_events_total{type="notification:rejected",code="stale-timestamp"} 1',
      'wechatpay_notification_answer_seconds_bucket{le="0.005"} 1',
      'wechatpay_notification_answer_seconds_bucket{le="0.025"} 2',
      'wechatpay_notification_answer_seconds_bucket{le="+Inf"} 3',
      'wechatpay_notification_answer_seconds_count 3',
      'wechatpay_inbox_records{state="ready"} 3',
      'wechatpay_inbox_oldest_ready_seconds 1.5',
    ]),
  )
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/)
  }
})

test('a log line has ids and codes, and nothing of the plaintext or of an error message', () => {
  const lines: string[] = []
  const app = fastify({ logger: { stream: { write: (line: string) => lines.push(line) } } })
  const error = Object.assign(new Error('Key (openid)=(oUpF8uMuAJO) already exists'), {
    code: '23505',
  })
  const about = { scope: '1900009191', id: 'EV-1', eventType: 'ENTRUST.SIGN', attempt: 20 }
  logEvent(app.log, { type: 'inbox:parked', ...about, error })
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 50,
    msg: 'inbox:parked',
    id: 'EV-1',
    errorCode: '23505',
  })
  expect(lines.join()).not.toContain('oUpF8uMuAJO')
})
