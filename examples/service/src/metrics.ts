import type { InboxEvent, InboxStats, ReconcileEvent } from '@wechatpay-entrust/inbox'
import type { WeChatPayEvent } from 'wechatpay-entrust'

export type ServiceEvent = WeChatPayEvent | InboxEvent | ReconcileEvent

/** Upper bounds in seconds. WeChat Pay waits 5 s; our own limit is 3.5 s. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3.5, 5]

export interface Metrics {
  count(event: ServiceEvent): void
  /** In the text format of Prometheus, version 0.0.4. */
  render(stats: InboxStats): string
}

/** Too small to need a library. Labels have few values: never an id, a contract or a user. */
export function createMetrics(): Metrics {
  const counts = new Map<string, number>()
  const below = buckets.map(() => 0)
  const responses = { count: 0, seconds: 0 }

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
      responses.count++
      responses.seconds += seconds
    },
    render({ oldestReadyMs, ...states }) {
      const lines = [
        '# HELP wechatpay_events_total Events of the SDK and the inbox.',
        '# TYPE wechatpay_events_total counter',
        ...[...counts].map(([labels, count]) => `wechatpay_events_total{${labels}} ${count}`),
        '# HELP wechatpay_notification_answer_seconds From the first byte of a notification to the response.',
        '# TYPE wechatpay_notification_answer_seconds histogram',
        ...buckets.map(
          (end, index) =>
            `wechatpay_notification_answer_seconds_bucket{le="${end}"} ${below[index]}`,
        ),
        `wechatpay_notification_answer_seconds_bucket{le="+Inf"} ${responses.count}`,
        `wechatpay_notification_answer_seconds_sum ${responses.seconds}`,
        `wechatpay_notification_answer_seconds_count ${responses.count}`,
        '# HELP wechatpay_inbox_records Notifications in the inbox. Every process reports all of them: use the maximum, not the sum.',
        '# TYPE wechatpay_inbox_records gauge',
        ...Object.entries(states).map(
          ([state, count]) => `wechatpay_inbox_records{state="${state}"} ${count}`,
        ),
        '# HELP wechatpay_inbox_oldest_ready_seconds Age of the oldest notification that is not handled yet.',
        '# TYPE wechatpay_inbox_oldest_ready_seconds gauge',
        `wechatpay_inbox_oldest_ready_seconds ${oldestReadyMs / 1000}`,
      ]
      return `${lines.join('\n')}\n`
    },
  }
}
