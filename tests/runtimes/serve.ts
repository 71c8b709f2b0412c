// Receivers on the servers of a runtime: `node:http`, and its own server for `Request` and
// `Response` if it has one.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNodeHandler } from '@wechatpay-entrust/notification/node'
import { createWebHandler } from '@wechatpay-entrust/notification/web'
import { receiverOptions } from './receiver.ts'

type Fetch = (request: Request) => Promise<Response>

declare const Bun: {
  serve(options: { port: number; hostname: string; fetch: Fetch }): { port: number }
}
declare const Deno: {
  serve(
    options: { port: number; hostname: string; onListen(): void },
    fetch: Fetch,
  ): { addr: { port: number } }
}

const freePort = { port: 0, hostname: '127.0.0.1' }

function serveRequests(fetch: Fetch): number | undefined {
  if ('Bun' in globalThis) return Bun.serve({ ...freePort, fetch }).port
  if ('Deno' in globalThis) return Deno.serve({ ...freePort, onListen: () => {} }, fetch).addr.port
  return undefined
}

const own = serveRequests(createWebHandler(receiverOptions()))
if (own !== undefined) console.log(`listening on ${own}`)

const server = createServer(createNodeHandler({ path: '/notify', ...receiverOptions() }))
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`)
  console.log('all listen')
})
