const loopbackNames: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

/**
 * Whether an address names this very machine: `127.0.0.1`, `[::1]` or `localhost`, with any port.
 */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackNames.includes(new URL(url).hostname)
}

/** What a base URL must be, for an error text. */
export const baseUrlExpected =
  'https:// and a host without a path, such as https://api.mch.weixin.qq.com (http:// only for this machine)'

/**
 * Says what is wrong with a base URL; undefined when nothing is. Over http, openids would cross the
 * network in clear.
 */
export function findBaseUrlFault(baseUrl: string): string | undefined {
  if (typeof baseUrl !== 'string') return `a value of type ${typeof baseUrl}`
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined) return 'no URL; is the scheme missing?'
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'another scheme'
  if (`${url.origin}/` !== url.href) return 'a URL with a path, a query or a user name'
  if (url.protocol === 'http:' && !isLoopbackUrl(baseUrl)) return 'http to another machine'
  return undefined
}

/** WeChat Pay's main host (主域名), the entrance that is near. */
const mainBaseUrl = 'https://api.mch.weixin.qq.com'

/** Its backup host (备域名), the entrance elsewhere. */
const backupOfMain = 'https://api2.mch.weixin.qq.com'

/** What a client is told about its hosts. */
export interface Hosts {
  readonly baseUrl?: string | undefined
  readonly backupBaseUrl?: string | false | undefined
}

/**
 * The base URLs that a client will use, main one first. A host of your own has no backup unless you
 * name one.
 */
export function baseUrlsOf({ baseUrl = mainBaseUrl, backupBaseUrl }: Hosts): readonly string[] {
  const isMain = URL.canParse(baseUrl) && new URL(baseUrl).origin === mainBaseUrl
  const backup = backupBaseUrl ?? (isMain ? backupOfMain : false)
  return backup === false ? [baseUrl] : [baseUrl, backup]
}
