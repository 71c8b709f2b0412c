import { member } from '@wechatpay-entrust/base'
import type { JsonSchema } from '../schema/json-schema.ts'
import type { Definitions } from '../schema/prepared-schema.ts'
import { describeViolation } from '../schema/violation-text.ts'
import {
  findViolations,
  type SchemaCheckOptions,
  type SchemaViolation,
} from '../schema/violations.ts'
import type { KnownOperation } from '../spec/registry.ts'
import { RequestError, type RequestProblem } from './request-error.ts'
import type { Parameters } from './request-path.ts'

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
  { id, method, request = {}, definitions }: KnownOperation,
  given: GivenArguments,
  { allowLoopbackHttp }: { readonly allowLoopbackHttp: boolean },
): void {
  const { json, path = {}, query = {}, requiredQuery = [] } = request
  // `fillPath` rejects a missing path parameter, also when this check is off.
  const violations = [
    ...checkParameters('path', path, given.path, definitions),
    ...checkParameters('query', query, given.query, definitions),
    ...missingQueryParameters(query, requiredQuery, given.query),
    ...unknownQueryParameters(query, given.query),
  ]
  const isBodyChecked = given.json !== undefined || !request.isJsonOptional
  if (json !== undefined && method !== 'GET' && isBodyChecked) {
    for (const violation of checkBody(json, given.json, { definitions, allowLoopbackHttp }))
      violations.push({ ...violation, location: 'body' })
  }
  const [first, ...others] = violations.map(describeProblem)
  if (first !== undefined) throw new RequestError(id, [first, ...others])
}

function describeProblem(violation: RequestViolation): RequestProblem {
  const { field, code, location } = violation
  const isBodyMissing = location === 'body' && field === '' && code === 'missing-field'
  const expected = isBodyMissing ? { expected: 'the request body, as `json`' } : {}
  return { code, location, field, ...describeViolation(violation), ...expected }
}

type Schemas = { readonly [name: string]: JsonSchema }

/** An empty array sends no parameter. */
function missingQueryParameters(
  schemas: Schemas,
  required: readonly string[],
  given: Parameters | undefined,
): RequestViolation[] {
  const isMissing = (value: unknown) =>
    value === undefined || (Array.isArray(value) && value.length === 0)
  return required
    .filter((name) => isMissing(member(given, name)))
    .map((field) => ({
      code: 'missing-field',
      location: 'query',
      field,
      schema: schemas[field] ?? {},
      value: undefined,
    }))
}

/** `fillPath` rejects unknown path parameters. */
function unknownQueryParameters(
  schemas: Schemas,
  given: Parameters | undefined,
): RequestViolation[] {
  return Object.entries(given ?? {})
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
  schemas: Schemas,
  given: Parameters | undefined,
  definitions: Definitions,
): RequestViolation[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const value = member(given, name)
    if (value === undefined) return []
    return findViolations(schema, value, { definitions }).map((violation) => ({
      ...violation,
      location,
      field: name,
    }))
  })
}

function checkBody(
  schema: JsonSchema,
  json: unknown,
  options: SchemaCheckOptions,
): SchemaViolation[] {
  if (json === undefined) return [{ field: '', code: 'missing-field', schema, value: json }]
  return findViolations(schema, json, options)
}
