import { describeType, isLoopbackUrl } from '@wechatpay-entrust/base'
import { serverUrls } from '../generated/spec.ts'

/** What a base URL must be, for an error text. */
export const baseUrlExpected = `https:// and a host without a path, such as ${serverUrls[0]} (http:// only for this machine)`

/**
 * Describes what is wrong with a base URL; undefined when nothing is. Plain http would send openids
 * over the network unencrypted.
 */
export function findBaseUrlFault(baseUrl: string): string | undefined {
  if (typeof baseUrl !== 'string') return describeType(baseUrl)
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined) return 'no URL; is the scheme missing?'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'another scheme'
  if (`${url.origin}/` !== url.href) return 'a URL with a path, a query or a user name'
  if (url.protocol === 'http:' && !isLoopbackUrl(baseUrl)) return 'http to another machine'
  return undefined
}

/** The options of a client that choose its hosts. */
export interface Hosts {
  /** Scheme and host, without a path. Default: `https://api.mch.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /**
   * Host of the next attempts after a failed connection, a 502, 503 or 504: WeChat Pay's backup host
   * (备域名). `false`: no backup. Default: `https://api2.mch.weixin.qq.com`, and none with a `baseUrl`
   * of your own.
   */
  readonly backupBaseUrl?: string | false | undefined
}

/** The base URLs that a client will use: the main host (主域名), then the backup host if there is one. */
export function baseUrlsOf({ baseUrl = serverUrls[0], backupBaseUrl }: Hosts): readonly string[] {
  const isMain = URL.canParse(baseUrl) && new URL(baseUrl).origin === serverUrls[0]
  const backup = backupBaseUrl ?? (isMain ? serverUrls[1] : false)
  return backup === false ? [baseUrl] : [baseUrl, backup]
}
