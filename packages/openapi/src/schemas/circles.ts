import { isRecord } from '@wechatpay-entrust/base'
import type { NamedSchema } from '../bundle/final-names.ts'
import type { Report } from '../problems/report.ts'

/**
 * Reports schemas that consist of themselves: through `$ref`, `allOf`, `anyOf` or `oneOf` alone. No
 * check of a value would end. Through properties and items a schema may refer to itself.
 */
export function reportCircles(all: readonly NamedSchema[], report: Report): void {
  const parts = new Map(all.map(({ schema, value }) => [schema.token, partsOf(value)]))
  for (const { schema } of all) {
    const seen = new Set<string>()
    const pending = [...(parts.get(schema.token) ?? [])]
    for (let token = pending.pop(); token !== undefined; token = pending.pop()) {
      if (token === schema.token) {
        report.problem(
          'schema-circular',
          schema.place,
          `the schema ${schema.name}, which consists of itself`,
        )
        break
      }
      if (seen.has(token)) continue
      seen.add(token)
      pending.push(...(parts.get(token) ?? []))
    }
  }
}

/** The tokens that a schema consists of. */
function partsOf(value: unknown): string[] {
  if (!isRecord(value)) return []
  const { $ref, allOf, anyOf, oneOf } = value
  const own = typeof $ref === 'string' ? [$ref.slice($ref.lastIndexOf('/') + 1)] : []
  const lists = [allOf, anyOf, oneOf].flatMap((list) => (Array.isArray(list) ? list : []))
  return [...own, ...lists.flatMap(partsOf)]
}
