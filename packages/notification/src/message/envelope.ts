import { consistsOf, isVisible, JsonError, readJsonStrict, utf8 } from '@wechatpay-entrust/base'
import { NotificationError } from '../errors.ts'
import type { SealedResource } from './resource.ts'

/**
 * A notification's body: what happened, and the sealed resource. The same for all APIv3
 * notifications. https://pay.weixin.qq.com/doc/v3/merchant/4012791836
 */
export interface Envelope {
  /** Unique id of the notification (通知ID): the same each time this notification is sent again. */
  readonly id: string
  /** RFC 3339. */
  readonly create_time: string
  readonly event_type: string
  /** `encrypt-resource`; one official page prints it otherwise, so nothing depends on it. */
  readonly resource_type?: string
  readonly summary?: string
  readonly resource: SealedResource
}

/**
 * Reads a body whose signature held.
 *
 * @throws {NotificationError} `malformed-body`, `malformed-envelope`
 */
export function parseEnvelope(body: Uint8Array): Envelope {
  const envelope = readJson(body, 'malformed-body').value
  if (!isRecord(envelope)) throw malformed('the body is not an object')
  const { id, create_time, event_type, resource_type = '', summary = '', resource } = envelope
  // One by one: a loop over names would look each up anew, for every message.
  if (!isText(id)) throw malformed('id is not text')
  if (!isText(create_time)) throw malformed('create_time is not text')
  if (!isText(event_type)) throw malformed('event_type is not text')
  if (typeof resource_type !== 'string') throw malformed('resource_type is not text')
  if (typeof summary !== 'string') throw malformed('summary is not text')
  // Documented are 36 characters; a store needs some bound, and a key that prints.
  if (!consistsOf(id, 64, isVisible))
    throw malformed('id is longer than 64 characters, or not ASCII')
  // What is in it is for openResource to judge, which trusts none of these types.
  if (!isRecord(resource)) throw malformed('resource is not an object')
  return envelope as unknown as Envelope
}

/** The body's bytes, as the platform signs and sends them. */
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

/** JSON as strictly as core reads it; which rule it broke is in the text, and none of the JSON. */
export function readJson(
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
      `${what} is not JSON that can be trusted (${cause.code}): ${cause.message}`,
      {
        cause,
      },
    )
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(found: string): NotificationError {
  return new NotificationError(
    'malformed-envelope',
    `The signature holds, but ${found}: this is none of the notifications that WeChat Pay documents.`,
  )
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
