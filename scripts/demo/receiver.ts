import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  acceptedResponse,
  type ContractNotification,
  type NotificationResponse,
  responseFor,
  type WeChatPay,
} from 'wechatpay-entrust'

/** One received notification, and the response to it. */
export interface Received {
  readonly event?: ContractNotification
  readonly error?: Error & { readonly code?: string }
  readonly response: NotificationResponse
}

export interface Receiver {
  readonly notifyUrl: string
  /** Resolves with the next received notification. */
  next(): Promise<Received>
  close(): void
}

/** A merchant's notification endpoint, made with `node:http` only. */
export async function startReceiver(wechatpay: () => WeChatPay): Promise<Receiver> {
  const queue: Received[] = []
  const waiting: ((received: Received) => void)[] = []
  const server = createServer(async (request, response) => {
    const received = await receive(wechatpay(), request)
    const { status, headers, body } = received.response
    response.writeHead(status, headers).end(body)
    const resolve = waiting.shift()
    if (resolve) resolve(received)
    else queue.push(received)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    notifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    next: () => {
      const received = queue.shift()
      return received ? Promise.resolve(received) : new Promise((resolve) => waiting.push(resolve))
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function receive(
  wechatpay: WeChatPay,
  request: Parameters<WeChatPay['receiveNotification']>[0],
): Promise<Received> {
  try {
    return { event: await wechatpay.receiveNotification(request), response: acceptedResponse }
  } catch (error) {
    return { error: error as Error, response: responseFor(error) }
  }
}
