import { type ApiV3Keys, importApiV3Keys } from './api-v3-keys.ts'
import { type Envelope, isRecord, parseEnvelope, readJson } from './envelope.ts'
import { locate, NotificationError } from './errors.ts'
import {
  type ContractNotification,
  type ContractSigned,
  type ContractTerminated,
  type EventTypes,
  kindOf,
  type UnknownNotification,
} from './events.ts'
import { openResource, type SealedResource } from './resource.ts'

/** Whose notification it must be, and the keys that open it. */
export interface OpenOptions {
  /** The APIv3 key; a list while it changes, the current one first; or what `importApiV3Keys` returned. */
  readonly apiV3Key: string | readonly string[] | ApiV3Keys
  /** Your own merchant id. Serving several, choose it by the route that you gave as `notify_url`, never by the body. */
  readonly mchid: string
  /** Which `event_type` means what; see {@link EventTypes}. */
  readonly eventTypes?: EventTypes | undefined
}

/**
 * Parses and opens a body whose signature held: one just received, or one that a store kept sealed. It judges neither
 * signature nor age, so it takes nothing that comes straight from the network.
 *
 * @throws {NotificationError} `malformed-body`, `malformed-envelope`, `unsupported-algorithm`, `malformed-nonce`,
 *   `malformed-ciphertext`, `malformed-associated-data`, `not-openable`, `malformed-plaintext`, `wrong-mchid`
 * @throws {ConfigurationError} `not-text`, `malformed-api-v3-key`
 */
export async function openNotification(body: Uint8Array, options: OpenOptions): Promise<ContractNotification> {
  const keys = importApiV3Keys(options.apiV3Key)
  const envelope = parseEnvelope(body)
  try {
    const bytes = await openResource(envelope.resource, keys)
    const { text: plaintext, value: resource } = readJson(bytes, 'malformed-plaintext')
    requireOwn(resource, options.mchid)
    // What we found out goes last: the envelope may grow fields, and none of them may take its place.
    return { ...envelope, ...originalType(envelope.resource), plaintext, ...classify(envelope, resource, options) }
  } catch (error) {
    throw locate(error, { notificationId: envelope.id })
  }
}

function classify(
  { event_type }: Envelope,
  resource: unknown,
  { eventTypes }: OpenOptions,
): Pick<ContractSigned | ContractTerminated, 'kind' | 'resource'> | Pick<UnknownNotification, 'kind' | 'resource'> {
  const kind = kindOf(event_type, eventTypes)
  return kind !== 'unknown' && isRecord(resource) ? { kind, resource } : { kind: 'unknown', resource }
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
