import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { setLanguage } from '@wechatpay-entrust/base'
import { setupServer } from 'msw/node'
import { afterEach, expect, test, vi } from 'vitest'
import { createWeChatPay } from 'wechatpay-entrust'
import { createMock, type MockOptions } from '../index.ts'
import { ask, preSignBody, preSignPath } from './by-hand.ts'

const script = fileURLToPath(new URL('../../../scripts/mock.ts', import.meta.url))

afterEach(() => {
  setLanguage(undefined)
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Runs the command line of the mock, in English if `env` chooses no language. */
async function runMock(args: string[], env: Record<string, string> = {}) {
  const command = ['--conditions=@wechatpay-entrust/source', script, ...args]
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { code, lines: stderr.trimEnd().split('\n') }
}

test('--language, WECHATPAY_LANGUAGE and the locale choose the language of a wrong use', async () => {
  const finding = 'wechatpay-entrust-mock: --port: found "x"; expected 0 to 65535.'
  const chinese = { code: 2, lines: [finding, '处理办法：可用 --help 查看所有参数。'] }
  const wrong = ['--port', 'x']
  expect(await runMock(wrong)).toEqual({ code: 2, lines: [`${finding} --help lists the options.`] })
  expect(await runMock([...wrong, '--language', 'zh'])).toEqual(chinese)
  expect(await runMock(wrong, { WECHATPAY_LANGUAGE: 'zh' })).toEqual(chinese)
  expect(await runMock(wrong, { LANG: 'zh_CN.UTF-8' })).toEqual(chinese)
  const unknown = await runMock(['--language', 'fr'])
  expect(unknown.lines).toEqual([
    'wechatpay-entrust-mock: --language: found "fr"; expected zh or en. --help lists the options.',
  ])
})

test('a failed start says what to do in the language chosen', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const finding = `wechatpay-entrust-mock: could not start: listen EADDRINUSE: address already in use 127.0.0.1:${port}.`
  const args = ['--port', String(port)]
  const english = await runMock(args)
  const chinese = await runMock([...args, '--language', 'zh'])
  other.close()
  expect(english).toEqual({
    code: 1,
    lines: [`${finding} Choose another port, or 0 for a free one.`],
  })
  expect(chinese).toEqual({
    code: 1,
    lines: [finding, '处理办法：请更换端口，或使用 0 自动选择空闲端口。'],
  })
})

/** A notification to a host that the mock does not deliver to. */
async function deliverElsewhere(options: MockOptions): Promise<string> {
  const mock = createMock({ ...options, seed: 1 })
  const body = JSON.stringify({ ...preSignBody, notify_url: 'https://shop.test/notify' })
  const { json } = await ask(mock, { method: 'POST', target: preSignPath, body })
  await mock.user.signs(json)
  return mock.notifications.list()[0]?.notification_id ?? ''
}

const remedy = {
  en: 'Add the host to allowNotifyHosts, or to --allow-notify-host of the command.',
  zh: '处理办法：请将该主机名加入 allowNotifyHosts；使用命令行时请用 --allow-notify-host。',
}

test('a failed delivery is logged with its remedy in the language chosen', async () => {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const id = await deliverElsewhere({ log })
  const finding = `notification ${id}, attempt 1: not delivered to https://shop.test/notify: notify_url is not loopback, and its host is not in allowNotifyHosts.`
  setLanguage('zh')
  await deliverElsewhere({ log })
  expect(lines).toEqual([`${finding} ${remedy.en}`, finding, remedy.zh])
})

test('without log the console gets the remedy in the language chosen', async () => {
  const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.stubEnv('WECHATPAY_LANGUAGE', 'zh')
  const id = await deliverElsewhere({})
  const finding = `notification_id ${id}, attempt 1, url https://shop.test/notify, reason notify_url is not loopback, and its host is not in allowNotifyHosts.`
  expect(lines.mock.calls).toEqual([
    [`[wechatpay-entrust] mock:delivery not-delivered: ${finding}\n${remedy.zh}`],
  ])
})

test('the line about two mocks with the same mchid is in the language of the client', async () => {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const [one, other] = [createMock({ log }), createMock({ log })]
  const server = setupServer(...one.handlers, ...other.handlers)
  server.listen({ onUnhandledFrame: 'error' })
  await createWeChatPay({ ...other.merchant, language: 'zh' }).getCertificates()
  server.close()
  expect(lines).toEqual([
    'mchid: found two mocks with 1900000100 whose handlers are in MSW; one gets the requests for both; expected another mchid for each mock.',
    "处理办法：请为其中一个设置不同的商户号，例如 createMock({ mchid: '1900000200' })；不再使用的模拟服务请移除其 handlers。",
  ])
})
