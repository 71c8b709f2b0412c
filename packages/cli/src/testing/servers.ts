import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * A server before another one, whose `Date` is wrong by so many seconds. Until the test is over.
 */
export async function bentClock(target: string, seconds: number): Promise<string> {
  const server = http.createServer((incoming, outgoing) => {
    const options = { method: incoming.method, headers: incoming.headers }
    const onward = http.request(target + incoming.url, options, (answer) => {
      const date = new Date(Date.now() + seconds * 1000).toUTCString()
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, date })
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  return listen(server)
}

/** What a `notify_url` of somebody else's may answer. */
export function responding(status: number): Promise<string> {
  const headers = status === 302 ? { Location: 'http://127.0.0.1:1/' } : {}
  return listen(http.createServer((_, outgoing) => outgoing.writeHead(status, headers).end()))
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
