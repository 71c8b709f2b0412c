import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  acceptedResponse,
  type ContractNotification,
  type NotificationResponse,
  responseFor,
  type WeChatPay,
} from 'wechatpay-entrust'

/** One notification that came in, and how it was answered. */
export interface Received {
  readonly event?: ContractNotification
  readonly error?: Error & { readonly code?: string }
  readonly answer: NotificationResponse
}

export interface Receiver {
  readonly notifyUrl: string
  /** The next notification that comes in. */
  next(): Promise<Received>
  close(): void
}

/** A merchant's endpoint for notifications: `node:http` and nothing else. */
export async function startReceiver(wechatpay: () => WeChatPay): Promise<Receiver> {
  const received: Received[] = []
  const waiting: ((one: Received) => void)[] = []
  const server = createServer(async (request, response) => {
    const one = await receive(wechatpay(), request)
    response.writeHead(one.answer.status, one.answer.headers).end(one.answer.body)
    const resolve = waiting.shift()
    if (resolve) resolve(one)
    else received.push(one)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    notifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    next: () => {
      const one = received.shift()
      return one ? Promise.resolve(one) : new Promise((resolve) => waiting.push(resolve))
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
    return { event: await wechatpay.receiveNotification(request), answer: acceptedResponse }
  } catch (error) {
    return { error: error as Error, answer: responseFor(error) }
  }
}
