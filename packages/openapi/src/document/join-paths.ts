import type { CleanOperation } from '../operations/clean-operation.ts'
import { keyOf } from '../operations/select.ts'
import type { Report } from '../problems/report.ts'
import type { OpenApiDocument } from './openapi-document.ts'

/** The operations by path and method, in the order in which they were read. */
export function joinPaths(
  operations: readonly CleanOperation[],
  report: Report,
): OpenApiDocument['paths'] {
  const paths = new Map<string, { [method: string]: unknown }>()
  const first = new Map<string, CleanOperation>()
  for (const one of operations) {
    const { path, method, title, place } = one.context
    const key = keyOf(method, path)
    const known = first.get(key)
    if (known === undefined) first.set(key, one)
    else if (known.context.path === path)
      report.problem(
        'operation-repeated',
        place,
        `${title}, which is in ${known.context.place.source.file}, too`,
      )
    else
      report.note(
        'path-pair',
        place,
        'Two paths differ only in the names of parameters; both are kept, and the mock plays the first that fits',
        `${title} and ${known.context.path}`,
      )
    const item = paths.get(path) ?? {}
    item[method] = one.operation
    paths.set(path, item)
  }
  return Object.fromEntries(paths)
}
