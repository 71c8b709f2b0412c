import { isRecord } from '@wechatpay-entrust/base'
import type { SpecRequest } from '@wechatpay-entrust/core'
import type { Json } from '../bundle/bundle.ts'
import { schemaData } from '../schemas/schema-data.ts'

export type Schema = NonNullable<SpecRequest['json']>

/** The JSON schema of a body. */
export function jsonSchemaOf(holder: unknown): Schema | undefined {
  const media = jsonMediaOf(holder)
  return media && (schemaData(media.schema) as Schema)
}

export function jsonMediaOf(holder: unknown): Json | undefined {
  const content = isRecord(holder) ? holder.content : undefined
  const media = isRecord(content) ? content['application/json'] : undefined
  return isRecord(media) ? media : undefined
}
