import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../workspace.ts'

/** A schema of the spec, with the texts for people. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly maximum?: number
  readonly enum?: readonly string[]
  readonly example?: unknown
  readonly 'x-known-values'?: readonly string[]
  readonly 'x-pattern-says'?: string
  readonly 'x-unknown'?: readonly string[]
  readonly 'x-inferred'?: boolean
  readonly 'x-inferred-why'?: string
  readonly 'x-personal'?: boolean
}

/** A parameter, or a response header, which has no `name` and no `in`. */
export interface Parameter {
  readonly $ref?: string
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
  readonly example?: unknown
  readonly 'x-inferred'?: boolean
  readonly 'x-inferred-why'?: string
}

export interface Message {
  readonly $ref?: string
  readonly description?: string
  readonly headers?: Readonly<Record<string, Parameter>>
  readonly content?: { readonly 'application/json': { readonly schema: Schema } }
}

export interface SpecError {
  readonly status: number
  readonly code: string
  readonly zh: string
  readonly remedyZh: string
  readonly remedyEn: string
  readonly source?: string
  readonly 'x-inferred'?: boolean
  readonly 'x-inferred-why'?: string
}

export interface Operation {
  readonly operationId: string
  readonly tags: readonly [string]
  readonly summary: string
  readonly description: string
  readonly externalDocs: { readonly description: string; readonly url: string }
  readonly parameters: readonly Parameter[]
  readonly requestBody?: Message
  readonly responses: Readonly<Record<string, Message>>
  readonly 'x-retry-says': string
  readonly 'x-errors': readonly SpecError[]
  readonly 'x-event-types'?: readonly string[]
  readonly 'x-opened-resource'?: Schema
  readonly 'x-inferred'?: boolean
  readonly 'x-inferred-why'?: string
}

export interface Spec {
  readonly info: { readonly version: string }
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly 'x-error-codes': readonly SpecError[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly webhooks: Readonly<Record<string, { readonly post: Operation }>>
  readonly components: object
}

/** The spec with its texts; `@wechatpay-entrust/core/spec` leaves them out. */
export const readSpec = (): Spec => parse(readFileSync(join(root, 'spec/openapi.yaml'), 'utf8'))

/** The target of a `$ref`, or the value itself when it has none. */
export function resolve<T extends { readonly $ref?: string }>(spec: Spec, value: T): T {
  if (value.$ref === undefined) return value
  const steps = value.$ref.replace(/^#\//, '').split('/')
  const found = steps.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    spec,
  )
  if (found === undefined) throw new Error(`spec/openapi.yaml: ${value.$ref} does not exist`)
  return resolve(spec, found as T)
}
