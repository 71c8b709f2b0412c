import { type ApiV3Keys, importApiV3Keys } from '@wechatpay-entrust/auth'
import { isPending, isRecord, type MaybePromise } from '@wechatpay-entrust/base'
import { addMessageIds, NotificationError } from '../errors.ts'
import { type Envelope, parseEnvelope, parseJson } from '../message/envelope.ts'
import { type ContractNotification, type EventTypes, kindOf } from '../message/events.ts'
import { openWith } from '../message/resource.ts'

/** Whose notification it must be, and the keys that open it. */
export interface OpenOptions {
  /**
   * The APIv3 key; a list while it changes, the current one first; or what `importApiV3Keys`
   * returned.
   */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /**
   * Your own merchant id. Serving several, choose it by the route that you gave as `notify_url`,
   * never by the body.
   */
  readonly mchid: string
  /** Which `event_type` means what; see {@link EventTypes}. */
  readonly eventTypes?: EventTypes | undefined
}

/**
 * Parses and opens a body whose signature held: one just received, or one that a store kept sealed.
 * It judges neither signature nor age, so it takes nothing that comes straight from the network.
 *
 * @throws {NotificationError} `malformed-body`, `malformed-envelope`, `unsupported-algorithm`,
 * `malformed-nonce`, `malformed-ciphertext`, `malformed-associated-data`, `not-openable`,
 * `malformed-plaintext`, `wrong-mchid`
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`
 */
export async function openNotification(
  body: Uint8Array,
  options: OpenOptions,
): Promise<ContractNotification> {
  const keys = importApiV3Keys(options.apiV3Key)
  const envelope = parseEnvelope(body)
  try {
    return await openEnvelope(envelope, keys, options)
  } catch (error) {
    throw addMessageIds(error, { notificationId: envelope.id })
  }
}

/** The second half of it, at once where the key opens at once. */
export function openEnvelope(
  envelope: Envelope,
  keys: ApiV3Keys,
  { mchid, eventTypes }: Pick<OpenOptions, 'mchid' | 'eventTypes'>,
): MaybePromise<ContractNotification> {
  const read = (bytes: Uint8Array) => {
    const { text, value } = parseJson(bytes, 'malformed-plaintext')
    requireOwn(value, mchid)
    return toEvent(envelope, text, value, eventTypes)
  }
  const opening = openWith(envelope.resource, keys)
  return isPending(opening) ? opening.then(read) : read(opening)
}

/**
 * What we found out goes last: the envelope may grow fields, and none of them may take its place.
 */
function toEvent(
  envelope: Envelope,
  plaintext: string,
  resource: unknown,
  eventTypes: EventTypes | undefined,
): ContractNotification {
  const { original_type } = envelope.resource
  const kind = isRecord(resource) ? kindOf(envelope.event_type, eventTypes) : 'unknown'
  const event =
    typeof original_type === 'string'
      ? { ...envelope, original_type, plaintext, kind, resource }
      : { ...envelope, plaintext, kind, resource }
  return event as ContractNotification // `resource` is a record where `kind` says so
}

/**
 * One platform key signs for all merchants (商户), so a genuine notification may be somebody else's.
 * The field is checked where it is: the schema is inferred, and that the resource opened with this
 * merchant's own APIv3 key says the same. In service-provider notifications the institution is
 * `sp_mchid`.
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
