import type { OperationId } from '../call/operation.ts'
import { bodySchemas, requestSchemas } from '../generated/request-schemas.ts'
import type { JsonSchema, RequestSchema } from '../schema/json-schema.ts'
import { describeViolation } from '../schema/violation-text.ts'
import { findViolations, type SchemaViolation } from '../schema/violations.ts'
import { RequestError, type RequestProblem } from './request-error.ts'
import type { Parameters } from './request-path.ts'

const definitions: { readonly [name: string]: JsonSchema } = bodySchemas
const requests: { readonly [id: string]: RequestSchema } = requestSchemas

/** The arguments of a call, not checked yet. */
export interface GivenArguments {
  readonly json?: unknown
  readonly path?: Parameters | undefined
  readonly query?: Parameters | undefined
}

/** One place where the arguments violate the spec. */
interface RequestViolation extends SchemaViolation {
  readonly location: 'path' | 'query' | 'body'
}

/**
 * Checks an operation's arguments against the spec. The check can be turned off, because the server
 * has the final decision.
 *
 * @throws {RequestError} with every violation
 */
export function checkRequest(
  id: OperationId,
  given: GivenArguments,
  { allowLoopbackHttp }: { readonly allowLoopbackHttp: boolean },
): void {
  const schemas = requests[id] ?? {}
  const violations: RequestViolation[] = []
  if (schemas.path) checkParameters('path', schemas.path, given.path, violations)
  checkParameters('query', schemas.query ?? {}, given.query, violations)
  violations.push(...unknownQueryParameters(schemas.query ?? {}, given.query))
  if (schemas.json !== undefined) {
    for (const violation of checkBody(schemas.json, given.json, allowLoopbackHttp))
      violations.push({ ...violation, location: 'body' })
  }
  if (violations.length === 0) return
  throw new RequestError(
    id,
    violations.map(describeProblem) as [RequestProblem, ...RequestProblem[]],
  )
}

function describeProblem(violation: RequestViolation): RequestProblem {
  const { field, code, location } = violation
  const isBodyMissing = location === 'body' && field === '' && code === 'missing-field'
  const expected = isBodyMissing ? { expected: 'the request body, as `json`' } : {}
  return { code, location, field, ...describeViolation(violation), ...expected }
}

/** `fillPath` rejects unknown path parameters. */
function unknownQueryParameters(
  schemas: NonNullable<RequestSchema['query']>,
  given: Parameters = {},
): RequestViolation[] {
  return Object.entries(given)
    .filter(([name, value]) => value !== undefined && !Object.hasOwn(schemas, name))
    .map(([field, value]) => ({
      code: 'unknown-field',
      location: 'query',
      field,
      schema: { properties: schemas },
      value,
    }))
}

function checkParameters(
  location: 'path' | 'query',
  schemas: NonNullable<RequestSchema['path']>,
  given: Parameters = {},
  violations: RequestViolation[],
): void {
  for (const [name, schema] of Object.entries(schemas)) {
    // `fillPath` rejects a missing path parameter, also when this check is off.
    if (given[name] === undefined) continue
    const found = findViolations(schema, given[name], { definitions })
    violations.push(...found.map((violation) => ({ ...violation, location, field: name })))
  }
}

function checkBody(name: string, json: unknown, allowLoopbackHttp: boolean): SchemaViolation[] {
  const schema = definitions[name] ?? {}
  if (json === undefined) return [{ field: '', code: 'missing-field', schema, value: json }]
  // Pass the schema object itself: prepared schemas are cached by object identity, and a new `$ref`
  // object would miss the cache.
  return findViolations(schema, json, { definitions, allowLoopbackHttp })
}
