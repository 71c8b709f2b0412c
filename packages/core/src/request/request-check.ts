import type { OperationId } from '../call/operation.ts'
import { bodySchemas, requestSchemas } from '../generated/request-schemas.ts'
import type { JsonSchema, RequestSchema } from '../schema/json-schema.ts'
import { findViolations, type SchemaViolation } from '../schema/violations.ts'
import type { Parameters } from './request-path.ts'

const definitions: { readonly [name: string]: JsonSchema } = bodySchemas
const requests: { readonly [id: string]: RequestSchema } = requestSchemas

/** What an operation is called with, before any of it is believed. */
export interface GivenArguments {
  readonly json?: unknown
  readonly path?: Parameters | undefined
  readonly query?: Parameters | undefined
}

/** One place where the arguments do not fit the spec. */
export interface RequestViolation extends SchemaViolation {
  readonly location: 'path' | 'query' | 'body'
}

/**
 * Holds an operation's arguments against the spec and gives everything that is wrong with them at
 * once, for `request-refusal.ts` to say. The server has the last word, so this can be turned off.
 */
export function findRequestViolations(
  id: OperationId,
  given: GivenArguments,
  { allowLoopbackHttp }: { readonly allowLoopbackHttp: boolean },
): RequestViolation[] {
  const schemas = requests[id] ?? {}
  const violations: RequestViolation[] = []
  if (schemas.path) checkParameters('path', schemas.path, given.path, violations)
  if (schemas.query) checkParameters('query', schemas.query, given.query, violations)
  if (schemas.json !== undefined) {
    for (const violation of checkBody(schemas.json, given.json, allowLoopbackHttp))
      violations.push({ ...violation, location: 'body' })
  }
  return violations
}

function checkParameters(
  location: 'path' | 'query',
  schemas: NonNullable<RequestSchema['path']>,
  given: Parameters = {},
  violations: RequestViolation[],
): void {
  for (const [name, schema] of Object.entries(schemas)) {
    // An absent path parameter is refused where the path is filled, which nothing turns off.
    if (given[name] === undefined) continue
    const found = findViolations(schema, given[name], { definitions })
    violations.push(...found.map((violation) => ({ ...violation, location, field: name })))
  }
}

function checkBody(name: string, json: unknown, allowLoopbackHttp: boolean): SchemaViolation[] {
  const schema = definitions[name] ?? {}
  if (json === undefined) return [{ field: '', code: 'missing-field', schema, value: json }]
  // The schema itself: what is made of one is kept with it, and a reference made here would be a
  // new one each time.
  return findViolations(schema, json, { definitions, allowLoopbackHttp })
}
