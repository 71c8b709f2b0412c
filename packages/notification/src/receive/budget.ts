import { describeOption, untilAborted } from '@wechatpay-entrust/base'
import { malformedOption } from './option-check.ts'

/** One deadline shared by all steps of handling a request. */
export interface Deadline {
  /**
   * Settles like `work`, or rejects with `late()` when the time is over. `late()` is also the
   * reason of the signal.
   */
  within<T>(work: (signal: AbortSignal) => Promise<T>, late: () => Error): Promise<T>
}

/**
 * WeChat Pay waits 5 s for the response. The rest is for the network and a busy machine.
 */
const defaultBudgetMs = 3500
const longestBudgetMs = 4500

/**
 * Starts at `start`, a value of `performance.now()`. A timer runs only during a wait.
 *
 * @throws {ConfigurationError} `malformed-option`
 */
export function createDeadline(
  budgetMs: number = defaultBudgetMs,
  start = performance.now(),
): Deadline {
  if (!(budgetMs > 0 && budgetMs <= longestBudgetMs)) {
    throw malformedOption(
      'budgetMs',
      describeOption(budgetMs),
      `milliseconds, more than 0 and at most ${longestBudgetMs}`,
      {
        en: 'WeChat Pay waits 5 s for the response, and then sends the notification again.',
        zh: '微信支付最多等待应答 5 秒，超时后会重新发送该通知。',
      },
    )
  }
  const end = start + budgetMs
  return {
    async within(work, late) {
      const controller = new AbortController()
      const { signal } = controller
      const stop = () => controller.abort(late())
      const timer = setTimeout(stop, Math.max(0, end - performance.now()))
      try {
        return await untilAborted(work(signal), signal)
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
