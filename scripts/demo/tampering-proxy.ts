import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A man-in-the-middle proxy: it forwards each request unchanged, and changes one byte of the
 * response body.
 */
export async function startTamperingProxy(
  target: string,
): Promise<{ baseUrl: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const forwarded = send(`${target}${url}`, { method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body = Buffer.concat(chunks)
        const at = body.indexOf('pre_entrustweb_id":"') + 'pre_entrustweb_id":"'.length
        body[at] = (body[at] ?? 0) ^ 1
        outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders).end(body)
      })
    })
    incoming.pipe(forwarded)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
