import type { JsonSchema, OperationId, SpecExample, SpecOperation } from '@wechatpay-entrust/core'

/** What `#/components/schemas/NAME` refers to. */
export type Definitions = { readonly [name: string]: JsonSchema }

/** An operation that the mock plays, with what belongs to it. */
export interface PlayedOperation {
  readonly operation: SpecOperation
  readonly definitions: Definitions
  readonly example: SpecExample | undefined
}

/** The arguments of a call. */
export interface CallArguments {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly json?: unknown
}

/** An id of our operations, which editors suggest, or of a document. */
export type AnyOperationId = OperationId | (string & {})
