import { isRecord } from '@wechatpay-entrust/base'
import type { InputDocument } from '../operations/input-document.ts'
import { convertSchemas } from '../operations/swagger.ts'
import type { Report } from '../problems/report.ts'
import { reportCircles } from '../schemas/circles.ts'
import type { Normalise } from '../schemas/normalise.ts'
import { below } from '../source/pointer.ts'
import type { Bundle } from './bundle.ts'
import type { NamedSchema } from './final-names.ts'

/** All schemas that are referred to, and all named ones of `documents`, in the form of 3.1. */
export function finishSchemas(
  documents: readonly InputDocument[],
  { bundle, normalise, report }: { bundle: Bundle; normalise: Normalise; report: Report },
): NamedSchema[] {
  for (const document of documents) addNamed(document, bundle)
  const schemas = bundle.finish()
  const old = schemas.filter(({ prefix }) => prefix === '#/definitions/')
  const converted = convertSchemas(
    Object.fromEntries(old.map(({ token, value }) => [token, value])),
  )
  const finished = schemas.map((schema) => ({
    schema,
    value: normalise(converted[schema.token] ?? schema.value, schema.place),
  }))
  reportCircles(finished, report)
  return finished
}

function addNamed({ source, value, isSwagger, prefix }: InputDocument, bundle: Bundle): void {
  const { components, definitions } = value
  const named = isSwagger ? definitions : isRecord(components) ? components.schemas : undefined
  if (!isRecord(named)) return
  const home = isSwagger ? '/definitions' : '/components/schemas'
  for (const [name, schema] of Object.entries(named))
    bundle.schemaAt({ source, pointer: below(home, name), value: schema }, prefix)
}
