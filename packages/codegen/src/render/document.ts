/**
 * The parts of a normalised OpenAPI document that the renderers read: every `$ref` is
 * `#/components/schemas/NAME`, and each operation has an `operationId`.
 */
import { isRecord } from '@wechatpay-entrust/base'

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly title?: string
  readonly description?: string
  readonly properties?: { readonly [name: string]: Schema }
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly default?: unknown
  readonly 'x-pattern-says'?: string
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}

export interface Body {
  readonly description?: string
  readonly required?: boolean
  readonly content?: { readonly [mediaType: string]: { readonly schema?: Schema } }
}

export interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly externalDocs?: { readonly url?: string }
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: Body
  readonly responses?: { readonly [status: string]: Body }
  readonly 'x-errors'?: readonly { readonly code?: unknown; readonly 'x-inferred'?: unknown }[]
}

export interface Document {
  readonly paths?: { readonly [path: string]: PathItem }
  readonly webhooks?: { readonly [name: string]: PathItem }
  readonly components?: { readonly schemas?: { readonly [name: string]: Schema } }
}

export type PathItem = { readonly [method: string]: unknown }

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The operations of a path by method. */
export const operationsOf = (item: PathItem): [method: string, operation: Operation][] =>
  methods.flatMap((method) =>
    isRecord(item[method]) ? [[method, item[method] as unknown as Operation]] : [],
  )

/** The schema that `$ref` points to; a schema without `$ref` is returned as it is. */
export function resolveSchema(document: Document, schema: Schema): Schema {
  const seen = new Set<Schema>()
  let found = schema
  while (found.$ref !== undefined && !seen.has(found)) {
    seen.add(found)
    found = document.components?.schemas?.[schemaName(found.$ref)] ?? {}
  }
  return found
}

/** `#/components/schemas/NAME` → `NAME`. */
export const schemaName = (ref: string): string =>
  decodeURIComponent(ref.slice(ref.lastIndexOf('/') + 1))
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')

/** The schema of a JSON body. */
export const jsonSchemaOf = (body: Body | undefined): Schema | undefined =>
  body?.content?.['application/json']?.schema
