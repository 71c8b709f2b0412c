import { bodySchemas, requestSchemas } from './generated/request-schemas.ts'
import type { JsonSchema, RequestSchema } from './json-schema.ts'
import type { OperationId } from './operation.ts'
import { RequestError, type RequestProblem } from './request-error.ts'
import type { Parameters } from './request-path.ts'
import { checkSchema } from './schema-check.ts'

const definitions: { readonly [name: string]: JsonSchema } = bodySchemas
const requests: { readonly [id: string]: RequestSchema } = requestSchemas

/** What an operation is called with, before any of it is believed. */
export interface GivenArguments {
  readonly json?: unknown
  readonly path?: Parameters | undefined
  readonly query?: Parameters | undefined
}

/**
 * Checks an operation's arguments against the spec and reports everything that is wrong with them at once. The server has
 * the last word, so this can be turned off.
 *
 * @throws {RequestError}
 */
export function checkRequest(
  id: OperationId,
  given: GivenArguments,
  { allowLoopbackHttp }: { readonly allowLoopbackHttp: boolean },
): void {
  const schemas = requests[id] ?? {}
  const problems: RequestProblem[] = []
  problems.push(
    ...checkParameters('path', schemas.path, given.path),
    ...checkParameters('query', schemas.query, given.query),
  )
  if (schemas.json !== undefined) {
    for (const violation of checkBody(schemas.json, given.json, allowLoopbackHttp))
      problems.push({ ...violation, location: 'body' })
  }
  const [first, ...rest] = problems
  if (first !== undefined) throw new RequestError(id, [first, ...rest])
}

function checkParameters(
  location: 'path' | 'query',
  schemas: RequestSchema['path'] = {},
  given: Parameters = {},
): RequestProblem[] {
  return Object.entries(schemas).flatMap(([name, schema]) => {
    // An absent path parameter is refused where the path is filled, which nothing turns off.
    if (given[name] === undefined) return []
    return checkSchema(schema, given[name], { definitions }).map((violation) => ({
      ...violation,
      location,
      field: name,
    }))
  })
}

function checkBody(name: string, json: unknown, allowLoopbackHttp: boolean): Omit<RequestProblem, 'location'>[] {
  if (json === undefined)
    return [{ field: '', code: 'missing-field', expected: 'the request body, as `json`', found: 'nothing' }]
  // The schema itself: what is made of one is kept with it, and a reference made here would be a new one each time.
  return checkSchema(definitions[name] ?? {}, json, { definitions, allowLoopbackHttp })
}

const personalNames = new Set<string>()
for (const { properties = {} } of Object.values(definitions)) {
  for (const [name, schema] of Object.entries(properties)) if (schema['x-personal']) personalNames.add(name)
}

/** The personal values in a body, wherever they stand: what a log must not repeat. */
export function personalValues(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null || depth > 8) return []
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === 'string' && personalNames.has(name) && member !== ''
      ? [member]
      : personalValues(member, depth + 1),
  )
}
