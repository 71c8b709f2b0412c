import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMemoryInbox } from '@wechatpay-entrust/inbox/memory'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { createNodeHandler, serverTimeouts } from '@wechatpay-entrust/notification/node'
import { expect, test } from 'vitest'
import { createWeChatPay, type WeChatPayEvent } from './index.ts'

const { json: body } = operationExamples.qsMiniProgramPreEntrustSign.args

test('an adapter accepts the facade’s settings: after a failure WeChat Pay resends, and a resend after a lost response is a duplicate', async () => {
  const { mock, baseUrl, close } = await startMockServer()
  const events: WeChatPayEvent[] = []
  const wechatpay = createWeChatPay({
    ...mock.merchant,
    baseUrl,
    onEvent: (event) => events.push(event),
  })
  const inbox = createMemoryInbox()
  const outcomes = ['store down', 'response lost', 'stored']
  const receive = createNodeHandler({
    ...wechatpay.notifications,
    inbox: {
      async claim(record, signal) {
        const outcome = outcomes.shift()
        if (outcome === 'store down') throw new Error(outcome)
        const claim = await inbox.claim(record, signal)
        // Committed, but the process ends before the response is sent.
        if (outcome === 'response lost') throw new Error(outcome)
        return claim
      },
    },
  })
  const server = createServer(serverTimeouts, receive)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const notify_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`

  const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json: { ...body, notify_url } })
  await mock.user.signs(data)
  await mock.clock.advance(15)
  await mock.clock.advance(15)

  expect(mock.deliveries().map(({ status }) => status)).toEqual([500, 500, 204])
  expect(events.filter(({ type }) => type.startsWith('notification:'))).toMatchObject([
    { type: 'notification:failed', code: 'inbox-failed' },
    { type: 'notification:failed', code: 'inbox-failed' },
    { type: 'notification:duplicate', kind: 'signed', mchid: mock.merchant.mchid },
  ])
  expect(await inbox.stats()).toMatchObject({ ready: 1, done: 0 })
  server.close()
  wechatpay.close()
  await close()
})
