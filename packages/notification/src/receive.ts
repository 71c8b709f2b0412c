import { type PlatformKeys, requireMchid, verifyMessage } from '@wechatpay-entrust/auth'
import { type ApiV3Keys, importApiV3Keys } from './api-v3-keys.ts'
import { type Envelope, isRecord, parseEnvelope, parseJson } from './envelope.ts'
import { locate, NotificationError } from './errors.ts'
import { type ContractNotification, type EventTypes, kindOf } from './events.ts'
import { checkContentHeaders, readHeaders, readRequestId } from './headers.ts'
import { readRawBody } from './raw-body.ts'
import { type NotificationRequest, type OpenedRequest, openRequest } from './request-forms.ts'
import { openResource, type SealedResource } from './resource.ts'

/** What {@link receiveNotification} checks a notification against. */
export interface ReceiveOptions {
  /** The keys that WeChat Pay signs with, from `createPlatformKeys`. */
  readonly platformKeys: PlatformKeys
  /** The APIv3 key; a list while it changes, the current one first; or what `importApiV3Keys` returned. */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** Your own merchant id. Serving several, choose it by the route that you gave as `notify_url`, never by the body. */
  readonly mchid: string
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Which `event_type` means what; see {@link EventTypes}. */
  readonly eventTypes?: EventTypes | undefined
  /**
   * Your own comparison against what you stored when you pre-signed: `out_contract_code`, `openid`, `service_id`. WeChat
   * Pay asks for it against false notifications (防假通知). Anything but `true` refuses the notification.
   */
  readonly expect?: ((event: ContractNotification) => boolean | Promise<boolean>) | undefined
  /** Longest body that is read, in bytes. Default 65,536; real ones have 1 to 2 kB. */
  readonly maxBytes?: number | undefined
}

/**
 * Takes a notification from WeChat Pay and returns it only if all of it holds: size, headers, signature over the raw
 * bytes, age of at most 300 s either way, seal, merchant, and your own `expect`. Nothing is opened or parsed before the
 * signature held.
 *
 * The same notification comes again when your answer is lost, and a copy sent within 300 s passes as well: act on each
 * `id` once.
 *
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 *
 * @throws {SignatureError} The message is not proven to be WeChat Pay's. Answer 401.
 * @throws {NotificationError} See {@link NotificationErrorCode}: 401 for what is the message's fault, 500 for your own;
 *   `answerFor(error)` knows which.
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`, `malformed-mchid`. Answer 500.
 *
 * @example
 * ```ts
 * import type { PlatformKeys } from '@wechatpay-entrust/auth'
 * import { acceptedAnswer, answerFor, receiveNotification, toResponse } from '@wechatpay-entrust/notification'
 *
 * declare const platformKeys: PlatformKeys
 * declare const apiV3Key: string
 *
 * export async function POST(request: Request): Promise<Response> {
 *   try {
 *     const event = await receiveNotification(request, { platformKeys, apiV3Key, mchid: '1900009191' })
 *     if (event.kind === 'signed') console.log(event.resource.contract_id)
 *     return toResponse(acceptedAnswer)
 *   } catch (error) {
 *     return toResponse(answerFor(error))
 *   }
 * }
 * ```
 */
export async function receiveNotification(
  request: NotificationRequest,
  options: ReceiveOptions,
): Promise<ContractNotification> {
  const keys = importApiV3Keys(options.apiV3Key)
  requireMchid(options.mchid)
  const opened = openRequest(request)
  const message = { requestId: readRequestId(opened), notificationId: undefined as string | undefined }
  try {
    const envelope = parseEnvelope(await readVerified(opened, options))
    message.notificationId = envelope.id
    const event = readEvent(envelope, await openResource(envelope.resource, keys), options)
    await requireExpected(event, options.expect)
    return event
  } catch (error) {
    throw locate(error, message)
  }
}

/** Cheap checks first: what the headers alone can refuse costs no reading, and what the size can refuse no RSA. */
async function readVerified(request: OpenedRequest, options: ReceiveOptions): Promise<Uint8Array> {
  const { platformKeys, clock = Date.now, maxBytes = 65_536 } = options
  const headers = readHeaders(request)
  checkContentHeaders(headers, maxBytes)
  const body = await readRawBody(request.body, maxBytes)
  await verifyMessage({ headers, body }, { platformKeys, clock })
  return body
}

function readEvent(envelope: Envelope, bytes: Uint8Array, options: ReceiveOptions): ContractNotification {
  const resource = parseJson(bytes, 'malformed-plaintext')
  requireOwn(resource, options.mchid)
  const { resource: sealed, ...rest } = envelope
  // Strict UTF-8 without a byte order mark, by now: decoding changes nothing.
  const event = { ...rest, ...originalType(sealed), plaintext: new TextDecoder().decode(bytes) }
  const kind = kindOf(envelope.event_type, options.eventTypes)
  // What we found out goes last: the envelope may grow fields, and none of them may take its place.
  return kind !== 'unknown' && isRecord(resource)
    ? { ...event, kind, resource }
    : { ...event, kind: 'unknown', resource }
}

const originalType = ({ original_type }: SealedResource) => (typeof original_type === 'string' ? { original_type } : {})

/**
 * One platform key signs for all merchants (商户), so a genuine notification may be somebody else's. The field is checked
 * where it is: the schema is inferred, and that the resource opened with this merchant's own APIv3 key says the same.
 * In service-provider notifications the institution is `sp_mchid`.
 */
function requireOwn(resource: unknown, mchid: string): void {
  if (!isRecord(resource)) return
  const named = resource.sp_mchid ?? resource.mchid
  if (named === undefined || named === null || named === mchid) return
  throw new NotificationError(
    'wrong-mchid',
    `The notification is another merchant's, not ${mchid}'s. If you serve several, check which notify_url each was given.`,
  )
}

async function requireExpected(event: ContractNotification, expect: ReceiveOptions['expect']): Promise<void> {
  if (expect === undefined) return
  let answer: boolean
  try {
    answer = await expect(event)
  } catch (cause) {
    // Wrapped, so that an error of a query made in there is not taken for one of this message.
    throw new NotificationError(
      'expect-failed',
      'expect threw, so nothing is known of this notification; what it threw is the cause.',
      { cause },
    )
  }
  if (answer === true) return
  throw new NotificationError(
    'unexpected',
    `expect answered ${typeof answer === 'boolean' ? answer : `with ${typeof answer}`}; only true accepts. Either the ` +
      'notification does not fit your records (假通知), or expect forgets to return its comparison.',
  )
}
