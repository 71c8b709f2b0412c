import { isRecord, JsonError, readJsonStrict, utf8 } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors/notification-error.ts'
import type { SealedResource } from './resource.ts'

/**
 * The body of a notification: the event and its encrypted resource. All APIv3 notifications have
 * this form. https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 */
export interface Envelope {
  /** Unique id of the notification (通知ID). A resent notification has the same id. */
  readonly id: string
  /** RFC 3339. */
  readonly create_time: string
  readonly event_type: string
  /** `encrypt-resource`. One official page shows another value, so no check depends on it. */
  readonly resource_type?: string
  readonly summary?: string
  readonly resource: SealedResource
}

/**
 * Parses a body whose signature is verified.
 *
 * @throws {NotificationError} `malformed-body`, `malformed-envelope`
 */
export function parseEnvelope(body: Uint8Array): Envelope {
  const envelope = parseJson(body, 'malformed-body').value
  if (!isRecord(envelope)) throw malformed('the body is not an object')
  const { id, create_time, event_type, resource_type = '', summary = '', resource } = envelope
  // One check per field: a loop over names would need a slower lookup for each message.
  if (!isText(id)) throw malformed('id is not text')
  if (!isText(create_time)) throw malformed('create_time is not text')
  if (!isText(event_type)) throw malformed('event_type is not text')
  if (typeof resource_type !== 'string') throw malformed('resource_type is not text')
  if (typeof summary !== 'string') throw malformed('summary is not text')
  // The documented limit is 36 characters. A store needs some limit, and a printable key.
  if (!/^[!-~]{1,64}$/.test(id)) throw malformed('id is longer than 64 characters, or not ASCII')
  // `openWith` checks the fields of the resource and does not rely on these types.
  if (!isRecord(resource)) throw malformed('resource is not an object')
  return envelope as unknown as Envelope
}

/** The bytes of the body, as the platform signs and sends them. */
export function formatEnvelope(envelope: Envelope): Uint8Array {
  const {
    id,
    create_time,
    resource_type = 'encrypt-resource',
    event_type,
    summary,
    resource,
  } = envelope
  return utf8(JSON.stringify({ id, create_time, resource_type, event_type, summary, resource }))
}

/** Parses strict JSON. The error text names the broken rule and quotes nothing of the JSON. */
export function parseJson(
  bytes: Uint8Array,
  code: 'malformed-body' | 'malformed-plaintext',
): { readonly text: string; readonly value: unknown } {
  try {
    return readJsonStrict(bytes)
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    const what = code === 'malformed-body' ? 'The body' : 'The opened resource'
    throw new NotificationError(
      code,
      `${what} is not JSON that can be trusted (${cause.code}): ${cause.message}.`,
      { cause },
    )
  }
}

function malformed(found: string): NotificationError {
  return new NotificationError(
    'malformed-envelope',
    `The body: found that ${found}; expected id, create_time, event_type and resource as documented.`,
  )
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
