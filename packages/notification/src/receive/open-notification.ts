import { type ApiV3Keys, importApiV3Keys } from '@wechatpay-entrust/auth'
import { isPending, isRecord, type MaybePromise } from '@wechatpay-entrust/base'
import type { Spec, SpecInput } from '@wechatpay-entrust/core'
import { addMessageIds, NotificationError } from '../errors/notification-error.ts'
import { type Envelope, parseEnvelope, parseJson } from '../message/envelope.ts'
import {
  type AnyNotification,
  type EventTypes,
  kindOf,
  type NotificationOf,
} from '../message/events.ts'
import { openWith } from '../message/resource.ts'
import { requireOpenOptions } from './option-check.ts'
import type { OpenOptions } from './receive-options.ts'

/**
 * Parses and decrypts a body whose signature is already verified: one just received, or one from a
 * store. It checks neither signature nor age, so never pass it a body straight from the network.
 *
 * @throws {NotificationError} `malformed-body`, `malformed-envelope`, `unsupported-algorithm`,
 * `malformed-nonce`, `malformed-ciphertext`, `malformed-associated-data`, `not-openable`,
 * `malformed-plaintext`, `wrong-mchid`
 * @throws {ConfigurationError} `unknown-option`, `malformed-option`, `not-text`,
 * `malformed-api-v3-key`
 */
export async function openNotification<
  const S extends SpecInput = readonly [],
  const Names extends EventTypes = EventTypes,
>(body: Uint8Array, options: OpenOptions<S, Names>): Promise<NotificationOf<S, Names>> {
  requireOpenOptions(options)
  const keys = importApiV3Keys(options.apiV3Key)
  const envelope = parseEnvelope(body)
  try {
    return (await openEnvelope(
      envelope,
      keys,
      options as unknown as OpenOptions<Spec>,
    )) as NotificationOf<S, Names>
  } catch (error) {
    throw addMessageIds(error, { notificationId: envelope.id })
  }
}

/** The second half, without a promise if the key decrypts synchronously. */
export function openEnvelope(
  envelope: Envelope,
  keys: ApiV3Keys,
  { mchid, eventTypes, spec }: Pick<OpenOptions<Spec>, 'mchid' | 'eventTypes' | 'spec'>,
): MaybePromise<AnyNotification> {
  const read = (bytes: Uint8Array) => {
    const { text, value } = parseJson(bytes, 'malformed-plaintext')
    requireOwn(value, mchid)
    const kind = isRecord(value) ? kindOf(envelope.event_type, eventTypes, spec) : 'unknown'
    return toEvent(envelope, text, value, kind)
  }
  const opening = openWith(envelope.resource, keys)
  return isPending(opening) ? opening.then(read) : read(opening)
}

/**
 * Our own fields come last, so that no new field of the envelope can replace them.
 */
function toEvent(
  envelope: Envelope,
  plaintext: string,
  resource: unknown,
  kind: AnyNotification['kind'],
): AnyNotification {
  const { original_type } = envelope.resource
  const event =
    typeof original_type === 'string'
      ? { ...envelope, original_type, plaintext, kind, resource }
      : { ...envelope, plaintext, kind, resource }
  return event as AnyNotification // `resource` is a record where `kind` says so
}

/**
 * One platform key signs for all merchants (商户), so a genuine notification may be for another
 * merchant. The field is checked only if it is present: the schema is inferred, and the decryption
 * with this merchant's APIv3 key proves the same. In notifications of service providers the
 * institution is `sp_mchid`.
 */
function requireOwn(resource: unknown, mchid: string): void {
  if (!isRecord(resource)) return
  const field = (resource.sp_mchid ?? undefined) === undefined ? 'mchid' : 'sp_mchid'
  const named = resource[field]
  if (named === undefined || named === null || named === mchid) return
  throw new NotificationError(
    'wrong-mchid',
    `resource.${field}: found another merchant's; expected ${mchid}.`,
  )
}
