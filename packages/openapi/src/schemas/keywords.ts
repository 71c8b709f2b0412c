import { isRecord } from '@wechatpay-entrust/base'

/** What a keyword of JSON Schema is for. */
export type KeywordUse = 'checked' | 'annotation' | 'unchecked'

type Is = (value: unknown) => boolean
interface Keyword {
  readonly use: KeywordUse
  /** What its value must be. */
  readonly expected: string
  readonly accepts: Is
}

const isText: Is = (value) => typeof value === 'string'
const isNumber: Is = (value) => typeof value === 'number' && Number.isFinite(value)
const isCount: Is = (value) => Number.isInteger(value) && Number(value) >= 0
const isObject: Is = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isSchema: Is = (value) => isObject(value) || typeof value === 'boolean'
const isTrue: Is = (value) => typeof value === 'boolean'
const isList =
  (item: Is): Is =>
  (value) =>
    Array.isArray(value) && value.every(item)
const any: Is = () => true

export const typeNames = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const isType: Is = (value) => typeof value === 'string' && typeNames.includes(value)

function isDiscriminator(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { propertyName, mapping = {} } = value
  return isText(propertyName) && isRecord(mapping) && Object.values(mapping).every(isText)
}

const checked = (expected: string, accepts: Is): Keyword => ({ use: 'checked', expected, accepts })
const annotation = (expected = 'any value', accepts: Is = any): Keyword => ({
  use: 'annotation',
  expected,
  accepts,
})
const unchecked: Keyword = { use: 'unchecked', expected: 'any value', accepts: any }

const oneOrMoreTypes: Is = (value) =>
  isType(value) || (Array.isArray(value) && value.length > 0 && value.every(isType))

/** The keywords of JSON Schema and OpenAPI, and the extensions of schemas. */
export const keywords: { readonly [name: string]: Keyword } = {
  $ref: checked('a text', isText),
  type: checked(`one of ${typeNames.join(', ')}, or a list of them`, oneOrMoreTypes),
  required: checked('a list of names', isList(isText)),
  properties: checked('an object with a schema for each name', isObject),
  additionalProperties: checked('true, false or a schema', isSchema),
  items: checked('a schema', isSchema),
  allOf: checked('a list of schemas', isList(isSchema)),
  anyOf: checked('a list of schemas', isList(isSchema)),
  oneOf: checked('a list of schemas', isList(isSchema)),
  enum: checked('a list of values', isList(any)),
  const: checked('any value', any),
  minLength: checked('an integer from 0', isCount),
  maxLength: checked('an integer from 0', isCount),
  pattern: checked('a regular expression', isText),
  minimum: checked('a number', isNumber),
  maximum: checked('a number', isNumber),
  exclusiveMinimum: checked('a number', isNumber),
  exclusiveMaximum: checked('a number', isNumber),
  minItems: checked('an integer from 0', isCount),
  maxItems: checked('an integer from 0', isCount),
  format: checked('a text', isText),
  default: checked('any value', any),
  example: checked('any value', any),
  'x-sensitive': checked('true or false', isTrue),
  'x-personal': checked('true or false', isTrue),
  'x-loopback-http': checked('true or false', isTrue),
  'x-pattern-says': checked('a text', isText),
  'x-known-values': checked('a list of values', isList(any)),
  title: annotation('a text', isText),
  description: annotation('a text', isText),
  examples: annotation(),
  deprecated: annotation('true or false', isTrue),
  readOnly: annotation('true or false', isTrue),
  writeOnly: annotation('true or false', isTrue),
  externalDocs: annotation(),
  xml: annotation(),
  discriminator: annotation('an object with propertyName and a mapping of texts', isDiscriminator),
  contentEncoding: annotation(),
  contentMediaType: annotation(),
  $comment: annotation(),
  $schema: annotation(),
  $id: annotation(),
  $anchor: annotation(),
  $defs: annotation(),
  definitions: annotation(),
  not: unchecked,
  multipleOf: unchecked,
  uniqueItems: unchecked,
  minProperties: unchecked,
  maxProperties: unchecked,
  patternProperties: unchecked,
  propertyNames: unchecked,
  dependentRequired: unchecked,
  dependentSchemas: unchecked,
  dependencies: unchecked,
  if: unchecked,
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: unchecked,
  else: unchecked,
  contains: unchecked,
  minContains: unchecked,
  maxContains: unchecked,
  prefixItems: unchecked,
  additionalItems: unchecked,
  unevaluatedProperties: unchecked,
  unevaluatedItems: unchecked,
  contentSchema: unchecked,
  $dynamicRef: unchecked,
  $dynamicAnchor: unchecked,
  $vocabulary: unchecked,
}
