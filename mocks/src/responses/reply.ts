import { printable } from '@wechatpay-entrust/base'
import type { Report } from '../report.ts'
import { Rejection } from '../requests/error-response.ts'
import type { Reply } from '../requests/respond.ts'
import { parseBody } from '../requests/validate.ts'
import type { Exchange } from '../requests/wire.ts'
import { requireResponse } from './response-rule.ts'
import type { FoundResponse } from './responses.ts'

/**
 * The response that the test gave. A function that throws, or that returns what cannot be sent, is
 * reported; the client gets a 500.
 */
export async function replyAsGiven(
  { params, response, take }: FoundResponse,
  { method, target, headers, body }: Exchange,
  report: Report,
): Promise<Reply> {
  const json = body.byteLength === 0 ? undefined : parseBody(body)
  const times = take()
  if (typeof response !== 'function') return response
  const [path = '', search = ''] = target.split(/\?(.*)/s, 2)
  const query = new URLSearchParams(search)
  try {
    const made: unknown = await response({ method, path, params, query, json, headers, times })
    requireResponse(made, 'response.')
    return made
  } catch (error) {
    report({ type: 'mock:respond', error })
    const message = error instanceof Error ? error.message : String(error)
    throw new Rejection(
      500,
      { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' },
      `the function given to mock.respond failed: ${printable(message, 200)}`,
    )
  }
}
