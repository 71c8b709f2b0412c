import { ConfigurationError } from '@wechatpay-entrust/auth'

const days = 86_400_000

/**
 * WeChat Pay repeats a notification for a day (24 h 4 min); a week leaves room for what people send
 * again by hand.
 */
const shortestHorizonMs = 7 * days

/**
 * For stores: refuses to forget records that may come again. `now` is the store's clock,
 * milliseconds since the epoch.
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
    fix: 'A notification that comes again after its record is forgotten would be handled a second time.',
  })
}
