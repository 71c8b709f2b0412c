import { quote, type Remedy } from '@wechatpay-entrust/base'
import { SignatureError } from '../errors.ts'

/**
 * Milliseconds since the epoch, like `Date.now`. It is an option so that tests can set the time.
 */
export type Clock = () => number

/**
 * A message is fresh if its timestamp is at most this many seconds in the past or in the future.
 */
export const freshnessSeconds = 300

/** Whole seconds since the epoch. */
export const nowInSeconds = (clock: Clock): number => Math.floor(clock() / 1000)

/**
 * Reads a timestamp header strictly (ten digits) and compares it with the clock in both directions:
 * 300 s are accepted, 301 s are rejected. `remedy` is that of the error, if the text is not from a
 * message of WeChat Pay.
 *
 * @throws SignatureError `malformed-header`, `stale-timestamp`
 */
export function requireFresh(
  text: string,
  name: string,
  clock: Clock,
  remedy?: Remedy,
): { readonly timestamp: number; readonly skewSeconds: number } {
  const timestamp = Number(text)
  if (text.length !== 10 || !(timestamp >= 1e9) || String(timestamp) !== text) {
    throw new SignatureError(
      'malformed-header',
      `${name}: found ${quote(text)}; expected Unix seconds, ten digits.`,
      { remedy },
    )
  }
  const skewSeconds = timestamp - nowInSeconds(clock)
  if (Math.abs(skewSeconds) > freshnessSeconds) {
    const side = skewSeconds < 0 ? 'behind' : 'ahead of'
    throw new SignatureError(
      'stale-timestamp',
      `${name} is ${Math.abs(skewSeconds)} s ${side} this machine's clock; at most ${freshnessSeconds} s are accepted.`,
      { remedy },
    )
  }
  return { timestamp, skewSeconds }
}
