import type { OperationId } from '../call/operation.ts'
import { bodySchemas, requestSchemas } from '../generated/request-schemas.ts'
import type { JsonSchema, RequestSchema } from '../schema/json-schema.ts'
import { findMisfits, type Misfit } from '../schema/violations.ts'
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
export interface RequestMisfit extends Misfit {
  readonly location: 'path' | 'query' | 'body'
}

/**
 * Holds an operation's arguments against the spec and gives everything that is wrong with them at
 * once, for `request-refusal.ts` to say. The server has the last word, so this can be turned off.
 */
export function findRequestMisfits(
  id: OperationId,
  given: GivenArguments,
  { allowLoopbackHttp }: { readonly allowLoopbackHttp: boolean },
): RequestMisfit[] {
  const schemas = requests[id] ?? {}
  const misfits: RequestMisfit[] = []
  if (schemas.path) checkParameters('path', schemas.path, given.path, misfits)
  if (schemas.query) checkParameters('query', schemas.query, given.query, misfits)
  if (schemas.json !== undefined) {
    for (const misfit of checkBody(schemas.json, given.json, allowLoopbackHttp))
      misfits.push({ ...misfit, location: 'body' })
  }
  return misfits
}

function checkParameters(
  location: 'path' | 'query',
  schemas: NonNullable<RequestSchema['path']>,
  given: Parameters = {},
  misfits: RequestMisfit[],
): void {
  for (const [name, schema] of Object.entries(schemas)) {
    // An absent path parameter is refused where the path is filled, which nothing turns off.
    if (given[name] === undefined) continue
    const found = findMisfits(schema, given[name], { definitions })
    misfits.push(...found.map((misfit) => ({ ...misfit, location, field: name })))
  }
}

function checkBody(name: string, json: unknown, allowLoopbackHttp: boolean): Misfit[] {
  const schema = definitions[name] ?? {}
  if (json === undefined) return [{ field: '', code: 'missing-field', schema, value: json }]
  // The schema itself: what is made of one is kept with it, and a reference made here would be a
  // new one each time.
  return findMisfits(schema, json, { definitions, allowLoopbackHttp })
}
