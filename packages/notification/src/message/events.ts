import type { components, Spec, SpecInput, TypesOf } from '@wechatpay-entrust/core'
import { ownSpec, specsOf } from '@wechatpay-entrust/core/spec'
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
 * A verified notification of a webhook of `spec`. First check `kind`, then `event_type`, which says
 * what the resource is. Like ours, the resource may have fewer and other fields than the document
 * says.
 */
export interface SpecNotification<Type extends string = string, Resource = unknown>
  extends EventBase {
  readonly kind: 'event'
  readonly event_type: Type
  readonly resource: Partial<Resource>
}

/**
 * A verified notification whose `event_type` is neither in our spec nor in `spec` nor in
 * `eventTypes`, or whose resource is not an object.
 */
export interface UnknownNotification extends EventBase {
  readonly kind: 'unknown'
  readonly resource: unknown
}

/** A notification that passed every check. Switch on `kind`. */
export type ContractNotification = ContractSigned | ContractTerminated | UnknownNotification

interface AnyResource {
  readonly [field: string]: unknown
}

/** A document without types for its events has them all the same. */
type ByEventType<Resources> = [keyof Resources & string] extends [never]
  ? SpecNotification<string, AnyResource>
  : {
      [Type in keyof Resources & string]: SpecNotification<Type, Resources[Type]>
    }[keyof Resources & string]

type Members<T> = T extends object ? T : object

/** The event types of `eventTypes` for each webhook, as far as the compiler knows them. */
type ByOption<Webhooks, Names> = {
  [Name in keyof Names]: Name extends 'signed' | 'terminated'
    ? never
    : Names[Name] extends readonly (infer Type extends string)[]
      ? string extends Type
        ? never
        : SpecNotification<Type, Name extends keyof Webhooks ? Webhooks[Name] : AnyResource>
      : never
}[keyof Names]

/**
 * The notifications that a receiver with `spec` and `eventTypes` returns: those of our own spec, and
 * one for each event type of the documents. Without a spec, also as in `ReturnType<typeof
 * createWeChatPay>`: those of our own spec.
 */
export type NotificationOf<
  S extends SpecInput = readonly [],
  Names extends EventTypes = EventTypes,
> = SpecInput extends S ? ContractNotification : OfSpec<S, Names>

type OfSpec<S extends SpecInput, Names> = S extends readonly []
  ? ContractNotification
  :
      | ContractNotification
      | ByEventType<Members<TypesOf<S, 'events'>>>
      | ByOption<Members<TypesOf<S, 'webhooks'>>, Names>

/** What any receiver returns, for code that does not depend on the spec. */
export type AnyNotification = NotificationOf<Spec>

/**
 * The `event_type` values of each kind. WeChat Pay does not publish the values of this product; the
 * defaults are those of the most similar product, 委托代扣. A list given here replaces the default
 * list of its kind. A type that is in both lists counts as signed.
 *
 * With `spec`, a name may also be that of a webhook of the document: for a document that does not
 * name the event types.
 */
export interface EventTypes {
  /** Default `['ENTRUST.SIGN']`. */
  readonly signed?: readonly string[]
  /** Default `['ENTRUST.TERMINATE']`. */
  readonly terminated?: readonly string[]
  readonly [webhook: string]: readonly string[] | undefined
}

/** The kind of an event type. Ours comes first, so that no document can change it. */
export function kindOf(
  eventType: string,
  { signed, terminated, ...others }: EventTypes = {},
  spec?: SpecInput,
): AnyNotification['kind'] {
  if ((signed ?? ownTypes('contractSigned')).includes(eventType)) return 'signed'
  if ((terminated ?? ownTypes('contractTerminated')).includes(eventType)) return 'terminated'
  if (spec === undefined) return 'unknown'
  const isEvent =
    specsOf(spec).some((one) => typesOf(one).has(eventType)) ||
    Object.values(others).some((types) => types?.includes(eventType))
  return isEvent ? 'event' : 'unknown'
}

const ownTypes = (name: string) => ownSpec.webhooks[name]?.eventTypes ?? []

const known = new WeakMap<Spec, ReadonlySet<string>>()

/** The event types of a document, collected once. */
function typesOf(spec: Spec): ReadonlySet<string> {
  const types =
    known.get(spec) ?? new Set(Object.values(spec.webhooks).flatMap(({ eventTypes }) => eventTypes))
  known.set(spec, types)
  return types
}
