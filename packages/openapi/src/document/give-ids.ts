import type { CleanOperation } from '../operations/clean-operation.ts'
import { deriveOperationId } from '../operations/operation-id.ts'
import type { Report } from '../problems/report.ts'
import { below } from '../source/pointer.ts'
import type { Parts } from './parts.ts'

/** Gives an id to each operation that has none, and reports ids that appear twice. */
export function giveIds({ operations, webhooks, own }: Parts, report: Report): CleanOperation[] {
  const known = new Map<string, string>(
    webhooks.map(({ name, place }) => [name, `the webhook of ${place.source.file}`]),
  )
  return operations.map(({ operation, context }) => {
    const { method, path, title, place } = context
    const derived = deriveOperationId(method, path)
    const at = { source: place.source, pointer: below(place.pointer, 'operationId') }
    const { operationId: given } = operation
    let id = derived
    if (given === undefined)
      report.note(
        'operation-id',
        place,
        'No operationId: the id is made from method and path',
        title,
      )
    else if (typeof given !== 'string' || given === '')
      report.problem('operation-id', at, `operationId: ${JSON.stringify(given)}`)
    else if (Object.hasOwn(own?.operations ?? {}, given))
      report.note(
        'operation-id',
        at,
        'The client has another operation with this id; it is made from method and path',
        `${given} of ${title}`,
      )
    else id = given
    const other = known.get(id)
    // The same operation twice has the same id; it is reported as such.
    if (other !== undefined && other !== title)
      report.problem(
        'operation-id-repeated',
        at,
        `the operationId ${JSON.stringify(id)} of ${title}, which ${other} has, too`,
      )
    known.set(id, title)
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(id))
      report.note(
        'operation-id',
        at,
        'An operationId is no identifier: write it in quotes, operations["…"]',
        id,
      )
    return { context, operation: { ...operation, operationId: id } }
  })
}
