import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0'
import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import type { Report } from '../problems/report.ts'
import type { Place } from '../source/source.ts'
import type { InputDocument } from './input-document.ts'

/**
 * Converts one operation of Swagger 2.0. It is given alone, with the parameters of its path and with
 * `consumes` and `produces` of its document: the converter reads the parameters of a path only for
 * the methods after them. Without `consumes` and `produces`, JSON is assumed.
 */
export function convertOperation(
  operation: Json,
  { value }: InputDocument,
  place: Place,
  report: Report,
): Json {
  const { consumes, produces } = value
  const parts = { consumes, produces, paths: { '/': { post: operation } } }
  const { paths } = upgrade(parts, place, report)
  const item = isRecord(paths) ? paths['/'] : undefined
  return isRecord(item) && isRecord(item.post) ? item.post : {}
}

/** Converts a schema of Swagger 2.0. */
export function convertSchema(schema: unknown, place: Place, report: Report): unknown {
  const { components } = upgrade({ definitions: { schema } }, place, report)
  const schemas = isRecord(components) ? components.schemas : undefined
  return isRecord(schemas) ? schemas.schema : {}
}

/** The converter rewrites references only in a document with `definitions`. */
function upgrade(parts: Json, place: Place, report: Report): Json {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined)
  try {
    return upgradeFromTwoToThree({
      swagger: '2.0',
      definitions: {},
      ...Object.fromEntries(given),
    }) as unknown as Json
  } catch {
    report.problem(
      'structure',
      place,
      'something that Swagger 2.0 does not have here',
      'Swagger 2.0',
    )
    return {}
  }
}
