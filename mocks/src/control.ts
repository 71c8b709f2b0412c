import { formatTime } from '@wechatpay-entrust/notification/platform'
import { MockStateError, type SessionRef } from './contracts.ts'
import { type Fault, findFaultProblem } from './faults.ts'
import type { Mock } from './mock.ts'

/** Where the control API is, below the server's address. */
export const controlPath = '/__mock'

export interface ControlAnswer {
  readonly status: number
  readonly body: unknown
}

interface Fields {
  readonly pre_entrustweb_id: string
  readonly service_id: number
  readonly out_contract_code: string
  readonly advance_seconds: number
}

const fieldTypes: { readonly [Name in keyof Fields]: { readonly says: string; test(value: unknown): boolean } } = {
  pre_entrustweb_id: { says: 'a text that is not empty', test: isText },
  service_id: { says: 'an integer', test: Number.isSafeInteger },
  out_contract_code: { says: 'a text that is not empty', test: isText },
  advance_seconds: {
    says: 'a number of seconds from 0 to ten years',
    test: (value) => typeof value === 'number' && value >= 0 && value <= 10 * 366 * 86_400,
  },
}

interface Route {
  readonly method: 'GET' | 'POST'
  /** The fields of the body, all of them required; where a route takes one thing or another, in several lists. */
  readonly forms: readonly (readonly (keyof Fields)[])[]
  readonly run: (mock: Mock, fields: Fields) => unknown
}

function get(run: (mock: Mock) => unknown): Route {
  return { method: 'GET', forms: [[]], run }
}

function post<Name extends keyof Fields>(
  names: readonly Name[],
  run: (mock: Mock, fields: Pick<Fields, Name>) => unknown,
): Route {
  return { method: 'POST', forms: [names], run }
}

/** A session by its id, or by what `pay-redirect-sign` answers, which has no id. */
function postSession(run: (mock: Mock, session: SessionRef) => unknown): Route {
  return { method: 'POST', forms: [['pre_entrustweb_id'], ['service_id', 'out_contract_code']], run }
}

const routes: Readonly<Record<string, Route>> = {
  '/sign': postSession((mock, session) => mock.user.signs(session)),
  '/abandon': postSession((mock, session) => mock.user.abandons(session)),
  '/terminate': post(['service_id', 'out_contract_code'], (mock, key) => mock.terminate(key)),
  '/deliveries': get((mock) =>
    mock.deliveries().map(({ notification_id, url, status, attempt }) => ({ notification_id, url, status, attempt })),
  ),
  '/requests': get((mock) => mock.requests()),
  '/contracts': get((mock) => mock.contracts()),
  '/clock': post(['advance_seconds'], async (mock, { advance_seconds }) => ({
    now: formatTime(await mock.clock.advance(advance_seconds)),
  })),
  '/faults': get((mock) => mock.faults.list()),
  '/reset': post([], (mock) => {
    mock.reset()
    return {}
  }),
}

/** Answers one request to the control API, whose path is given without {@link controlPath}. */
export async function answerControl(
  mock: Mock,
  method: string,
  path: string,
  body: Uint8Array,
): Promise<ControlAnswer> {
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (route === undefined) return refuse(404, 'NOT_FOUND', `The control API has ${Object.keys(routes).join(', ')}`)
  if (path === '/faults' && method === 'POST') return answerFaults(mock, parse(body))
  if (route.method !== method) return refuse(405, 'METHOD_NOT_ALLOWED', `${controlPath}${path} takes ${route.method}`)
  const fields = parse(body)
  const problem = findProblem(route.forms, fields)
  if (problem !== undefined) return refuse(400, 'INVALID_REQUEST', problem)
  try {
    return { status: 200, body: await route.run(mock, fields as Fields) }
  } catch (error) {
    if (error instanceof MockStateError)
      return refuse(error.code === 'NOT_FOUND' ? 404 : 409, error.code, error.message)
    throw error
  }
}

/** One fault is added; a list takes the place of all there are, so that `[]` clears. */
function answerFaults(mock: Mock, value: unknown): ControlAnswer {
  const faults: readonly unknown[] = Array.isArray(value) ? value : [value]
  const problem = faults.map(findFaultProblem).find((found) => found !== undefined)
  if (problem !== undefined) return refuse(400, 'INVALID_REQUEST', problem)
  if (Array.isArray(value)) mock.faults.clear()
  for (const fault of faults) mock.faults.add(fault as Fault)
  return { status: 200, body: mock.faults.list() }
}

const refuse = (status: number, code: string, message: string): ControlAnswer => ({ status, body: { code, message } })

function findProblem(forms: Route['forms'], value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The body is not a JSON object'
  const strange = (names: readonly string[]) => Object.keys(value).find((name) => !names.includes(name))
  const expected = forms.map((form) => form.join(', ')).join(', or: ') || 'none'
  const unknown = strange(forms.flat())
  if (unknown !== undefined) return `Unknown field ${JSON.stringify(unknown)}; expected: ${expected}`
  const names = forms.find((form) => strange(form) === undefined)
  if (names === undefined) return `Fields that do not belong together; expected: ${expected}`
  const wrong = names.find((name) => !fieldTypes[name].test((value as Record<string, unknown>)[name]))
  return wrong && `${wrong}: expected ${fieldTypes[wrong].says}`
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function parse(body: Uint8Array): unknown {
  if (body.byteLength === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}
