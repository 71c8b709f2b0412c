import { describeType, escapePointer } from '@wechatpay-entrust/base'
import type { JsonSchema } from './json-schema.ts'
import { resolveSchema } from './prepared-schema.ts'
import type { SchemaCheckOptions } from './violations.ts'

export interface SensitiveFieldsOptions extends Pick<SchemaCheckOptions, 'definitions'> {
  /**
   * Encrypts or decrypts one field. `field` is its JSON Pointer (RFC 6901), for error texts.
   */
  readonly map: (text: string, field: string) => string | Promise<string>
}

/**
 * Copies a JSON value and replaces every text whose schema has `x-sensitive: true` (敏感信息) with the
 * result of `map`. It follows the schema through `$ref`, `allOf`, `anyOf`, `oneOf`, `properties`,
 * `additionalProperties` and `items`. A field is sensitive if any branch marks it, so that no branch without the mark can cause
 * it to be sent unencrypted.
 *
 * @throws {TypeError} a marked value is not a text; also what `map` throws
 * @see https://pay.weixin.qq.com/docs/partner/development/interface-rules/sensitive-data-encryption.html
 * @example
 * ```ts
 * import { mapSensitiveFields } from '@wechatpay-entrust/core'
 *
 * declare const encrypt: (text: string, field: string) => Promise<string>
 * const schema = { properties: { id_card_name: { type: 'string', 'x-sensitive': true } } } as const
 * const json = await mapSensitiveFields(schema, { id_card_name: '张三' }, { definitions: {}, map: encrypt })
 * ```
 */
export function mapSensitiveFields(
  schema: JsonSchema,
  value: unknown,
  options: SensitiveFieldsOptions,
): Promise<unknown> {
  return walk([schema], value, '', options)
}

/** `schemas` are all the schemas that apply to the value. */
async function walk(
  schemas: readonly JsonSchema[],
  value: unknown,
  field: string,
  options: SensitiveFieldsOptions,
): Promise<unknown> {
  const all = schemas.flatMap((schema) => spread(schema, options.definitions))
  if (value === null || value === undefined) return value
  if (all.some((schema) => schema['x-sensitive'])) {
    if (typeof value === 'string') return options.map(value, field)
    throw new TypeError(
      `${field}: found ${describeType(value)}; a field marked x-sensitive is text`,
    )
  }
  if (Array.isArray(value)) {
    const items = all.flatMap((schema) => schema.items ?? [])
    return Promise.all(value.map((item, index) => walk(items, item, `${field}/${index}`, options)))
  }
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(async ([name, member]) => {
    const own = all.flatMap(({ properties = {}, additionalProperties: others }) => {
      if (Object.hasOwn(properties, name)) return properties[name] ?? []
      return typeof others === 'object' ? others : []
    })
    return [name, await walk(own, member, `${field}/${escapePointer(name)}`, options)] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** A schema and all its parts, with `$ref` resolved. */
function spread(
  given: JsonSchema,
  definitions: SensitiveFieldsOptions['definitions'],
): JsonSchema[] {
  const schema = resolveSchema(given, definitions)
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return [schema, ...parts.flatMap((part) => spread(part, definitions))]
}
