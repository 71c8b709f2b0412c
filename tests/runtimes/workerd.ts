import { createWebHandler } from '@wechatpay-entrust/notification/web'
import { receiverOptions } from './receiver.ts'
import { runCases } from './run-cases.ts'

let receive: ReturnType<typeof createWebHandler> | undefined

export default {
  /** Called by `workerd test`. */
  async test(): Promise<void> {
    if (!(await runCases(console.log))) throw new Error('some cases failed')
  },
  /**
   * Called by `workerd serve`. The receiver is created at the first request: in global scope a
   * worker may do no I/O and use no random values.
   */
  async fetch(request: Request): Promise<Response> {
    receive ??= createWebHandler(receiverOptions())
    return receive(request)
  },
}
