// A whole call, signed and verified, to a loopback server that always sends the same signed
// response.
import { randomBytes, sign, verify } from 'node:crypto'
import { Agent, request as httpRequest } from 'node:http'
import { promisify } from 'node:util'
import ky from 'ky'
import { Wechatpay } from 'wechatpay-axios-plugin'
import { createWeChatPay } from 'wechatpay-entrust'
import WxPay from 'wechatpay-node-v3'
import type { Comparison } from '../support/compare.ts'
import {
  answer,
  apiV3Key,
  mchid,
  merchantKey,
  merchantPem,
  platformKey,
  platformKeyId,
  platformPem,
  requestBody,
  requestPath,
  serialNumber,
} from '../support/material.ts'
import type { Target } from '../support/report.ts'
import { runSuite } from '../support/suite.ts'
import { startResponseServer } from './response-server.ts'

const { baseUrl, close } = await startResponseServer({
  headers: Object.fromEntries(answer.headers),
  body: answer.body,
})
const url = baseUrl + requestPath
const json = JSON.parse(requestBody)
const signOnPool = promisify(sign)

// What a careful engineer writes by hand: signs synchronously, or on the thread pool when other
// calls are in flight.
let inFlight = 0
async function authorization(body: string): Promise<string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = randomBytes(16).toString('hex')
  const text = Buffer.from(`POST\n${requestPath}\n${timestamp}\n${nonce}\n${body}\n`)
  const signature =
    inFlight > 1 ? await signOnPool('sha256', text, merchantKey) : sign('sha256', text, merchantKey)
  return (
    `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signature.toString('base64')}",` +
    `timestamp="${timestamp}",serial_no="${serialNumber}"`
  )
}
async function headersFor(body: string): Promise<Record<string, string>> {
  return {
    authorization: await authorization(body),
    accept: 'application/json',
    'content-type': 'application/json',
    'user-agent': 'by-hand/1',
    'wechatpay-serial': platformKeyId,
  }
}
function checked(header: (name: string) => string, body: string): unknown {
  const timestamp = header('wechatpay-timestamp')
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) throw new Error('stale')
  if (header('wechatpay-serial') !== platformKeyId) throw new Error('another key')
  const text = Buffer.from(`${timestamp}\n${header('wechatpay-nonce')}\n${body}\n`)
  const signature = Buffer.from(header('wechatpay-signature'), 'base64')
  if (!verify('sha256', text, platformKey, signature)) throw new Error('mismatch')
  return JSON.parse(body)
}
const counted = (run: () => Promise<unknown>) => async () => {
  inFlight++
  try {
    return await run()
  } finally {
    inFlight--
  }
}

const byFetch = counted(async () => {
  const body = JSON.stringify(json)
  const response = await fetch(url, { method: 'POST', headers: await headersFor(body), body })
  return checked((name) => response.headers.get(name) ?? '', await response.text())
})

const byKyWith = (timeout: number | false) => {
  const http = ky.create({ retry: 0, timeout, throwHttpErrors: false })
  return counted(async () => {
    const body = JSON.stringify(json)
    const response = await http(url, { method: 'POST', headers: await headersFor(body), body })
    return checked((name) => response.headers.get(name) ?? '', await response.text())
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 128 })
const byHttp = counted(async () => {
  const body = JSON.stringify(json)
  const headers = { ...(await headersFor(body)), 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve(
          checked((name) => String(response.headers[name]), Buffer.concat(chunks).toString()),
        ),
      )
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(body)
  })
})

const ours = createWeChatPay({
  mchid,
  serialNumber,
  privateKey: merchantPem,
  apiV3Key,
  publicKey: { id: platformKeyId, pem: platformPem },
  baseUrl,
})

const plugin = new Wechatpay({
  baseURL: baseUrl,
  mchid,
  serial: serialNumber,
  privateKey: merchantPem,
  certs: { [platformKeyId]: platformPem },
  // biome-ignore lint/suspicious/noExplicitAny: its chain is made of any property name
} as never) as any

const nodeV3 = new WxPay({
  appid: json.appid,
  mchid,
  serial_no: serialNumber,
  publicKey: Buffer.from(platformPem),
  privateKey: Buffer.from(merchantPem),
  key: apiV3Key,
  // biome-ignore lint/suspicious/noExplicitAny: it has no call for this endpoint, only protected parts to make one of
}) as any
// It signs everything after WeChat Pay's host name, so the host is removed here.
const byNodeV3 = async () => {
  const signature = nodeV3.buildAuthorization('POST', requestPath, json)
  const { data } = await nodeV3.httpService.post(
    url,
    json,
    nodeV3.getHeaders(signature, { 'Wechatpay-Serial': platformKeyId }),
  )
  return data
}

const contestants: Comparison['contestants'] = [
  { name: 'ky by hand', run: byKyWith(false) },
  { name: 'ours', run: () => ours.qsMiniProgramPreEntrustSign({ json }) },
  // Ours has one that includes the body; ky's ends at the headers.
  { name: 'ky by hand, with a deadline', run: byKyWith(30_000) },
  { name: 'fetch by hand', run: byFetch },
  { name: 'node:http by hand', run: byHttp },
  {
    name: 'wechatpay-axios-plugin',
    run: () =>
      plugin.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post(json, {
        headers: { 'Wechatpay-Serial': platformKeyId },
      }),
  },
  { name: 'wechatpay-node-v3, answer not verified', run: byNodeV3 },
]
const targets = (atPlugin: number): Target[] => [
  { name: 'ours', atLeast: 0.97 },
  { name: 'ours', of: 'wechatpay-axios-plugin', atLeast: atPlugin },
  { name: 'ours', of: 'wechatpay-node-v3, answer not verified', atLeast: 1 },
  { name: 'ours', of: 'ky by hand, with a deadline', atLeast: 0 },
  { name: 'ours', of: 'fetch by hand', atLeast: 0 },
]

for (const { name, run } of contestants) {
  const result = (await run()) as {
    pre_entrustweb_id?: string
    data?: { pre_entrustweb_id?: string }
  }
  if (!(result.data ?? result).pre_entrustweb_id) throw new Error(`${name} gave no answer`)
}

try {
  await runSuite('client', [
    { title: 'A whole call, one at a time', contestants, targets: targets(1.05) },
    { title: 'A whole call', inFlight: 64, contestants, targets: targets(1.5) },
  ])
} finally {
  agent.destroy()
  await close()
}
