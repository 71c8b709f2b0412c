import { isRecord } from '@wechatpay-entrust/base'
import type { Schema } from './media.ts'
import { nameOfReference } from './references.ts'

/** The properties of a schema and its parts. */
export function propertiesOf(
  schema: Schema | undefined,
  schemas: { readonly [name: string]: Schema },
): { readonly [name: string]: Schema } {
  if (!isRecord(schema)) return {}
  const target = typeof schema.$ref === 'string' ? schemas[nameOfReference(schema.$ref)] : undefined
  const parts = [...(target ? [target] : []), ...((schema as Schema).allOf ?? [])]
  return Object.assign(
    {},
    ...parts.map((part) => propertiesOf(part, schemas)),
    (schema as Schema).properties ?? {},
  )
}
