import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { operationExamples } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { setupServer } from 'msw/node'
import { expect, test } from 'vitest'
import {
  acceptedResponse,
  type ContractNotification,
  createWeChatPay,
  responseFor,
  toMiniProgramLaunch,
  toResponse,
} from './index.ts'

const { json: body } = operationExamples.qsMiniProgramPreEntrustSign.args

test('pre-sign, notification, query and termination, in process', async () => {
  const events: ContractNotification[] = []
  const mock = createMock({
    async deliver({ url, headers, body }) {
      const request = new Request(url, { method: 'POST', headers, body: body as BodyInit })
      const result = await wechatpay.receiveNotification(request).then(
        (event) => {
          events.push(event)
          return acceptedResponse
        },
        (error) => responseFor(error),
      )
      return toResponse(result).status
    },
  })
  const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch })

  const { data, response, requestId } = await wechatpay.qsMiniProgramPreEntrustSign({ json: body })
  expect(data).toMatchObject({
    mchid: mock.merchant.mchid,
    service_id: 12535,
    out_contract_code: body.out_contract_code,
  })
  expect(requestId).toBe(response.headers.get('request-id'))
  expect(toMiniProgramLaunch(data).extraData).toEqual({ pre_entrustweb_id: data.pre_entrustweb_id })

  await mock.user.signs(data)
  expect(events).toMatchObject([
    { kind: 'signed', event_type: 'ENTRUST.SIGN', resource: { openid: body.openid } },
  ])

  const path = { service_id: body.service_id, out_contract_code: body.out_contract_code }
  expect((await wechatpay.getContractByCode({ path })).data.contract_state).toBe('SIGNED')

  await wechatpay.terminateContractByCode({
    path,
    json: { contract_termination_remark: '用户解约' },
  })
  expect((await wechatpay.getContractByCode({ path })).data.contract_state).toBe('TERMINATED')
  expect(events.map(({ kind }) => kind)).toEqual(['signed', 'terminated'])
  wechatpay.close()
  wechatpay.close()
})

test.each(['publicKey', 'platformCertificates', 'both'] as const)(
  'over real HTTP, keys: %s',
  async (mode) => {
    const server = await startMockServer()
    const { merchant } = server.mock
    const { publicKey, platformCertificates, ...rest } = merchant
    const keys = {
      publicKey: { publicKey },
      platformCertificates: { platformCertificates },
      both: merchant,
    }[mode]
    const { allowMockKeys: _, ...options } = { ...rest, ...keys }
    const wechatpay = createWeChatPay({ ...options, baseUrl: server.baseUrl })
    const events: ContractNotification[] = []
    const receiver = createServer(async (request, response) => {
      let result = acceptedResponse
      try {
        events.push(await wechatpay.receiveNotification(request))
      } catch (error) {
        result = responseFor(error)
      }
      response.writeHead(result.status, result.headers).end(result.body)
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    try {
      const notify_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/notify`
      const { data } = await wechatpay.qsMiniProgramPreEntrustSign({
        json: { ...body, notify_url },
      })
      await server.mock.user.signs(data)
      expect(events).toMatchObject([
        { kind: 'signed', resource: { out_contract_code: body.out_contract_code } },
      ])
      expect(server.mock.deliveries()).toMatchObject([{ status: 204, attempt: 1 }])
      const { data: list } = await wechatpay.getCertificates({})
      expect(list.data).toHaveLength(1)
    } finally {
      receiver.close()
      await server.close()
    }
  },
)

test('with a consumer’s own MSW set-up, on WeChat Pay’s host', async () => {
  const mock = createMock()
  const network = setupServer(...mock.handlers)
  network.listen({ onUnhandledFrame: 'error' })
  try {
    const wechatpay = createWeChatPay(mock.merchant)
    const { data } = await wechatpay.qsMiniProgramPreEntrustSign({ json: body })
    expect(data.sign_mp_appid).toMatch(/^wx/)
    const generic = await wechatpay.request('GET', '/v3/certificates')
    expect(generic.data).toHaveProperty('data')
  } finally {
    network.close()
  }
})

test('an event_type of the eventTypes option is typed; any other arrives as unknown with its plaintext', async () => {
  const seen: ContractNotification[] = []
  const receive = (eventTypes: { signed: string[] }) => {
    const mock = createMock({
      async deliver({ url, headers, body }) {
        seen.push(
          await wechatpay.receiveNotification(
            new Request(url, { method: 'POST', headers, body: body as BodyInit }),
          ),
        )
        return 204
      },
    })
    const wechatpay = createWeChatPay({ ...mock.merchant, fetch: mock.fetch, eventTypes })
    return wechatpay
      .qsMiniProgramPreEntrustSign({ json: body })
      .then(({ data }) => mock.user.signs(data))
  }
  await receive({ signed: ['ENTRUST.SIGN'] })
  await receive({ signed: ['PASSWORD_EXEMPT.SIGN'] })
  expect(seen.map(({ kind }) => kind)).toEqual(['signed', 'unknown'])
  expect(seen[1]?.plaintext).toContain(body.out_contract_code)
})
