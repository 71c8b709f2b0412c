import { RequestError, type RequestProblem } from './request-error.ts'

/** What a path or query parameter can be. */
export type ParameterValue = string | number | boolean

/** Path parameters by name; whatever else a caller without types gives is refused. */
export type Parameters = { readonly [name: string]: unknown }

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Puts path parameters into a path template. A value stays in its segment whatever it holds: it is
 * percent-encoded, and what a URL parser would still take for a step (`.`, `..`) or for nothing is
 * refused. No option turns this off.
 *
 * @throws {RequestError} `missing-field` | `unsafe-path-parameter` | `unknown-path-parameter`
 */
export function fillPath(template: string, parameters: Parameters = {}, operation: string): string {
  const given = Object.keys(parameters)
  if (given.length === 0 && !template.includes('{')) return template
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  for (const name of given) {
    if (names.includes(name)) continue
    const expected = names.length === 0 ? 'no path parameters' : `one of ${names.join(', ')}`
    throw refusal(operation, {
      code: 'unknown-path-parameter',
      location: 'path',
      field: name,
      expected,
      found: 'a parameter that the path does not have',
    })
  }
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    const refuse = (code: 'missing-field' | 'unsafe-path-parameter', found: string) =>
      refusal(operation, {
        code,
        location: 'path',
        field: name,
        expected: 'a text or number that fills one path segment',
        found,
      })
    if (value === undefined || value === null) throw refuse('missing-field', 'nothing')
    if (typeof value !== 'string' && !Number.isFinite(value))
      throw refuse('unsafe-path-parameter', `a ${typeof value}`)
    const text = String(value)
    if (text === '') throw refuse('unsafe-path-parameter', 'an empty text')
    if (text === '.' || text === '..')
      throw refuse('unsafe-path-parameter', `${JSON.stringify(text)}, which means another path`)
    return encode(text) ?? raise(refuse('unsafe-path-parameter', 'half of a surrogate pair'))
  })
}

/**
 * Writes a query, percent-encoded, with its leading `?`; nothing when there is none. `undefined`
 * members are left out.
 *
 * @throws {RequestError} `wrong-type` | `lone-surrogate`
 */
export function writeQuery(query: Parameters = {}, operation: string): string {
  const items = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return []
    const refuse = (code: 'wrong-type' | 'lone-surrogate', found: string) =>
      refusal(operation, {
        code,
        location: 'query',
        field: name,
        expected: 'a text, a number or a boolean',
        found,
      })
    const isPlain =
      typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
    if (!isPlain) throw refuse('wrong-type', value === null ? 'null' : `a ${typeof value}`)
    const written =
      encode(String(value)) ?? raise(refuse('lone-surrogate', 'half of a surrogate pair'))
    return [
      `${encode(name) ?? raise(refuse('lone-surrogate', 'half of a surrogate pair'))}=${written}`,
    ]
  })
  return items.length === 0 ? '' : `?${items.join('&')}`
}

/**
 * Checks method and path of an untyped request: the path has to be what goes over the wire, so that
 * a URL parser has nothing to change in what is signed.
 *
 * @throws {RequestError} `invalid-method` | `invalid-path` | `unexpected-body`
 */
export function checkTarget({
  method,
  path,
  hasBody,
}: {
  readonly method: string
  readonly path: string
  readonly hasBody: boolean
}): void {
  const operation = `${method} ${path.split(/[?#]/)[0]}`
  const refuse = (
    code: 'invalid-method' | 'invalid-path' | 'unexpected-body',
    field: string,
    expected: string,
    found: string,
  ) => refusal(operation, { code, location: 'options', field, expected, found })
  if (!methods.includes(method))
    throw refuse('invalid-method', 'method', `one of ${methods.join(', ')}`, 'another method')
  if (hasBody && method === 'GET')
    throw refuse('unexpected-body', 'json', 'no body, because the method is GET', 'a body')
  if (!path.startsWith('/v3/'))
    throw refuse(
      'invalid-path',
      'path',
      'a path that begins with /v3/, without the host',
      'another beginning',
    )
  const { pathname, search } = new URL(path, 'https://host.test')
  if (pathname + search === path) return
  throw refuse(
    'invalid-path',
    'path',
    'a path as it goes over the wire: percent-encoded, without fragment and dot segments',
    'one that a URL parser would change',
  )
}

/**
 * The apostrophe too, which a URL parser encodes in a query: what is signed has to be what goes
 * over the wire.
 */
function encode(text: string): string | undefined {
  return text.isWellFormed() ? encodeURIComponent(text).replaceAll("'", '%27') : undefined
}

function refusal(operation: string, problem: RequestProblem): RequestError {
  return new RequestError(operation, [problem])
}

function raise(error: RequestError): never {
  throw error
}
