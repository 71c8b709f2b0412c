// The page of a consumer in a test: its MSW worker has the handlers of the mock and its own.
import { createMock, createWorker } from '@wechatpay-entrust/mock/browser'
import { HttpResponse, http } from 'msw'
import {
  type ContractNotification,
  createWeChatPay,
  responseFor,
  toResponse,
} from 'wechatpay-entrust'
import request from '../../../spec/examples/qs-mini-program-pre-entrust-sign.request.json' with {
  type: 'json',
}
import { codeOf, equal } from '../expect.ts'

const mock = createMock({ allowNotifyHosts: ['yourapp.com'] })
const wechatpay = createWeChatPay({ ...mock.merchant })
const events: ContractNotification[] = []

const worker = createWorker(mock)
worker.use(
  http.post(request.notify_url, async ({ request }) => {
    try {
      events.push(await wechatpay.receiveNotification(request))
      return new HttpResponse(null, { status: 204 })
    } catch (error) {
      return toResponse(responseFor(error)) as HttpResponse<null>
    }
  }),
  http.get('https://other.example/v3/users', () => HttpResponse.json({ mine: true })),
)

async function run(): Promise<void> {
  await worker.start({ quiet: true })

  const { data, response } = await wechatpay.qsMiniProgramPreEntrustSign({ json: request })
  equal(data.out_contract_code, request.out_contract_code)
  equal(response.headers.get('wechatpay-serial'), mock.merchant.publicKey.id)
  equal(mock.requests()[0]?.verified, true)

  await mock.user.signs(data)
  const [delivery] = mock.deliveries()
  equal(`${delivery?.status} ${delivery?.error ?? ''}`, '204 ')
  const [event] = events
  equal(event?.kind === 'signed' && event.resource.openid, request.openid)

  await mock.notifications.probe(delivery ?? '')
  equal(mock.deliveries().at(-1)?.status, 401)
  equal(events.length, 1)

  const path = { service_id: request.service_id, out_contract_code: request.out_contract_code }
  equal((await wechatpay.getContractByCode({ path })).data.contract_state, 'SIGNED')
  for (const [name, code] of [
    ['tampered-body', 'mismatch'],
    ['unsigned', 'missing-header'],
    ['stale-timestamp', 'stale-timestamp'],
  ] as const) {
    mock.faults.add({ operation: 'getContractByCode', name, times: 1 })
    equal(await codeOf(() => wechatpay.getContractByCode({ path })), code)
  }

  const other = await fetch('https://other.example/v3/users')
  equal(JSON.stringify(await other.json()), '{"mine":true}')
  wechatpay.close()
  worker.stop()
}

// No top-level await: modules that are loaded later would wait for this one, and it for them.
void run().then(
  () => console.info('the page is done'),
  (error: unknown) =>
    console.info(`the page failed: ${error instanceof Error ? error.stack : error}`),
)
