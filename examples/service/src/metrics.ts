import type { InboxEvent, InboxStats, ReconcileEvent } from '@wechatpay-entrust/inbox'
import type { WeChatPayEvent } from 'wechatpay-entrust'

export type ServiceEvent = WeChatPayEvent | InboxEvent | ReconcileEvent

/** Upper ends in seconds. WeChat Pay waits 5 s, our own budget is 3.5 s. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3.5, 5]

export interface Metrics {
  count(event: ServiceEvent): void
  /** In the text format of Prometheus, version 0.0.4. */
  render(stats: InboxStats): string
}

/**
 * Few enough lines to need no library. Labels have a fixed number of values: no id, no contract, no
 * user.
 */
export function createMetrics(): Metrics {
  const counts = new Map<string, number>()
  const below = buckets.map(() => 0)
  const answers = { count: 0, seconds: 0 }

  return {
    count(event) {
      const code =
        event.type === 'notification:rejected' || event.type === 'notification:failed'
          ? event.code
          : ''
      const labels = `type="${event.type}",code="${code}"`
      counts.set(labels, (counts.get(labels) ?? 0) + 1)
      if (!event.type.startsWith('notification:') || !('durationMs' in event)) return
      const seconds = event.durationMs / 1000
      for (const [index, end] of buckets.entries())
        if (seconds <= end) below[index] = (below[index] ?? 0) + 1
      answers.count++
      answers.seconds += seconds
    },
    render({ oldestReadyMs, ...states }) {
      const lines = [
        '# HELP wechatpay_events_total What the SDK and the inbox have told.',
        '# TYPE wechatpay_events_total counter',
        ...[...counts].map(([labels, count]) => `wechatpay_events_total{${labels}} ${count}`),
        '# HELP wechatpay_notification_answer_seconds From the first byte of a notification to the answer.',
        '# TYPE wechatpay_notification_answer_seconds histogram',
        ...buckets.map(
          (end, index) =>
            `wechatpay_notification_answer_seconds_bucket{le="${end}"} ${below[index]}`,
        ),
        `wechatpay_notification_answer_seconds_bucket{le="+Inf"} ${answers.count}`,
        `wechatpay_notification_answer_seconds_sum ${answers.seconds}`,
        `wechatpay_notification_answer_seconds_count ${answers.count}`,
        '# HELP wechatpay_inbox_records Notifications in the inbox. Of all processes: take the maximum, not the sum.',
        '# TYPE wechatpay_inbox_records gauge',
        ...Object.entries(states).map(
          ([state, count]) => `wechatpay_inbox_records{state="${state}"} ${count}`,
        ),
        '# HELP wechatpay_inbox_oldest_ready_seconds Age of the oldest notification that waits to be handled.',
        '# TYPE wechatpay_inbox_oldest_ready_seconds gauge',
        `wechatpay_inbox_oldest_ready_seconds ${oldestReadyMs / 1000}`,
      ]
      return `${lines.join('\n')}\n`
    },
  }
}
