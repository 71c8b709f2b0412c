import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A man in the middle: passes every request on unchanged, and changes one byte of the answer's
 * body.
 */
export async function startTamperingProxy(
  target: string,
): Promise<{ baseUrl: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = send(`${target}${url}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const body = Buffer.concat(chunks)
        const at = body.indexOf('pre_entrustweb_id":"') + 'pre_entrustweb_id":"'.length
        body[at] = (body[at] ?? 0) ^ 1
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders).end(body)
      })
    })
    incoming.pipe(onward)
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
