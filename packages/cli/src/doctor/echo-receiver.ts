import { once } from 'node:events'
import { createServer } from 'node:http'
import { createNodeHandler, serverTimeouts } from '@wechatpay-entrust/notification/node'
import type { ContractNotification, WeChatPay } from 'wechatpay-entrust'

/** What came: a notification, or why one was refused. */
export type Heard =
  | Pick<ContractNotification, 'event_type' | 'plaintext'>
  | { readonly refused: string; readonly message: string }

export interface Receiver {
  /**
   * The first that came; undefined when the time is over. A signature probe is none, the genuine
   * one follows it.
   */
  next(seconds: number, signal: AbortSignal): Promise<Heard | undefined>
  close(): Promise<void>
}

/** Takes notifications on a port of this machine, as a service would. */
export async function listen(client: WeChatPay, port: number): Promise<Receiver> {
  let resolve: (heard: Heard) => void = () => undefined
  const promise = new Promise<Heard>((settle) => {
    resolve = settle
  })
  const handler = createNodeHandler({
    ...client.notifications,
    onNotification: (event) => resolve(event),
    onEvent: (event) => {
      if (event.type !== 'notification:rejected' || event.probe) return
      resolve({
        refused: event.code,
        message: event.error instanceof Error ? event.error.message : '',
      })
    },
  })
  const server = createServer(
    serverTimeouts,
    (request, response) => void handler(request, response),
  )
  server.listen(port)
  await once(server, 'listening')
  return {
    async next(seconds, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)])
      const over = once(limit, 'abort').then(() => undefined)
      const heard = await Promise.race([promise, over])
      signal.throwIfAborted()
      return heard
    },
    async close() {
      const closed = once(server, 'close')
      // The answer to what was heard is still on its way.
      server.close()
      const timer = setTimeout(() => server.closeAllConnections(), 1000)
      await closed
      clearTimeout(timer)
    },
  }
}
