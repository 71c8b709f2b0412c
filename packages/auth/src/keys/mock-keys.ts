import { isLoopbackUrl, type Remedy } from '@wechatpay-entrust/base'
import { isMockSerial, type PlatformKeys } from './platform-key.ts'

/**
 * The host of a request with the published keys of the mock, which only the mock accepts; undefined
 * for other keys, and if the host is this machine.
 */
export function hostForMockKeys(
  href: string,
  serialNumber: string,
  { serials }: Pick<PlatformKeys, 'serials'>,
): string | undefined {
  const isMock = isMockSerial(serialNumber) || serials.some(isMockSerial)
  return isMock && !isLoopbackUrl(href) ? new URL(href).host : undefined
}

/** What to do about a failure while the mock's keys are used with another host. */
export const mockKeysRemedy = (host: string): Remedy => ({
  en:
    `These are the keys of the mock, and ${host} is not on this machine: pass fetch: mock.fetch, or set baseUrl to the ` +
    "mock's. WeChat Pay itself needs your own keys.",
  zh: `当前使用的是模拟服务的密钥，而 ${host} 不是本机：请传入 fetch: mock.fetch，或将 baseUrl 设为模拟服务的地址。访问微信支付本身请使用您自己的密钥。`,
})

/** The error of a fetch that failed, with the remedy. A TypeError, as fetch throws. */
export function withMockKeysRemedy(cause: unknown, host: string): unknown {
  // What was aborted, and what is no error, is passed on unchanged.
  if (!(cause instanceof Error) || /^(Abort|Timeout)Error$/.test(cause.name)) return cause
  if ('remedy' in cause || 'unsent' in cause) return cause
  return Object.assign(new TypeError(cause.message, { cause }), { remedy: mockKeysRemedy(host) })
}
