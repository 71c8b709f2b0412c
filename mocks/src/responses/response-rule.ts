import { requireKnownOptions } from '@wechatpay-entrust/auth'
import { findJsonLoss, isPlainObject, isRecord } from '@wechatpay-entrust/base'
import { describeValue, invalidValue, requireValue } from '../arguments/require-values.ts'
import { oneOf, type ValueType, whole } from '../arguments/value-types.ts'
import { isBodiless } from '../requests/signed-response.ts'

/** A response that a test gives. The mock signs it. */
export interface CustomResponse {
  /** 200 to 599. */
  readonly status: number
  /** A JSON value. Absent: no body. */
  readonly body?: unknown
  /** More headers, e.g. `Retry-After`. Those of the signature and of the body's form are the mock's. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A request whose signature was verified. */
export interface CustomRequest {
  readonly method: string
  /** As sent, without the query. */
  readonly path: string
  /** The parameters of the path template, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The JSON of the body; undefined without a body. Not checked against a schema. */
  readonly json: unknown
  readonly headers: Headers
  /** How often this response was requested, this time included. */
  readonly times: number
}

/** Makes the response to a request. */
export type RespondHandler = (request: CustomRequest) => CustomResponse | Promise<CustomResponse>

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type RespondMethod = (typeof methods)[number]

/** Which requests a response is for. */
export interface ResponseRule {
  readonly method: RespondMethod
  /** Below `/v3/`, with `{name}` for each parameter. */
  readonly path: string
  /** How many requests it is for before it is removed. Default: all. */
  readonly times?: number
}

const methodType = oneOf(...methods)
const timesType = whole(1, 1e9)
const statusType = whole(200, 599, 'an HTTP status')
const pathType: ValueType = {
  expected: 'a path that starts with /v3/, without query, with {name} for each parameter',
  test: (value) =>
    typeof value === 'string' &&
    /^\/v3\/(?:[^\s?#{}]|\{[^\s/?#{}]+\})+$/.test(value) &&
    !/\}\{/.test(value),
}

const ruleNames: { readonly [Name in keyof Required<ResponseRule>]: true } = {
  method: true,
  path: true,
  times: true,
}
const responseNames: { readonly [Name in keyof Required<CustomResponse>]: true } = {
  status: true,
  body: true,
  headers: true,
}

/** @throws {ConfigurationError} for a rule that no request could meet */
export function requireRule({ method, path, times }: ResponseRule, place = ''): void {
  requireValue(`${place}method`, method, methodType)
  requireValue(`${place}path`, path, pathType)
  if (times !== undefined) requireValue(`${place}times`, times, timesType)
}

/** @throws {ConfigurationError} for a response that the mock cannot send */
export function requireResponse(response: unknown, place = ''): asserts response is CustomResponse {
  requireMembers(response, responseNames, place, 'an object with status')
  const { status, body, headers } = response
  requireValue(`${place}status`, status, statusType)
  if (body !== undefined) requireBody(body, Number(status), place)
  if (headers !== undefined) requireHeaders(headers, place)
}

/** The form of the control API: rule and response in one object. */
export function requireRuleWithResponse(
  value: unknown,
  place: string,
): asserts value is ResponseRule & Omit<CustomResponse, 'headers'> {
  const { headers: _, ...inBody } = responseNames
  requireMembers(
    value,
    { ...ruleNames, ...inBody },
    place,
    'an object with method, path and status',
  )
  const { method, path, times, ...response } = value
  requireRule({ method, path, times } as ResponseRule, place)
  requireResponse(response, place)
}

export function requireMembers(
  value: unknown,
  known: Readonly<Record<string, true>>,
  place: string,
  expected: string,
): asserts value is Readonly<Record<string, unknown>> {
  if (!isPlainObject(value))
    throw invalidValue(place.replace(/\.$/, '') || 'response', describeValue(value), expected)
  requireKnownOptions(value, known, place.replace(/\.$/, '') || undefined)
}

function requireBody(body: unknown, status: number, place: string): void {
  if (isBodiless(status))
    throw invalidValue(
      `${place}body`,
      `a body with the status ${status}`,
      `no body, because HTTP allows none with ${status}`,
    )
  const loss = findJsonLoss(body)
  if (loss !== undefined)
    throw invalidValue(
      `${place}body${loss.field}`,
      loss.found,
      'a value that JSON can hold: text, number, true, false, null, a list or an object',
    )
}

/** What the mock writes itself. */
const ownHeaders = /^(wechatpay-.*|content-(length|type|encoding)|transfer-encoding|connection)$/i

function requireHeaders(headers: unknown, place: string): void {
  if (!isRecord(headers))
    throw invalidValue(`${place}headers`, describeValue(headers), 'an object of header texts')
  for (const [name, value] of Object.entries(headers)) {
    if (ownHeaders.test(name))
      throw invalidValue(
        `${place}headers.${name}`,
        'a header that the mock writes itself',
        'none of Wechatpay-…, Content-Type, Content-Length, Content-Encoding, Transfer-Encoding, Connection',
      )
    if (typeof value !== 'string' || !isHeader(name, value))
      throw invalidValue(
        `${place}headers.${name}`,
        typeof value === 'string'
          ? 'a name or a text that HTTP does not allow'
          : describeValue(value),
        'text of visible ASCII characters',
      )
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    new Headers().set(name, value)
    return /^[\x20-\x7e]*$/.test(value)
  } catch {
    return false
  }
}
