import { describeOption, printable, type Remedy, requestIdOf } from '@wechatpay-entrust/base'
import type { CallContext } from '../call/context.ts'
import type { ApiError, LocalErrorCode } from '../errors/api-error.ts'
import { failure } from '../errors/failure.ts'
import {
  RequestError,
  type RequestErrorCode,
  type RequestProblem,
} from '../request/request-error.ts'

type Code = Extract<
  LocalErrorCode,
  'HASH_MISMATCH' | 'BODY_TOO_LARGE' | 'TARGET_FAILED' | 'MALFORMED_RESPONSE'
>

const remedies: { readonly [One in Code]: Remedy } = {
  HASH_MISMATCH: {
    en: 'Nothing was kept. Pass the hash of the response that named this download_url, and `gunzip: true` if that request had tar_type=GZIP; then look for a proxy that changes files.',
    zh: '文件未保存。请传入返回该 download_url 的应答中的哈希值；如果请求时使用了 tar_type=GZIP，请设置 gunzip: true；然后检查途经的代理是否改写了文件。',
  },
  BODY_TOO_LARGE: {
    en: 'Nothing was kept. If a file of this size is expected, raise `maxBytes`, and pass a path or a stream as `to`.',
    zh: '文件未保存。如果文件确实有这么大，请调大 maxBytes，并将路径或流作为 to 传入。',
  },
  TARGET_FAILED: {
    en: 'Fix what `cause` names, for example a full disk; then repeat the call with a new target.',
    zh: '请根据 cause 排除故障（例如磁盘已满），然后用新的目标重新调用。',
  },
  MALFORMED_RESPONSE: {
    en: 'Nothing was kept. Check `gunzip`: true only if the request had tar_type=GZIP; quote the Request-ID to WeChat Pay’s support.',
    zh: '文件未保存。请检查 gunzip：仅在请求时使用了 tar_type=GZIP 时设为 true；并将 Request-ID 提供给微信支付技术支持。',
  },
}

/** The error for a response with status 200 that cannot be kept. No repeat is safe or useful. */
export function transferFailure(
  code: Code,
  text: string,
  response: Response,
  context: CallContext,
  cause?: unknown,
): ApiError {
  return failure(`HTTP ${response.status} ${code}: ${text}.`, context, {
    code,
    status: response.status,
    requestId: requestIdOf(response.headers),
    verified: false,
    outcome: 'failed',
    retryable: false,
    remedy: remedies[code],
    ...(cause === undefined ? {} : { cause }),
  })
}

/** An error for an argument or option; nothing was sent. */
export function requestError(
  operation: string,
  code: RequestErrorCode,
  problem: Pick<RequestProblem, 'field' | 'expected' | 'found'> & {
    readonly location?: RequestProblem['location']
  },
  cause?: unknown,
): RequestError {
  const error = new RequestError(operation, [{ code, location: 'options', ...problem }])
  if (cause !== undefined) Object.defineProperty(error, 'cause', { value: cause })
  return error
}

/** What a value is, for an error. Shows no text. */
export function describe(value: unknown): string {
  return value === '' ? 'an empty text' : describeOption(value)
}

/** A path with the system's code, for an error. */
export function describePath(path: string, error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  const reason = typeof code === 'string' && /^\w{1,64}$/.test(code) ? ` (${code})` : ''
  return `${printable(path, 256)}${reason}`
}
