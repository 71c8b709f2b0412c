import { type Remedy, RemedyError } from '@wechatpay-entrust/base'
import { isLoopbackUrl } from '@wechatpay-entrust/core'
import { requireOptions } from '../arguments/require-values.ts'
import { listOf, type ValueTypes } from '../arguments/value-types.ts'

/** One attempt to deliver a notification to the merchant. */
export interface DeliveryRequest {
  readonly url: string
  /** Names in the documented case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** Ends the attempt: after five seconds, and when the mock is reset. */
  readonly signal: AbortSignal
}

/** Makes one attempt and returns the HTTP status of the response; throws if there is none. */
export type Deliver = (request: DeliveryRequest) => Promise<number>

/** The functions that send over the network, so that the address matters. */
const overNetwork = new WeakSet<Deliver>()

export function markAsNetwork(deliver: Deliver): Deliver {
  overNetwork.add(deliver)
  return deliver
}

export const isOverNetwork = (deliver: Deliver): boolean => overNetwork.has(deliver)

export interface DeliveryPolicy {
  /**
   * Host names that notifications may be sent to, besides loopback, e.g. `['shop.test']`. Default: none.
   */
  readonly allowNotifyHosts?: readonly string[]
}

export const deliveryPolicyTypes: ValueTypes<DeliveryPolicy> = {
  allowNotifyHosts: listOf({
    expected: 'a host name without scheme and port',
    test: (value) => typeof value === 'string' && /^([^\s/:@[\]]+|\[[0-9a-f:.]+\])$/i.test(value),
  }),
}

/** Why no attempt was made. `message` ends with the remedy. */
class DeliveryError extends RemedyError {
  override readonly name = 'DeliveryError'

  constructor(finding: string, remedy: Remedy) {
    super(`${finding}. ${remedy.en}`, remedy)
  }
}

const otherUrl: Remedy = {
  en: 'Pass the plain address of your receiver.',
  zh: '请填写接收端的普通 http 或 https 地址。',
}

export const notLoopback = (): Error =>
  new DeliveryError('notify_url is not loopback, and its host is not in allowNotifyHosts', {
    en: 'Add the host to allowNotifyHosts, or to --allow-notify-host of the command.',
    zh: '请将该主机名加入 allowNotifyHosts；使用命令行时请用 --allow-notify-host。',
  })

export const noAddress = (): Error =>
  new DeliveryError('the host of notify_url has no address', {
    en: 'Check the name, and the DNS of this machine.',
    zh: '请检查域名以及本机的 DNS 设置。',
  })

/** Parses an address. Rejects it if its scheme or its credentials are not allowed. */
export function checkNotifyUrl(
  url: string,
  { allowNotifyHosts = [] }: DeliveryPolicy,
): { url: URL; named: boolean } {
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')
    throw new DeliveryError('notify_url is neither http nor https', otherUrl)
  if (parsed.username !== '' || parsed.password !== '')
    throw new DeliveryError('notify_url holds a user name or a password', otherUrl)
  const named = allowNotifyHosts.some((host) => host.toLowerCase() === parsed.hostname)
  return { url: parsed, named }
}

/**
 * Delivers by the global `fetch`, which is looked up at each call so that MSW and stubs see it.
 * Only to loopback or the hosts in `allowNotifyHosts`: a test suite that still has the address of an
 * example must not post to a stranger.
 *
 * @throws {ConfigurationError} for an unknown or invalid option
 */
export function createFetchDelivery(policy: DeliveryPolicy = {}): Deliver {
  requireOptions(policy, deliveryPolicyTypes)
  return markAsNetwork(async ({ url, headers, body, signal }) => {
    const { named } = checkNotifyUrl(url, policy)
    if (!named && !isLoopbackUrl(url)) throw notLoopback()
    const response = await globalThis.fetch(url, {
      method: 'POST',
      headers: { ...headers },
      body: body as Uint8Array<ArrayBuffer>,
      signal,
      redirect: 'manual',
    })
    await response.body?.cancel()
    return response.status
  })
}
