// A second implementation of an APIv3 client, with node:crypto only. Our own packages sign and
// verify nothing here.
import {
  createDecipheriv,
  createPublicKey,
  createSign,
  createVerify,
  randomBytes,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { mockKeys } from '../platform/keys.ts'

export const preSignPath = '/v3/password-exempt-contract/contracts/qs/pre-entrust-sign/mini-program'
export const contractPath =
  '/v3/password-exempt-contract/contracts/service-id/12535/out-contract-code/wxwtdk20200910100000'

/** The official example, with `openid` only. */
export const preSignBody: {
  readonly service_id: number
  readonly out_contract_code: string
  readonly openid: string
  readonly [field: string]: unknown
} = JSON.parse(
  readFileSync(
    new URL(
      '../../../spec/examples/qs-mini-program-pre-entrust-sign.openid-only.request.json',
      import.meta.url,
    ),
    'utf8',
  ),
)

export interface HandRequest {
  method?: string
  target: string
  body?: string
  /** Overrides; undefined removes a header. */
  headers?: Record<string, string | undefined>
  timestamp?: number
  nonce?: string
  mchid?: string
  serialNumber?: string
  privateKey?: string
  scheme?: string
  /** The body to sign, if it differs from the body to send. */
  signedBody?: string
}

export function authorize(request: HandRequest): string {
  const { method = 'GET', target, body = '', signedBody = body } = request
  const timestamp = request.timestamp ?? Math.floor(Date.now() / 1000)
  const nonce = request.nonce ?? randomBytes(16).toString('hex')
  const signature = createSign('RSA-SHA256')
    .update(`${method}\n${target}\n${timestamp}\n${nonce}\n${signedBody}\n`)
    .sign(request.privateKey ?? mockKeys.merchant.privateKey, 'base64')
  const mchid = request.mchid ?? mockKeys.mchid
  const serial = request.serialNumber ?? mockKeys.merchant.serialNumber
  return (
    `${request.scheme ?? 'WECHATPAY2-SHA256-RSA2048'} mchid="${mchid}",nonce_str="${nonce}",` +
    `signature="${signature}",timestamp="${timestamp}",serial_no="${serial}"`
  )
}

function headersOf(request: HandRequest): Record<string, string> {
  const all = {
    Accept: 'application/json',
    'User-Agent': 'by-hand/1',
    ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
    Authorization: authorize(request),
    ...request.headers,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

export interface HandResponse {
  status: number
  /** Names as written on the wire, or in lower case when they came through fetch. */
  headers: Map<string, string>
  body: Buffer
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any member of it
  json: any
}

/** Sends the request to a mock in process. */
export async function ask(
  mock: { fetch: typeof globalThis.fetch },
  request: HandRequest,
): Promise<HandResponse> {
  const { method = 'GET', target, body } = request
  const init = { method, headers: headersOf(request), ...(body === undefined ? {} : { body }) }
  const response = await mock.fetch(`https://api.mch.weixin.qq.com${target}`, init)
  return read(response.status, new Map(response.headers), Buffer.from(await response.arrayBuffer()))
}

/** Sends the request over a socket. */
export function send(baseUrl: string, request: HandRequest): Promise<HandResponse> {
  const { method = 'GET', target, body } = request
  const { hostname, port } = new URL(baseUrl)
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      { hostname, port, path: target, method, headers: headersOf(request), agent: false },
      async (incoming) => {
        const { headers, body } = await readMessage(incoming)
        resolve(read(incoming.statusCode ?? 0, headers, body))
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

export interface Received {
  /** Names as written on the wire. */
  headers: Map<string, string>
  body: Buffer
}

export async function readMessage(incoming: http.IncomingMessage): Promise<Received> {
  const body = Buffer.concat(await incoming.toArray())
  const raw = incoming.rawHeaders
  const headers = new Map(
    raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : [])),
  )
  return { headers, body }
}

function read(status: number, headers: Map<string, string>, body: Buffer): HandResponse {
  return {
    status,
    headers,
    body,
    json: body.length === 0 ? undefined : JSON.parse(body.toString('utf8')),
  }
}

/** Whether the headers have a valid signature of the body by this key. */
export function isSignedBy(
  pem: string,
  serial: string,
  headers: Map<string, string>,
  body: Buffer,
): boolean {
  const find = (name: string) => headers.get(name) ?? headers.get(name.toLowerCase()) ?? ''
  const text = Buffer.concat([
    Buffer.from(`${find('Wechatpay-Timestamp')}\n${find('Wechatpay-Nonce')}\n`),
    body,
    Buffer.from('\n'),
  ])
  const holds = createVerify('RSA-SHA256')
    .update(text)
    .verify(createPublicKey(pem), find('Wechatpay-Signature'), 'base64')
  return (
    holds &&
    find('Wechatpay-Serial') === serial &&
    find('Wechatpay-Signature-Type') === 'WECHATPAY2-SHA256-RSA2048'
  )
}

/** Opens AES-256-GCM with the APIv3 key. */
export function open(
  sealed: { nonce: string; associated_data: string; ciphertext: string },
  key: string = mockKeys.apiV3Key,
): string {
  const bytes = Buffer.from(sealed.ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.nonce)
  decipher.setAAD(Buffer.from(sealed.associated_data)).setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8')
}
