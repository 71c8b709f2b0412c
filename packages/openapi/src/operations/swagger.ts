import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0'
import { isRecord } from '@wechatpay-entrust/base'
import type { Json } from '../bundle/bundle.ts'
import type { InputDocument } from './input-document.ts'

/**
 * Converts one operation of Swagger 2.0. It is given alone, with the parameters of its path and with
 * `consumes` and `produces` of its document: the converter reads the parameters of a path only for
 * the methods after them. Without `consumes` and `produces`, JSON is assumed.
 */
export function convertOperation(operation: Json, { value }: InputDocument): Json {
  const { consumes, produces } = value
  const { paths } = upgrade({ consumes, produces, paths: { '/': { post: operation } } })
  const item = isRecord(paths) ? paths['/'] : undefined
  return isRecord(item) && isRecord(item.post) ? item.post : {}
}

/** Converts schemas of Swagger 2.0, by name. */
export function convertSchemas(definitions: Json): Json {
  const { components } = upgrade({ definitions })
  return isRecord(components) && isRecord(components.schemas) ? components.schemas : {}
}

/** The converter rewrites references only in a document with `definitions`. */
function upgrade(parts: Json): Json {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined)
  return upgradeFromTwoToThree({
    swagger: '2.0',
    definitions: {},
    ...Object.fromEntries(given),
  }) as unknown as Json
}
