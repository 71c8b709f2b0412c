import type { components } from '@wechatpay-entrust/core'
import { webhookTable } from '@wechatpay-entrust/core/spec'
import type { Envelope } from './envelope.ts'

type Schemas = components['schemas']

/**
 * The contract in a notification. WeChat Pay publishes no schema for this product's notifications.
 * This type is inferred from the response of the query and from similar products. So any field may
 * be absent, other fields may be present, and no notification is rejected because of the schema.
 * Check the fields that you use.
 */
export type SignedResource = Partial<Schemas['ContractSignedResource']>
/** See {@link SignedResource}. */
export type TerminatedResource = Partial<Schemas['ContractTerminatedResource']>

interface EventBase extends Omit<Envelope, 'resource'> {
  /** `original_type` of the resource. */
  readonly original_type?: string
  /** The decrypted resource: the JSON text of WeChat Pay. Contains personal data. */
  readonly plaintext: string
}

/** The user has signed the contract (签约). */
export interface ContractSigned extends EventBase {
  readonly kind: 'signed'
  readonly resource: SignedResource
}

/** The contract has been terminated (解约). */
export interface ContractTerminated extends EventBase {
  readonly kind: 'terminated'
  readonly resource: TerminatedResource
}

/**
 * A verified notification whose `event_type` is neither in the spec nor in `eventTypes`, or whose
 * resource is not an object.
 */
export interface UnknownNotification extends EventBase {
  readonly kind: 'unknown'
  readonly resource: unknown
}

/** A notification that passed every check. Switch on `kind`. */
export type ContractNotification = ContractSigned | ContractTerminated | UnknownNotification

/**
 * The `event_type` values of each kind. WeChat Pay does not publish the values of this product; the
 * defaults are those of the most similar product, 委托代扣. A list given here replaces the default
 * list of its kind. A type that is in both lists counts as signed.
 */
export interface EventTypes {
  /** Default `['ENTRUST.SIGN']`. */
  readonly signed?: readonly string[]
  /** Default `['ENTRUST.TERMINATE']`. */
  readonly terminated?: readonly string[]
}

export function kindOf(
  eventType: string,
  eventTypes: EventTypes = {},
): ContractNotification['kind'] {
  const signed: readonly string[] = eventTypes.signed ?? webhookTable.contractSigned.eventTypes
  if (signed.includes(eventType)) return 'signed'
  const terminated: readonly string[] =
    eventTypes.terminated ?? webhookTable.contractTerminated.eventTypes
  return terminated.includes(eventType) ? 'terminated' : 'unknown'
}
