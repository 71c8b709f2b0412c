import { isPlainObject } from '@wechatpay-entrust/base'
import { RequestError, type RequestProblem } from './request-error.ts'

/** The value of a path or query parameter. */
export type ParameterValue = string | number | boolean

/** The value of a query parameter; the items of an array have the same name. */
export type QueryValue = ParameterValue | readonly ParameterValue[]

/** Path parameters by name. Values of other types, from a caller without types, are rejected. */
export type Parameters = { readonly [name: string]: unknown }

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Puts path parameters into a path template. A value cannot leave its segment: it is
 * percent-encoded, and `.`, `..` and the empty text, which a URL parser would treat as another path,
 * are rejected. No option turns this off.
 *
 * @throws {RequestError} `missing-field` | `unsafe-path-parameter` | `unknown-path-parameter`
 */
export function fillPath(template: string, parameters: Parameters = {}, operation: string): string {
  requirePlain('path', parameters, operation)
  const given = Object.keys(parameters)
  if (given.length === 0 && !template.includes('{')) return template
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '')
  for (const name of given) {
    if (names.includes(name)) continue
    const expected = names.length === 0 ? 'no path parameters' : `one of ${names.join(', ')}`
    throw requestError(operation, {
      code: 'unknown-path-parameter',
      location: 'path',
      field: name,
      expected,
      found: 'a parameter that the path does not have',
    })
  }
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    const problem = (code: 'missing-field' | 'unsafe-path-parameter', found: string) =>
      requestError(operation, {
        code,
        location: 'path',
        field: name,
        expected: 'a text or number that fills one path segment',
        found,
      })
    if (value === undefined || value === null) throw problem('missing-field', 'nothing')
    if (typeof value !== 'string' && !Number.isFinite(value))
      throw problem('unsafe-path-parameter', `a ${typeof value}`)
    const text = String(value)
    if (text === '') throw problem('unsafe-path-parameter', 'an empty text')
    if (text === '.' || text === '..')
      throw problem('unsafe-path-parameter', `${JSON.stringify(text)}, which means another path`)
    return encode(text, (found) => problem('unsafe-path-parameter', found))
  })
}

/**
 * Writes a query string, percent-encoded and with its leading `?`; an empty text without parameters.
 * An array repeats its name, as OpenAPI does by default: `a=1&a=2`. `undefined` members are left out.
 *
 * @throws {RequestError} `wrong-type` | `lone-surrogate`
 */
export function writeQuery(query: Parameters = {}, operation: string): string {
  requirePlain('query', query, operation)
  const items = Object.entries(query).flatMap(([name, value]) => {
    if (value === undefined) return []
    const problem = (code: 'wrong-type' | 'lone-surrogate', found: string) =>
      requestError(operation, {
        code,
        location: 'query',
        field: name,
        expected: 'a text, a number or a boolean, or an array of them',
        found,
      })
    const loneSurrogate = (found: string) => problem('lone-surrogate', found)
    const values: readonly unknown[] = Array.isArray(value) ? Array.from(value) : [value]
    return values.map((one) => {
      const isPlain = typeof one === 'string' || typeof one === 'boolean' || Number.isFinite(one)
      if (!isPlain) throw problem('wrong-type', one === null ? 'null' : `a ${typeof one}`)
      return `${encode(name, loneSurrogate)}=${encode(String(one), loneSurrogate)}`
    })
  })
  return items.length === 0 ? '' : `?${items.join('&')}`
}

/** A Map or URLSearchParams has no members of its own: all its entries would be dropped. */
function requirePlain(location: 'path' | 'query', given: unknown, operation: string): void {
  if (isPlainObject(given)) return
  throw requestError(operation, {
    code: 'wrong-type',
    location,
    field: '',
    expected: 'an object with one member for each parameter',
    found: given === null ? 'null' : `a ${Object.prototype.toString.call(given).slice(8, -1)}`,
  })
}

/**
 * Checks method and path of an untyped request. The path must already have the form that is sent:
 * if a URL parser changed it, the signature would be wrong.
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
  const problem = (
    code: 'invalid-method' | 'invalid-path' | 'unexpected-body',
    field: string,
    expected: string,
    found: string,
  ) => requestError(operation, { code, location: 'options', field, expected, found })
  if (!methods.includes(method))
    throw problem('invalid-method', 'method', `one of ${methods.join(', ')}`, 'another method')
  if (hasBody && method === 'GET')
    throw problem('unexpected-body', 'json', 'no body, because the method is GET', 'a body')
  if (!path.startsWith('/v3/'))
    throw problem(
      'invalid-path',
      'path',
      'a path that begins with /v3/, without the host (`download` accepts a download_url)',
      'another beginning',
    )
  const { pathname, search } = new URL(path, 'https://host.test')
  if (pathname + search === path) return
  throw problem(
    'invalid-path',
    'path',
    'a path as it goes over the wire: percent-encoded, without fragment and dot segments',
    'one that a URL parser would change',
  )
}

/**
 * Percent-encodes a text. Encodes the apostrophe too: a URL parser encodes it in a query, and the
 * signed text must equal the sent one.
 */
function encode(text: string, problem: (found: string) => RequestError): string {
  if (!text.isWellFormed()) throw problem('half of a surrogate pair')
  return encodeURIComponent(text).replaceAll("'", '%27')
}

function requestError(operation: string, found: RequestProblem): RequestError {
  return new RequestError(operation, [found])
}
