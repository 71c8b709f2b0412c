/**
 * The main job, end to end, against the mock over real HTTP: `npm run demo`, or `npm run --silent
 * demo -- --json`. Exit code 0 only if every step passed.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import {
  createWeChatPay,
  type QsMiniProgramPreEntrustSignRequest,
  toMiniProgramLaunch,
  type WeChatPayOptions,
} from 'wechatpay-entrust'
import { startReceiver } from './demo/receiver.ts'
import {
  forgedNotification,
  type RejectionContext,
  tamperedResponse,
  wrongKey,
} from './demo/rejections.ts'
import { createStepReport, DemoFailed } from './demo/step-report.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const report = createStepReport({
  json: values.json,
  colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
  write: (text) => process.stdout.write(text),
})

/** The request of the official page, from the spec's examples. */
const example = new URL(
  '../spec/examples/qs-mini-program-pre-entrust-sign.request.json',
  import.meta.url,
)

async function run(): Promise<void> {
  const server = await startMockServer()
  const options: WeChatPayOptions = {
    mchid: server.mchid,
    serialNumber: server.merchantSerialNumber,
    privateKey: readFileSync(server.merchantPrivateKeyPath, 'utf8'),
    apiV3Key: server.apiV3Key,
    publicKey: { id: server.publicKeyId, pem: readFileSync(server.publicKeyPath, 'utf8') },
    baseUrl: server.baseUrl,
  }
  const wechatpay = createWeChatPay(options)
  const receiver = await startReceiver(() => wechatpay)
  try {
    const body: QsMiniProgramPreEntrustSignRequest = {
      ...JSON.parse(readFileSync(example, 'utf8')),
      notify_url: receiver.notifyUrl,
    }

    const { preSign } = await report.step(
      'pre-sign',
      'The server pre-signs (预签约) and verifies the response',
      async () => {
        const { data, requestId } = await wechatpay.qsMiniProgramPreEntrustSign({ json: body })
        return { preSign: data, requestId }
      },
    )

    await report.step(
      'launch',
      'The mini-program passes this object to wx.navigateToMiniProgram',
      async () => ({
        launch: toMiniProgramLaunch(preSign),
      }),
    )

    await report.step('sign', 'The user signs (through the mock’s control API)', async () => {
      const response = await fetch(`${server.controlUrl}/sign`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ pre_entrustweb_id: preSign.pre_entrustweb_id }),
      })
      const session = (await response.json()) as { state: string }
      if (session.state !== 'signed') throw new Error(`the session is ${session.state}, not signed`)
      return { session }
    })

    await report.step(
      'notification',
      'The receiver verifies and decrypts the notification, and responds',
      async () => {
        const { event, error, response } = await receiver.next()
        if (!event) throw error
        if (event.kind !== 'signed') throw new Error(`the event is ${event.kind}, not signed`)
        if (event.resource.out_contract_code !== body.out_contract_code)
          throw new Error('another contract was signed')
        return { event, answer: response }
      },
    )

    await report.step('query', 'A query confirms the contract', async () => {
      const { service_id, out_contract_code } = body
      const { data } = await wechatpay.getContractByCode({
        path: { service_id, out_contract_code },
      })
      if (data.contract_state !== 'SIGNED')
        throw new Error(`the contract is ${data.contract_state}, not SIGNED`)
      return { query: data }
    })

    const context: RejectionContext = {
      server,
      receiver,
      options,
      body: { ...body, out_contract_code: 'refusals0001' },
    }
    await report.step('refusals', 'Three forged messages, each rejected', async () => ({
      refusals: [
        await tamperedResponse(context),
        await forgedNotification(context),
        await wrongKey(context),
      ],
    }))

    await report.step(
      'deliveries',
      'WeChat Pay delivered one notification, accepted at the first attempt',
      async () => {
        const deliveries = (await (await fetch(`${server.controlUrl}/deliveries`)).json()) as {
          status: number
        }[]
        if (deliveries.length !== 1 || deliveries[0]?.status !== 204)
          throw new Error('expected exactly one delivery, with status 204')
        return { deliveries }
      },
    )
  } finally {
    receiver.close()
    await server.close()
  }
}

try {
  await run()
} catch (error) {
  if (!(error instanceof DemoFailed)) throw error
}
process.exitCode = report.finish() ? 0 : 1
