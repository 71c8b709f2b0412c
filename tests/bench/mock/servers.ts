// The servers of mock-answers. Each runs in its own thread, so that the client does not slow it
// down.

import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { spec } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { startMockServer } from '@wechatpay-entrust/mock/node'
import { getResponse, type HttpHandler, http as msw } from 'msw'

export type ServerKind = 'mock' | 'bare' | 'bare on the thread pool'

/** Starts a server and returns its address. */
export async function startServer(
  kind: ServerKind,
): Promise<{ readonly baseUrl: string; close(): Promise<unknown> }> {
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: kind,
    execArgv: process.execArgv,
  })
  const [baseUrl] = await once(worker, 'message')
  return { baseUrl, close: () => worker.terminate() }
}

const { merchant } = createMock()

/**
 * The minimum: one verification, one signature, and MSW finding the handler among the same number
 * of handlers.
 */
function bareHandlers(onPool: boolean): HttpHandler[] {
  // The merchant's key signs here too: only the time of RSA matters, and the mock does not export
  // its private keys.
  const privateKey = createPrivateKey(merchant.privateKey)
  const publicKey = createPublicKey(privateKey)
  const signOnPool = promisify(sign)
  const answer = async (request: Request): Promise<Response> => {
    const body = Buffer.from(await request.arrayBuffer())
    const authorization = request.headers.get('authorization') ?? ''
    const item = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? ''
    const { pathname, search } = new URL(request.url)
    const head = `${request.method}\n${pathname}${search}\n${item('timestamp')}\n${item('nonce_str')}\n`
    const text = Buffer.concat([Buffer.from(head), body, Buffer.from('\n')])
    if (!verify('sha256', text, publicKey, Buffer.from(item('signature'), 'base64')))
      return Response.json({ code: 'SIGN_ERROR' }, { status: 401 })
    const { service_id, out_contract_code } = JSON.parse(String(body))
    const json = JSON.stringify({
      pre_entrustweb_id: 'p'.repeat(32),
      mchid: item('mchid'),
      service_id,
      out_contract_code,
    })
    const [timestamp, nonce] = [
      String(Math.floor(Date.now() / 1000)),
      randomBytes(16).toString('hex'),
    ]
    const signed = Buffer.from(`${timestamp}\n${nonce}\n${json}\n`)
    const bytes = onPool
      ? await signOnPool('sha256', signed, privateKey)
      : sign('sha256', signed, privateKey)
    const signature = bytes.toString('base64')
    return new Response(json, {
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Request-ID': nonce,
        'Wechatpay-Timestamp': timestamp,
        'Wechatpay-Nonce': nonce,
        'Wechatpay-Serial': 'X',
        'Wechatpay-Signature': signature,
        'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      },
    })
  }
  return Object.values(spec.operations).map(({ method, path }) =>
    msw[method.toLowerCase() as 'get' | 'post'](
      `*${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ({ request }) => answer(request),
    ),
  )
}

/** The smallest bridge from node:http to MSW's handlers. */
async function startBare(handlers: HttpHandler[]): Promise<string> {
  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = new Headers()
    const { rawHeaders, method = 'GET' } = incoming
    for (let index = 0; index < rawHeaders.length; index += 2)
      headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
    const init = { method, headers, ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }) }
    const response = await getResponse(
      handlers,
      new Request(`http://${incoming.headers.host}${incoming.url}`, init),
    )
    outgoing.writeHead(response?.status ?? 404, Object.fromEntries(response?.headers ?? []))
    outgoing.end(Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

if (!isMainThread) {
  const kind = workerData as ServerKind
  const baseUrl =
    kind === 'mock'
      ? (await startMockServer()).baseUrl
      : await startBare(bareHandlers(kind === 'bare on the thread pool'))
  parentPort?.postMessage(baseUrl)
}
