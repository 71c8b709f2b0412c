import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Received, readMessage } from './by-hand.ts'

/**
 * A merchant's receiver on a free port of 127.0.0.1. It responds with each of `statuses` in order,
 * then always with the last one.
 */
export async function startReceiver(statuses: number[] = [204]) {
  const received: Received[] = []
  const server = http.createServer(async (incoming, outgoing) => {
    const message = await readMessage(incoming)
    const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 204
    received.push(message)
    outgoing
      .writeHead(status, status === 302 ? { Location: 'http://127.0.0.1:1/' } : {})
      .end(status === 204 ? undefined : 'x')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`
  return {
    url,
    received,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
