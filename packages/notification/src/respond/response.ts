import { isRejection } from '../errors/notification-error.ts'

/**
 * The response to WeChat Pay, for any HTTP library: `response.writeHead(status,
 * headers).end(body)`.
 */
export interface NotificationResponse {
  readonly status: 204 | 401 | 404 | 405 | 500
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

// The text of the official page, byte for byte:
// https://pay.weixin.qq.com/doc/v3/merchant/4012791836
const failed = {
  headers: Object.freeze({ 'content-type': 'application/json' }),
  body: '{"code":"FAIL","message":"失败"}',
}

/**
 * Accepted: WeChat Pay does not send this notification again. Respond with this only after you
 * stored the notification durably.
 */
export const acceptedResponse: NotificationResponse = Object.freeze({
  status: 204,
  headers: Object.freeze({}),
  body: '',
})
const rejectedResponse: NotificationResponse = Object.freeze({ status: 401, ...failed })
const ownFaultResponse: NotificationResponse = Object.freeze({ status: 500, ...failed })

/** For a request that is not a message, such as a GET of a browser or a scanner. */
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
 * The response for an error of {@link receiveNotification} or of your own code: 401 if the message
 * was rejected, 500 if this service is at fault. After both WeChat Pay sends the notification
 * again. The body is always the same, so that no one can learn from it which check failed. Log the
 * error yourself.
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

/** The same as a Web `Response`. */
export function toResponse(response: NotificationResponse): Response {
  return new Response(response.body === '' ? null : response.body, {
    status: response.status,
    headers: response.headers,
  })
}
