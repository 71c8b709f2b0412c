/**
 * The form in which an OpenAPI document reaches client and mock: what codegen writes as `spec`. Our
 * own document has the same form.
 */
import type { OperationEffect, OperationError } from '../call/operation.ts'
import type { JsonSchema } from '../schema/json-schema.ts'

/**
 * The operations of one or several OpenAPI documents as data, with their types. Made by
 * `npx @wechatpay-entrust/codegen`; a new version of the form gets a new `specVersion`.
 */
export interface Spec<Types extends SpecTypes = SpecTypes> {
  readonly specVersion: 1
  /** `info.title` of the documents, for error texts. */
  readonly title: string
  readonly operations: { readonly [id: string]: SpecOperation }
  /** What `#/components/schemas/NAME` refers to. */
  readonly schemas: { readonly [name: string]: JsonSchema }
  readonly webhooks: { readonly [name: string]: SpecWebhook }
  /** Arguments and response of an operation, for mocks and tests; a mock makes others from schemas. */
  readonly examples?: { readonly [id: string]: SpecExample }
  /** Only for the compiler: there is no such member at run time. */
  readonly '~types'?: Types
}

/** The types that codegen writes beside the data. */
export interface SpecTypes {
  /** By id: `{ getOrder: OperationCall<…> }`. */
  readonly operations: object
  /** By path, as properties: `{ v3: { pay: { … } } }`. */
  readonly tree: object
  /** By path as text: `{ 'v3/pay/…': { post, postAsync } }`. */
  readonly routes: object
  /** The decrypted resource of each `event_type`: `{ 'TRANSACTION.SUCCESS': … }`. */
  readonly events: object
  /** The decrypted resource of each webhook by its name, also of those without an `event_type`. */
  readonly webhooks?: object
}

/** One operation as data. */
export interface SpecOperation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** The path template, with `{name}` for each path parameter. */
  readonly path: string
  /** `safe`: repeating the call with the same parameters has no second effect. */
  readonly retry: 'safe' | 'unsafe'
  /** The status of success: 200, 201, 204 … */
  readonly status: number
  /** Absent: no arguments. */
  readonly request?: SpecRequest
  /** Schema of the JSON of success; absent: no body. */
  readonly response?: JsonSchema
  /** Fields of the request that the response repeats: they must be equal. */
  readonly echo?: readonly string[]
  readonly summary?: string
  /** The address of its page. */
  readonly page?: string
  /** What to do after an unknown outcome, in English and Chinese. */
  readonly retrySays?: { readonly en: string; readonly zh: string }
  /** The effect that the mock plays; absent: it responds with an example. */
  readonly effect?: OperationEffect
  /** Absent: the error table of the APIv3 rules. */
  readonly errors?: readonly OperationError[]
}

/** The arguments of an operation. */
export interface SpecRequest {
  /** Schema of the JSON body; absent: no body. */
  readonly json?: JsonSchema
  /** Whether the body may be left out. Default: false. */
  readonly isJsonOptional?: boolean
  readonly path?: { readonly [name: string]: JsonSchema }
  readonly query?: { readonly [name: string]: JsonSchema }
  /** Names of query parameters that are required. */
  readonly requiredQuery?: readonly string[]
}

/** A notification that WeChat Pay sends. */
export interface SpecWebhook {
  /** Its values of `event_type`. Empty: the document has none, so the caller names them. */
  readonly eventTypes: readonly string[]
  /** Schema of the decrypted resource. */
  readonly resource?: JsonSchema
  /** No official page documents the event types. */
  readonly inferred?: boolean
}

/** An example of an operation. */
export interface SpecExample {
  readonly args?: {
    readonly json?: unknown
    readonly path?: { readonly [name: string]: unknown }
    readonly query?: { readonly [name: string]: unknown }
  }
  /** The JSON of success. */
  readonly data?: unknown
}
