import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A proxy in front of `target` that shifts the `Date` header by `seconds`, for the test. */
export async function shiftedClock(target: string, seconds: number): Promise<string> {
  const server = http.createServer((incoming, outgoing) => {
    const options = { method: incoming.method, headers: incoming.headers }
    const onward = http.request(target + incoming.url, options, (response) => {
      const date = new Date(Date.now() + seconds * 1000).toUTCString()
      outgoing.writeHead(response.statusCode ?? 500, { ...response.headers, date })
      response.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  return listen(server)
}

/** A `notify_url` that responds with `status` to everything. */
export function responding(status: number): Promise<string> {
  const headers = status === 302 ? { Location: 'http://127.0.0.1:1/' } : {}
  return listen(http.createServer((_, outgoing) => outgoing.writeHead(status, headers).end()))
}

/** The address of a closed port. */
export async function closedPort(): Promise<string> {
  const server = http.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}

async function listen(server: http.Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
