import { createCredentials, signRequest } from '@wechatpay-entrust/auth'
import { operationExamples, spec } from '@wechatpay-entrust/core/spec'
import { createMock, type Mock, type MockOptions } from '@wechatpay-entrust/mock'
import { createWeChatPay } from 'wechatpay-entrust'

/** 2024-12-25T12:13:20+08:00: the time of all examples in the reference. */
export const shownAt = 1_735_100_000_000
/** The nonce that the official page on signing uses. */
const shownNonce = '593BEC0C930BF1AFEB40B4A08C8FB242'

/** With these options the mock sends the same bytes in every run. */
export const shownMock: MockOptions = { seed: 1, clock: () => shownAt, deliver: async () => 204 }

export interface ShownRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
export interface ShownResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Creates the signed contract that a query or a termination needs. */
export async function prepare(
  mock: Mock,
  id: string,
  fetch: typeof globalThis.fetch,
  baseUrl?: string,
): Promise<void> {
  const { effect } = infoOf(id)
  if (effect !== 'query' && effect !== 'terminate') return
  const client = createWeChatPay({
    ...mock.merchant,
    fetch,
    clock: () => shownAt,
    ...(baseUrl && { baseUrl }),
  })
  const { data } = await client.qsMiniProgramPreEntrustSign(
    operationExamples.qsMiniProgramPreEntrustSign.args,
  )
  await mock.user.signs(data)
}

/** The example of an operation as a signed request of the mock's merchant. */
async function signedRequest(mock: Mock, id: string): Promise<ShownRequest> {
  const { method, path } = infoOf(id)
  const { args } = operationExamples[id as keyof typeof operationExamples]
  const values = 'path' in args ? (args.path as Readonly<Record<string, unknown>>) : {}
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(values[name])),
  )
  const body = 'json' in args ? JSON.stringify(args.json) : ''
  const { mchid, serialNumber, privateKey } = mock.merchant
  const authorization = await signRequest(
    createCredentials({ mchid, serialNumber, privateKey }),
    { method, url, body: new TextEncoder().encode(body) },
    { clock: () => shownAt, nonce_str: shownNonce },
  )
  const headers = {
    Accept: 'application/json',
    ...(body !== '' && { 'Content-Type': 'application/json' }),
    'User-Agent': 'curl',
    'Wechatpay-Serial': mock.merchant.publicKey.id,
    Authorization: authorization,
  }
  return { method, url, headers, body }
}

/** Sends the signed example to the mock; returns the request and the response. */
export async function playExample(
  id: string,
): Promise<{ request: ShownRequest; response: ShownResponse }> {
  const mock = createMock(shownMock)
  await prepare(mock, id, mock.fetch)
  const request = await signedRequest(mock, id)
  const { method, url, headers, body } = request
  const init = { method, headers, ...(body !== '' && { body }) }
  const fetched = await mock.fetch(`https://api.mch.weixin.qq.com${url}`, init)
  const { answer } = mock.request(mock.requests().length) ?? {}
  return {
    request,
    response: {
      status: fetched.status,
      headers: answer?.headers ?? {},
      body: await fetched.text(),
    },
  }
}

/** The request as a shell command; `WECHATPAY_URL` is the address of the server. */
export function curl({ method, url, headers, body }: ShownRequest): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  return [
    `curl${method === 'GET' || method === 'POST' ? '' : ` -X ${method}`} "$WECHATPAY_URL${url}"`,
    ...Object.entries(headers).map(([name, value]) => `  -H ${quote(`${name}: ${value}`)}`),
    ...(body === ''
      ? method === 'POST'
        ? ["  --data-raw ''"]
        : []
      : [`  --data-raw ${quote(body)}`]),
  ].join(' \\\n')
}

/** A response or a notification as text: first line, headers, and the JSON body indented. */
export function messageText(
  first: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [first, ...lines, '', body === '' ? '' : JSON.stringify(JSON.parse(body), null, 2)]
    .join('\n')
    .trimEnd()
}

interface OperationInfo {
  readonly method: string
  readonly path: string
  readonly effect?: string
}

function infoOf(id: string): OperationInfo {
  const info = (spec.operations as Readonly<Record<string, OperationInfo>>)[id]
  if (info === undefined) throw new Error(`There is no operation ${id}`)
  return info
}
