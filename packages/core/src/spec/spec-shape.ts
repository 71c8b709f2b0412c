/**
 * The form of a spec, so that a wrong one is an error with its place. Loaded at the first call of an
 * operation that is not ours: who uses no spec does not load it. Unknown members are ignored: a
 * later version of codegen may write more of them.
 */
import { isRecord, member, printable } from '@wechatpay-entrust/base'
import type { JsonSchema } from '../schema/json-schema.ts'
import type { Spec, SpecOperation, SpecRequest, SpecWebhook } from './spec.ts'

/** The first place that has not the form. */
export interface Malformed {
  readonly slot: string
  readonly found: string
  readonly expected: string
}

/** `references` collects each `$ref` with its place. */
type Check = (value: unknown, at: string, references: Map<string, string>) => Malformed | undefined
type Checks<T> = { readonly [Name in keyof Required<T>]: Check }

/** A longer place is one of a value that is nested too deep. */
const longestPlace = 4_000

const is =
  (expected: string, fits: (value: never) => boolean): Check =>
  (value, slot) =>
    fits(value as never) ? undefined : { slot, found: describe(value), expected }

const optional =
  (check: Check): Check =>
  (value, at, references) =>
    value === undefined ? undefined : check(value, at, references)

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(printable(value, 60))
  if (value === null || typeof value === 'number') return String(value)
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

const text = is('a text', (value: unknown) => typeof value === 'string')
const flag = is('true or false', (value: unknown) => typeof value === 'boolean')
const number = is('a number', (value: unknown) => Number.isFinite(value))
const anything: Check = () => undefined
const array = is('an array', Array.isArray)
const object = is('an object', isRecord)

const listOf =
  (check: Check): Check =>
  (value, at, references) =>
    array(value, at, references) ??
    first(value as unknown[], (item, index) => check(item, `${at}[${index}]`, references))

const recordOf =
  (check: Check): Check =>
  (value, at, references) =>
    object(value, at, references) ??
    first(Object.entries(value as object), ([name, item]) =>
      check(item, `${at}.${name}`, references),
    )

const membersOf =
  (checks: { readonly [name: string]: Check }): Check =>
  (value, at, references) =>
    object(value, at, references) ??
    first(Object.entries(checks), ([name, check]) =>
      check(member(value, name), `${at}.${name}`, references),
    )

function first<Item>(
  items: readonly Item[],
  find: (item: Item, index: number) => Malformed | undefined,
): Malformed | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

const texts = listOf(text)
const one = (...values: readonly unknown[]) =>
  is(values.join(' or '), (value: unknown) => values.includes(value))

const schema: Check = (value, at, references) =>
  at.length > longestPlace
    ? { slot: `${at.slice(0, 200)}…`, found: 'a schema nested too deep', expected: 'fewer levels' }
    : schemaMembers(value, at, references)
const schemas = listOf(schema)
const types = one('string', 'number', 'integer', 'boolean', 'object', 'array', 'null')

const keywords: Checks<JsonSchema> = {
  $ref: (value, at, references) => {
    if (typeof value === 'string' && !references.has(value)) references.set(value, at)
    return text(value, at, references)
  },
  type: (value, at, references) =>
    (Array.isArray(value) ? listOf(types) : types)(value, at, references),
  required: texts,
  properties: recordOf(schema),
  additionalProperties: (value, at, references) =>
    typeof value === 'boolean' ? undefined : schema(value, at, references),
  items: schema,
  allOf: schemas,
  anyOf: schemas,
  oneOf: schemas,
  enum: array,
  minLength: number,
  maxLength: number,
  pattern: text,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  minItems: number,
  maxItems: number,
  format: anything,
  example: anything,
  default: anything,
  'x-pattern-says': text,
  'x-known-values': array,
  'x-sensitive': flag,
  'x-personal': flag,
  'x-loopback-http': flag,
}
const schemaMembers = membersOf(
  Object.fromEntries(Object.entries(keywords).map(([name, check]) => [name, optional(check)])),
)

const request: Checks<SpecRequest> = {
  json: optional(schema),
  isJsonOptional: optional(flag),
  path: optional(recordOf(schema)),
  query: optional(recordOf(schema)),
  requiredQuery: optional(texts),
}

const says = membersOf({ en: text, zh: text })
const cause = membersOf({ contains: text, remedyEn: text, remedyZh: text })
const error = membersOf({
  status: number,
  code: text,
  zh: text,
  remedyEn: text,
  remedyZh: text,
  causes: optional(listOf(cause)),
})

const operation: Checks<SpecOperation> = {
  // `findSpecFault` has checked these three.
  id: text,
  method: text,
  path: text,
  retry: one('safe', 'unsafe'),
  status: number,
  request: optional(membersOf(request)),
  response: optional(schema),
  echo: optional(texts),
  summary: optional(text),
  page: optional(text),
  retrySays: optional(says),
  effect: anything,
  errors: optional(listOf(error)),
}

const webhook: Checks<SpecWebhook> = {
  eventTypes: texts,
  resource: optional(schema),
  inferred: optional(flag),
}

const spec: Checks<Spec> = {
  specVersion: one(1),
  title: text,
  operations: recordOf(membersOf(operation)),
  schemas: recordOf(schema),
  webhooks: recordOf(membersOf(webhook)),
  examples: optional(object),
  '~types': anything,
}

const sound = new WeakSet<object>()

/**
 * Finds the first place of a spec that has not the form; undefined if there is none. `findSpecFault`
 * has checked it first. A spec is checked once.
 */
export function findMalformed(given: Spec, at = 'spec'): Malformed | undefined {
  if (sound.has(given)) return undefined
  const references = new Map<string, string>()
  const found = membersOf(spec)(given, at, references)
  if (found !== undefined) return found
  const { operations, schemas } = given
  const fault =
    first(Object.entries(operations), ([id, { request }]) => {
      const { query = {}, requiredQuery = [] } = request ?? {}
      const missing = requiredQuery.find((name) => !Object.hasOwn(query, name))
      if (missing === undefined) return undefined
      const slot = `${at}.operations.${id}.request.requiredQuery`
      return { slot, found: describe(missing), expected: 'the name of a query parameter' }
    }) ??
    first([...references], ([reference, slot]) => {
      const [, name = ''] = /^#\/components\/schemas\/(.+)$/s.exec(reference) ?? []
      if (Object.hasOwn(schemas, name)) return undefined
      return { slot, found: describe(reference), expected: 'the name of a schema of the spec' }
    }) ??
    findLoop(schemas, `${at}.schemas`)
  if (fault === undefined) sound.add(given)
  return fault
}

/**
 * A schema that is a part of itself, with no property and no item in between: its check would not
 * end.
 */
function findLoop(schemas: Spec['schemas'], at: string): Malformed | undefined {
  const finished = new Set<string>()
  const visit = (name: string, open: readonly string[]): Malformed | undefined => {
    if (finished.has(name)) return undefined
    if (open.includes(name))
      return { slot: `${at}.${name}`, found: 'itself as a part of itself', expected: 'other parts' }
    const found = first(partsOf(schemas[name] ?? {}), (part) => visit(part, [...open, name]))
    finished.add(name)
    return found
  }
  return first(Object.keys(schemas), (name) => visit(name, []))
}

/** The names of the schemas that apply to the same value. */
function partsOf({ $ref, allOf = [], anyOf = [], oneOf = [] }: JsonSchema): readonly string[] {
  const own = $ref === undefined ? [] : [$ref.replace('#/components/schemas/', '')]
  return [...own, ...[...allOf, ...anyOf, ...oneOf].flatMap(partsOf)]
}
