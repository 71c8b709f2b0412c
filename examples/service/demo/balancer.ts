import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

export interface Balancer {
  readonly port: number
  close(): void
}

/**
 * Sends each connection to the next port, and skips a port that refuses it. In production nginx or a
 * cloud does this.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0
  const server = createServer((incoming) => {
    incoming.on('error', () => {})
    const tryNext = (left: number): void => {
      if (left === 0) return void incoming.destroy()
      const outgoing = connect(ports[turn++ % ports.length] as number, '127.0.0.1')
      outgoing.once('error', () => tryNext(left - 1))
      outgoing.once('connect', () => {
        outgoing.removeAllListeners('error').on('error', () => incoming.destroy())
        incoming.on('close', () => outgoing.destroy())
        incoming.pipe(outgoing).pipe(incoming)
      })
    }
    tryNext(ports.length)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}
