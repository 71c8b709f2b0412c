import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: Map<string, string>
  body: Buffer
}

/**
 * A merchant's receiver on a free port of 127.0.0.1; answers by `statuses` in turn, the last one
 * for ever.
 */
export async function startReceiver(statuses: number[] = [204]) {
  const received: Received[] = []
  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const raw = incoming.rawHeaders
    const headers = new Map(
      raw.flatMap((name, index) =>
        index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : [],
      ),
    )
    const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 204
    received.push({ headers, body: Buffer.concat(chunks) })
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
