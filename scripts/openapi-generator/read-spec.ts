import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { inRoot } from '../process/run-tool.ts'

export type Json = Record<string, unknown>
export interface Parameter extends Json {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Json
  readonly example?: unknown
}
interface Body {
  readonly content?: {
    readonly 'application/json': {
      readonly schema: { readonly $ref: string }
      readonly examples?: Readonly<Record<string, { readonly externalValue: string }>>
    }
  }
}
export interface SpecOperation extends Json {
  readonly operationId: string
  readonly parameters?: readonly Json[]
  readonly requestBody?: Body
  readonly responses: Readonly<Record<string, Body>>
}
export interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>
    readonly parameters: Readonly<Record<string, Parameter>>
  }
}

/** The parsed spec. Aliases become shared objects, which JSON.stringify writes out. */
export function readSpec(): Spec {
  return parse(readFileSync(inRoot('spec/openapi.yaml'), 'utf8'))
}

/** The operations that can be called, so without the webhooks. */
export function operationsOf(spec: Spec): SpecOperation[] {
  return Object.values(spec.paths).flatMap((path) => Object.values(path))
}

export function resolveParameter(spec: Spec, parameter: Json): Parameter {
  const found =
    typeof parameter.$ref === 'string'
      ? spec.components.parameters[lastSegment(parameter.$ref)]
      : parameter
  if (!found) throw new Error(`spec/openapi.yaml: ${parameter.$ref} does not exist`)
  return found as Parameter
}

/** The name at the end of a `$ref`. */
export const lastSegment = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)
