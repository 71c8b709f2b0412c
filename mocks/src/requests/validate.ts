import { JsonError, parseJsonStrict } from '@wechatpay-entrust/base'
import { checkSchema, type JsonSchema, type Violation } from '@wechatpay-entrust/core'
import type { PathTexts } from '../operations/path-template.ts'
import type { CallArguments, Definitions, PlayedOperation } from '../operations/played-operation.ts'
import { flatten, typesOf } from '../samples/flatten.ts'
import { paramError } from './error-response.ts'
import type { Exchange } from './wire.ts'

/**
 * Reads an operation's arguments from path, query and body and checks them against the schemas. The
 * first violation becomes a `PARAM_ERROR`. A `notify_url` with http is accepted on loopback, because
 * the receiver of a test is there.
 */
export function readArguments(
  { operation: { request = {} }, definitions }: PlayedOperation,
  texts: PathTexts,
  { target, body }: Exchange,
): CallArguments {
  const { path, query, requiredQuery = [], json, isJsonOptional = false } = request
  const hasBody = json !== undefined && !(isJsonOptional && body.byteLength === 0)
  return {
    ...(path && { path: readPath(path, texts, definitions) }),
    ...(query && { query: readQuery(query, requiredQuery, target, definitions) }),
    ...(hasBody && { json: readJson(json, body, definitions) }),
  }
}

type Schemas = { readonly [name: string]: JsonSchema }

/** Whether the path parameters fit their schemas. */
export function pathFits(
  { operation: { request }, definitions }: PlayedOperation,
  texts: PathTexts,
): boolean {
  return Object.entries(request?.path ?? {}).every(
    ([name, schema]) =>
      check(schema, parseText(schema, texts[name] ?? '', definitions), definitions) === undefined,
  )
}

function readPath(
  schemas: Schemas,
  texts: PathTexts,
  definitions: Definitions,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const text = texts[name] ?? ''
      const value = parseText(schema, text, definitions)
      const violation = check(schema, value, definitions)
      if (violation !== undefined)
        throw paramError({ field: name, value: text, issue: say(violation), location: 'url' })
      return [name, value]
    }),
  )
}

/** Unknown query parameters are ignored. A list is sent as a repeated name: `a=1&a=2`. */
function readQuery(
  schemas: Schemas,
  required: readonly string[],
  target: string,
  definitions: Definitions,
): Record<string, unknown> {
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?')) : '')
  const missing = required.find((name) => !query.has(name))
  if (missing !== undefined)
    throw paramError({
      field: missing,
      value: null,
      issue: 'expected a value; found nothing',
      location: 'query',
    })
  const present = Object.entries(schemas).filter(([name]) => query.has(name))
  return Object.fromEntries(
    present.map(([name, schema]) => {
      const texts = query.getAll(name)
      const { types, items = {} } = flatten([schema], definitions)
      const value = types?.includes('array')
        ? texts.map((text) => parseText(items, text, definitions))
        : parseText(schema, texts[0] ?? '', definitions)
      const violation = check(schema, value, definitions)
      if (violation !== undefined)
        throw paramError({
          field: name,
          value: texts[0],
          issue: say(violation),
          location: 'query',
        })
      return [name, value]
    }),
  )
}

/** A parameter as the type that its schema has: in an address everything is text. */
function parseText(schema: JsonSchema, text: string, definitions: Definitions): unknown {
  const types = typesOf(schema, definitions)
  if (types === undefined || types.includes('string')) return text
  if (types.includes('integer') && /^-?\d{1,16}$/.test(text)) return Number(text)
  if (types.includes('number') && /^-?\d{1,16}(\.\d{1,16})?$/.test(text)) return Number(text)
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  return text
}

const check = (
  schema: JsonSchema,
  value: unknown,
  definitions: Definitions,
): Violation | undefined => checkSchema(schema, value, { definitions, allowLoopbackHttp: true })[0]

/** Checks a body. The first violation becomes a `PARAM_ERROR`. */
export function readJson(
  schema: JsonSchema,
  body: Uint8Array,
  definitions: Definitions = {},
): unknown {
  const value = parseBody(body)
  const violation = check(schema, value, definitions)
  if (violation === undefined) return value
  throw paramError({
    field: violation.field,
    value: valueAt(value, violation.field),
    issue: say(violation),
    location: 'body',
  })
}

/** The JSON of a body. Anything else is a `PARAM_ERROR`. */
export function parseBody(body: Uint8Array): unknown {
  try {
    return parseJsonStrict(body)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw paramError({ field: '', value: null, issue: error.message, location: 'body' })
  }
}

const say = ({ expected, found }: Violation): string => `expected ${expected}; found ${found}`

/** The invalid value, as the real service returns it; null if there is none. */
function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null
    value = (value as Record<string, unknown>)[name]
  }
  return value
}
