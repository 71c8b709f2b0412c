import { isRejection } from '../errors.ts'

/**
 * What goes back to WeChat, for any HTTP library: `response.writeHead(status, headers).end(body)`.
 */
export interface NotificationResponse {
  readonly status: 204 | 401 | 404 | 405 | 500
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// The page's own text, byte for byte: https://pay.weixin.qq.com/doc/v3/merchant/4012791836
const failed = {
  headers: Object.freeze({ 'content-type': 'application/json' }),
  body: '{"code":"FAIL","message":"失败"}',
}

/**
 * Accepted: WeChat sends this notification no more. Answer so only once it is stored where it
 * cannot get lost.
 */
export const acceptedResponse: NotificationResponse = Object.freeze({
  status: 204,
  headers: Object.freeze({}),
  body: '',
})
const rejectedResponse: NotificationResponse = Object.freeze({ status: 401, ...failed })
const ownFaultResponse: NotificationResponse = Object.freeze({ status: 500, ...failed })

/** Not for a message, but for what is none: a GET of a browser or of a scanner. */
export const methodResponse: NotificationResponse = Object.freeze({
  status: 405,
  headers: Object.freeze({ allow: 'POST' }),
  body: '',
})
export const notFoundResponse: NotificationResponse = Object.freeze({
  status: 404,
  headers: Object.freeze({}),
  body: '',
})

/**
 * The answer for whatever {@link receiveNotification} or your own code threw: 401 when the message
 * was refused, 500 when this service is at fault. Both make WeChat send again, and both are the
 * same bytes whatever the reason was, so that nobody can learn from them which check failed. Log
 * the error yourself.
 *
 * @example
 * ```ts
 * import { responseFor, toResponse } from '@wechatpay-entrust/notification'
 *
 * const response = toResponse(responseFor(new Error('database not reachable'))) // 500
 * ```
 */
export function responseFor(error: unknown): NotificationResponse {
  return isRejection(error) ? rejectedResponse : ownFaultResponse
}

/** The answer as a Web `Response`. */
export function toResponse(answer: NotificationResponse): Response {
  return new Response(answer.body === '' ? null : answer.body, {
    status: answer.status,
    headers: answer.headers,
  })
}
