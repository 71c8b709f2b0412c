import type { components } from '@wechatpay-entrust/core'
import { webhookTable } from '@wechatpay-entrust/core/spec'
import type { Envelope } from './envelope.ts'

type Schemas = components['schemas']

/**
 * What a notification tells of its contract. WeChat Pay publishes no schema for this product's
 * notifications; these are inferred from the query's answer and from the sibling products. So every
 * field may be absent, more may come, and nothing is refused for not fitting: check what you rely
 * on.
 */
export type SignedResource = Partial<Schemas['ContractSignedResource']>
/** See {@link SignedResource}. */
export type TerminatedResource = Partial<Schemas['ContractTerminatedResource']>

interface EventBase extends Omit<Envelope, 'resource'> {
  /** `original_type` of the resource. */
  readonly original_type?: string
  /** The opened resource, the JSON text as WeChat Pay sealed it. Holds personal data. */
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
 * Genuine, but of an `event_type` that neither the spec nor `eventTypes` names, or about something
 * that is no object.
 */
export interface UnknownNotification extends EventBase {
  readonly kind: 'unknown'
  readonly resource: unknown
}

/** A notification that has passed every check. Switch on `kind`. */
export type ContractNotification = ContractSigned | ContractTerminated | UnknownNotification

/**
 * Which `event_type` means what. WeChat Pay does not publish the types of this product; the
 * defaults are those of its closest relative, 委托代扣. A list given here replaces the default of its
 * kind. One type in both lists counts as signed.
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
