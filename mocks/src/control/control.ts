import { ConfigurationError } from '@wechatpay-entrust/auth'
import { readJson } from '@wechatpay-entrust/base'
import type { Mock } from '../mock.ts'
import { MockStateError } from '../mock-state-error.ts'
import { type Fields, requireFields } from './control-fields.ts'
import { details, routes } from './routes.ts'

/** The path of the control API below the server's address. */
export const controlPath = '/__mock'

export interface ControlResponse {
  readonly status: number
  readonly body: unknown
}

/** Handles one request to the control API; `path` is without {@link controlPath}. */
export async function respondToControl(
  mock: Mock,
  method: string,
  path: string,
  body: Uint8Array,
): Promise<ControlResponse> {
  const found = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (found === undefined) return respondWithDetail(mock, method, path)
  const route = method === 'GET' || method === 'POST' ? found[method] : undefined
  if (route === undefined)
    return failure(
      405,
      'METHOD_NOT_ALLOWED',
      `${controlPath}${path} takes ${Object.keys(found).join(' and ')}`,
    )
  const fields = body.byteLength === 0 ? {} : readJson(body)
  try {
    if (route.forms !== undefined) requireFields(route.forms, fields)
    return { status: 200, body: await route.run(mock, fields as Fields) }
  } catch (error) {
    if (error instanceof ConfigurationError) return failure(400, 'INVALID_REQUEST', error.message)
    if (error instanceof MockStateError)
      return failure(error.code === 'NOT_FOUND' ? 404 : 409, error.code, error.message)
    throw error
  }
}

async function respondWithDetail(
  mock: Mock,
  method: string,
  path: string,
): Promise<ControlResponse> {
  const [, folder = '', id = ''] = /^(\/[a-z]+\/)([^/]+)$/.exec(path) ?? []
  const find = Object.hasOwn(details, folder) ? details[folder] : undefined
  const paths = [...Object.keys(routes), ...Object.keys(details).map((name) => `${name}ID`)].join(
    ', ',
  )
  if (find === undefined) return failure(404, 'NOT_FOUND', `The control API has ${paths}`)
  if (method !== 'GET') return failure(405, 'METHOD_NOT_ALLOWED', `${controlPath}${path} takes GET`)
  const body = await find(mock, decode(id))
  return body === undefined
    ? failure(404, 'NOT_FOUND', `Nothing is kept under ${path}`)
    : { status: 200, body }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const failure = (status: number, code: string, message: string): ControlResponse => ({
  status,
  body: { code, message },
})
