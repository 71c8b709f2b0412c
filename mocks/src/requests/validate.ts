import { JsonError, parseJsonStrict } from '@wechatpay-entrust/base'
import {
  type Args,
  checkSchema,
  type JsonSchema,
  type OperationId,
  type RequestSchema,
  type Violation,
} from '@wechatpay-entrust/core'
import { jsonSchemas, requestSchemas } from '@wechatpay-entrust/core/spec'
import { paramError } from './error-response.ts'
import type { Exchange } from './wire.ts'

/** The path parameters, as in the URL. */
export type PathTexts = Readonly<Record<string, string | readonly string[] | undefined>>

const options = {
  definitions: jsonSchemas as Readonly<Record<string, JsonSchema>>,
  allowLoopbackHttp: true,
}

/**
 * Reads an operation's arguments from path and body and checks them against the spec. The first
 * violation becomes a `PARAM_ERROR`. A `notify_url` with http is accepted on loopback, because the
 * receiver of a test is there.
 */
export function readArguments<Id extends OperationId>(
  id: Id,
  path: PathTexts,
  { target, body }: Exchange,
): Args<Id> {
  const schemas: RequestSchema = requestSchemas[id]
  const read: { path?: unknown; query?: unknown; json?: unknown } = {}
  if (schemas.path !== undefined) read.path = readPath(schemas.path, path)
  if (schemas.query !== undefined) read.query = readQuery(schemas.query, target)
  if (schemas.json !== undefined) read.json = readBody(schemas.json, body)
  return read as Args<Id>
}

function readPath(
  schemas: { readonly [name: string]: JsonSchema },
  texts: PathTexts,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const text = String(texts[name] ?? '')
      const value = schema.type === 'integer' && /^-?\d{1,16}$/.test(text) ? Number(text) : text
      const [violation] = checkSchema(schema, value, options)
      if (violation !== undefined)
        throw paramError({ field: name, value: text, issue: say(violation), location: 'url' })
      return [name, value]
    }),
  )
}

/** Query parameters are optional in this family, and unknown ones are ignored. */
function readQuery(
  schemas: { readonly [name: string]: JsonSchema },
  target: string,
): Record<string, unknown> {
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?')) : '')
  const present = Object.entries(schemas).filter(([name]) => query.has(name))
  return Object.fromEntries(
    present.map(([name, schema]) => {
      const value = query.get(name)
      const [violation] = checkSchema(schema, value, options)
      if (violation !== undefined)
        throw paramError({ field: name, value, issue: say(violation), location: 'query' })
      return [name, value]
    }),
  )
}

/**
 * Uses the schema object itself, because prepared schemas are cached by object.
 */
const readBody = (name: string, body: Uint8Array) => readJson(options.definitions[name] ?? {}, body)

/** Checks a body. The first violation becomes a `PARAM_ERROR`. */
export function readJson(schema: JsonSchema, body: Uint8Array): unknown {
  const value = parseBody(body)
  const [violation] = checkSchema(schema, value, options)
  if (violation === undefined) return value
  throw paramError({
    field: violation.field,
    value: valueAt(value, violation.field),
    issue: say(violation),
    location: 'body',
  })
}

function parseBody(body: Uint8Array): unknown {
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
