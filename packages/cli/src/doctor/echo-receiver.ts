import { once } from 'node:events'
import { createServer } from 'node:http'
import { untilAborted } from '@wechatpay-entrust/base'
import { createNodeHandler, serverTimeouts } from '@wechatpay-entrust/notification/node'
import type { ContractNotification, WeChatPay } from 'wechatpay-entrust'

/** A notification, or the reason why one was rejected. */
export type Received =
  | Pick<ContractNotification, 'event_type' | 'plaintext'>
  | { readonly rejected: string; readonly error: unknown }

export interface Receiver {
  /**
   * The first notification; `undefined` when the time is over. A signature probe does not count:
   * the genuine notification follows it.
   */
  next(seconds: number, signal: AbortSignal): Promise<Received | undefined>
  close(): Promise<void>
}

/** Receives notifications on a port of this machine, as a service would. */
export async function listen(client: WeChatPay, port: number): Promise<Receiver> {
  let resolve: (received: Received) => void = () => undefined
  const promise = new Promise<Received>((settle) => {
    resolve = settle
  })
  const handler = createNodeHandler({
    ...client.notifications,
    onNotification: (event) => resolve(event),
    onEvent: (event) => {
      if (event.type !== 'notification:rejected' || event.probe) return
      resolve({ rejected: event.code, error: event.error })
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
      const received = await untilAborted(promise, limit).catch(() => undefined)
      signal.throwIfAborted()
      return received
    },
    async close() {
      const closed = once(server, 'close')
      // The response to the notification may not be sent yet.
      server.close()
      const timer = setTimeout(() => server.closeAllConnections(), 1000)
      await closed
      clearTimeout(timer)
    },
  }
}
