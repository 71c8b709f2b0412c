import { createWebHandler } from '@wechatpay-entrust/notification/web'
import { receiverOptions } from './receiver.ts'
import { runCases } from './run-cases.ts'

let receive: ReturnType<typeof createWebHandler> | undefined

export default {
  /** What `workerd test` calls. */
  async test(): Promise<void> {
    if (!(await runCases(console.log))) throw new Error('some cases failed')
  },
  /**
   * What `workerd serve` calls. Made at the first request: before that a worker may not do much.
   */
  async fetch(request: Request): Promise<Response> {
    receive ??= createWebHandler(receiverOptions())
    return receive(request)
  },
}
