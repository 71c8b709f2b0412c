/**
 * The body of an error response.
 * https://pay.weixin.qq.com/docs/partner/development/interface-rules/basic-rules.html
 */
export interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Thrown when the mock rejects a request. The response is that of the real service. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
  readonly status: number
  readonly body: ErrorBody
  /** For `requests()`: why, in a developer's words. */
  readonly reason: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    body: ErrorBody,
    reason: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(body.message)
    this.status = status
    this.body = body
    this.reason = reason
    this.headers = headers
  }
}

/** 401: the sender is not proven. The response is unsigned, as that of the real service. */
export function signError(
  field: string,
  issue: string,
  more: { message?: string; sign_information?: object } = {},
): Rejection {
  const { message = '错误的签名，验签失败', ...rest } = more
  const detail = { field, location: 'authorization', detail: { issue }, ...rest }
  return new Rejection(401, { code: 'SIGN_ERROR', message, detail }, `${field}: ${issue}`)
}

/**
 * 401 without a `detail`, as observed from the real service for a request without `Authorization`:
 * https://github.com/ArtisanCloud/PowerWeChat/issues/263, whose Content-Length of 125 fits this
 * body and no other code.
 */
export function malformedAuthorization(issue: string): Rejection {
  const message = 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'
  return new Rejection(401, { code: 'SIGN_ERROR', message }, `authorization: ${issue}`)
}

/** 400: against the rules of APIv3, or not possible in the contract's state. */
export function invalidRequest(message: string, reason: string): Rejection {
  return new Rejection(400, { code: 'INVALID_REQUEST', message }, reason)
}

/**
 * 400: a parameter is invalid. `field` is a JSON Pointer for the body, a plain name for the path.
 */
export function paramError(detail: {
  field: string
  value: unknown
  issue: string
  location: 'body' | 'url' | 'query'
}): Rejection {
  return new Rejection(
    400,
    { code: 'PARAM_ERROR', message: '参数错误', detail },
    `${detail.location} ${detail.field}: ${detail.issue}`,
  )
}

/** The response of the real service to an unknown path is not documented. */
export function notFound(): Rejection {
  return new Rejection(
    404,
    { code: 'RESOURCE_NOT_EXISTS', message: '请求的资源不存在' },
    'no operation has this method and path',
  )
}
