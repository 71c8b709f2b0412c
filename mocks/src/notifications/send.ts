import { findJsonLoss, isPlainObject } from '@wechatpay-entrust/base'
import { describeValue, invalidValue, requireOptions } from '../arguments/require-values.ts'
import { text, type ValueTypes } from '../arguments/value-types.ts'
import type { PlatformSource } from '../platform/platform.ts'
import type { LastRequest } from './last-request.ts'
import type { Notice } from './notification.ts'

/** Any notification of WeChat Pay. */
export interface NotificationToSend {
  /** E.g. `TRANSACTION.SUCCESS`. */
  readonly event_type: string
  /** The content, which is encrypted: a JSON object. */
  readonly resource: object
  /**
   * Where to send it. Default: the `notify_url` of the latest verified request that had one. Required
   * without such a request, unless the mock has the option `deliver`, which then gets
   * `https://notify.invalid/`.
   */
  readonly notify_url?: string
  /** Default: the `event_type`. */
  readonly summary?: string
  /** Default: the first word of `event_type` in lower case, e.g. `transaction`. */
  readonly original_type?: string
  /** Default: the `original_type`. */
  readonly associated_data?: string
}

const address = {
  expected: 'an http or https address',
  test: (value: unknown) => typeof value === 'string' && isHttp(value),
}

const memberTypes: ValueTypes<NotificationToSend> = {
  event_type: text,
  resource: { expected: 'a JSON object', test: isPlainObject },
  notify_url: address,
  summary: text,
  original_type: text,
  associated_data: text,
}

export interface NoticeParts {
  readonly lastRequest: LastRequest
  readonly platform: PlatformSource
  /** Whether the test delivers notifications itself, so that the address does not matter. */
  readonly isDeliveredByTest: boolean
}

/**
 * The notification, with its defaults.
 *
 * @throws {ConfigurationError} for what cannot be sent
 */
export function readNotice(
  given: NotificationToSend,
  { lastRequest, platform, isDeliveredByTest }: NoticeParts,
): Notice {
  if (!isPlainObject(given))
    throw invalidValue(
      'notification',
      describeValue(given),
      'an object with event_type and resource',
    )
  requireOptions<NotificationToSend>(given, memberTypes)
  const { event_type, resource } = given
  for (const name of ['event_type', 'resource'] as const)
    if (given[name] === undefined) throw invalidValue(name, 'nothing', memberTypes[name].expected)
  const loss = findJsonLoss(resource)
  if (loss !== undefined)
    throw invalidValue(`resource${loss.field}`, loss.found, 'a value that JSON can hold')
  const [first = ''] = event_type.toLowerCase().split('.', 1)
  const { original_type = first || 'event', summary = event_type } = given
  const url = given.notify_url ?? lastRequest.notifyUrl ?? fallback(isDeliveredByTest)
  return {
    ...{ url, event_type, summary, original_type },
    associated_data: given.associated_data ?? original_type,
    resource: JSON.parse(JSON.stringify(resource)),
    signer: platform.notificationSigner(lastRequest.signer ?? platform.defaultSigner),
  }
}

function fallback(isDeliveredByTest: boolean): string {
  if (isDeliveredByTest) return 'https://notify.invalid/'
  throw invalidValue(
    'notify_url',
    'nothing, and no verified request had a notify_url',
    address.expected,
  )
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
}
