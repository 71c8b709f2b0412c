import { ConfigurationError } from '@wechatpay-entrust/auth'

const days = 86_400_000

/**
 * WeChat Pay resends a notification for one day (24 h 4 min). A week also covers what people send
 * again by hand.
 */
const shortestHorizonMs = 7 * days

/**
 * For stores: rejects the deletion of records that may arrive again. `now` is the store's clock,
 * in milliseconds since the epoch.
 *
 * @throws {ConfigurationError} `prune-horizon`
 */
export function requireHorizon(doneBefore: Date, now: number): void {
  const age = now - doneBefore.getTime()
  if (age >= shortestHorizonMs) return
  throw new ConfigurationError('prune-horizon', {
    slot: 'doneBefore',
    found: Number.isNaN(age)
      ? 'no date'
      : `a time ${(age / days).toFixed(2)} days ago by the store's clock`,
    expected: 'a time at least 7 days ago',
    remedy: {
      en: 'Choose an earlier time: a notification that is delivered again after its record was deleted would be handled twice.',
      zh: '请选择更早的时间：记录删除后若再次收到同一通知，会重复处理。',
    },
  })
}
