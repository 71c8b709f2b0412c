import { isRecord } from '@wechatpay-entrust/base'
import type { InputDocument } from '../operations/input-document.ts'
import { convertSchema } from '../operations/swagger.ts'
import type { Report } from '../problems/report.ts'
import { reportCircles } from '../schemas/circles.ts'
import type { Normalise } from '../schemas/normalise.ts'
import { below } from '../source/pointer.ts'
import type { Bundle } from './bundle.ts'
import type { NamedSchema } from './final-names.ts'
import type { Resolver, Target } from './resolve.ts'

/** All schemas that are referred to, and all named ones of `documents`, in the form of 3.1. */
export function finishSchemas(
  documents: readonly InputDocument[],
  { bundle, normalise, report }: { bundle: Bundle; normalise: Normalise; report: Report },
): NamedSchema[] {
  for (const document of documents)
    for (const place of namedSchemas(document)) bundle.schemaAt(place, document.prefix)
  const schemas = bundle.finish()
  const finished = schemas.map((schema) => {
    const { value, place, prefix } = schema
    const converted = prefix === '#/definitions/' ? convertSchema(value, place, report) : value
    return { schema, value: normalise(converted, place) }
  })
  reportCircles(finished, report)
  return finished
}

/** Its named schemas that are only references give their names to what they refer to. */
export function addAliases(document: InputDocument, bundle: Bundle, quiet: Resolver): void {
  for (const place of namedSchemas(document)) bundle.addAlias(place, quiet)
}

function namedSchemas({ source, value, isSwagger }: InputDocument): Target[] {
  const { components, definitions } = value
  const named = isSwagger ? definitions : isRecord(components) ? components.schemas : undefined
  const home = isSwagger ? '/definitions' : '/components/schemas'
  return Object.entries(isRecord(named) ? named : {}).map(([name, schema]) => ({
    source,
    pointer: below(home, name),
    value: schema,
  }))
}
