import { type Remedy, RemedyError } from '@wechatpay-entrust/base'
import type { ViolationCode } from '../schema/violations.ts'

/** Why a request was not sent. */
export type RequestErrorCode =
  | ViolationCode
  | 'unknown-member'
  | 'unknown-path-parameter'
  | 'unsafe-path-parameter'
  | 'invalid-method'
  | 'invalid-path'
  | 'unexpected-body'
  | 'not-serialisable'
  | 'invalid-timeout'
  | 'invalid-max-attempts'
  | 'invalid-expiry'
  | 'malformed-spec'
  | 'invalid-url'
  | 'invalid-hash'
  | 'invalid-max-bytes'
  | 'invalid-target'
  | 'invalid-file'
  | 'mismatched-hash'
  | 'missing-fetch'

/** One problem of a request. */
export interface RequestProblem {
  readonly code: RequestErrorCode
  /**
   * For `body`, `field` is a JSON Pointer (RFC 6901). Otherwise it is the name of the parameter, the
   * argument or the option.
   */
  readonly location: 'body' | 'path' | 'query' | 'arguments' | 'options'
  readonly field: string
  readonly expected: string
  readonly found: string
}

/**
 * A request that was rejected before anything was sent. `code`, `field` and `location` describe the
 * first problem, `problems` all of them. No text shows the value of a personal field.
 *
 * The field checks come from the spec and can be turned off (`checkRequests: false`, or
 * `checkRequest: false` for one call). The other checks always apply, for example that a path
 * parameter stays in its segment.
 */
export class RequestError extends RemedyError {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode
  /** The operation's id, or method and path of an untyped request. */
  readonly operation: string
  readonly location: RequestProblem['location']
  readonly field: string
  readonly problems: readonly RequestProblem[]

  constructor(operation: string, problems: readonly [RequestProblem, ...RequestProblem[]]) {
    const [first] = problems
    super(`${operation}: nothing was sent. ${list(problems)}`, remedyOf(problems))
    this.code = first.code
    this.operation = operation
    this.location = first.location
    this.field = first.field
    this.problems = problems
  }

  toJSON(): object {
    // Neither `message` nor `remedy` is enumerable, so the spread does not copy them.
    return { ...this, message: this.message, remedy: this.remedy }
  }
}

/** One line for each problem. */
function list(problems: readonly RequestProblem[]): string {
  const [first = '', ...others] = problems.map(sentence)
  return others.length === 0
    ? first
    : `${problems.length} problems:\n- ${[first, ...others].join('\n- ')}`
}

/** The texts of the problems say what to do in English; the remedy says it in Chinese. */
function remedyOf(problems: readonly RequestProblem[]): Remedy {
  const places = problems.map(
    ({ code, location, field }) => `${nameOf(location, field)}（${chinese[code]}）`,
  )
  return {
    en: 'Correct the request as described; nothing was sent.',
    zh: `请求未发出，请修改：${places.join('；')}。`,
  }
}

const chinese: { readonly [Code in RequestErrorCode]: string } = {
  'missing-field': '缺少必填参数',
  'null-value': '不能为 null，没有值时请省略该字段',
  'wrong-type': '类型错误',
  'too-short': '长度不足',
  'too-long': '超过最大长度',
  pattern: '格式不符合要求',
  'not-https': '必须为 https 地址',
  'lone-surrogate': '包含不完整的字符',
  'not-in-enum': '取值不在允许范围内',
  'out-of-range': '数值超出范围',
  'unsafe-integer': '整数超出 2^53 - 1，会丢失精度',
  'too-few-items': '数组元素过少',
  'too-many-items': '数组元素过多',
  'one-of-required': '至少填写其中一个',
  'no-alternative': '不符合文档中的任何一种格式',
  'unknown-field': '没有该参数',
  'unknown-member': '没有该选项，请检查拼写',
  'unknown-path-parameter': '路径中没有该参数',
  'unsafe-path-parameter': '不能作为路径参数',
  'invalid-method': '不支持的请求方法',
  'invalid-path': '必须是以 /v3/ 开头、已编码的路径',
  'unexpected-body': 'GET 请求不能带请求报文主体',
  'not-serialisable': 'JSON 无法表示该值',
  'invalid-timeout': '超时时间无效',
  'invalid-max-attempts': '尝试次数必须为 1 到 5',
  'invalid-expiry': '时间无效',
  'malformed-spec': 'spec 的数据有误，请重新运行 codegen',
  'invalid-url': '必须是应答中的 download_url，或以 /v3/ 开头的路径',
  'invalid-hash': '必须是已验签应答中的 hash_type 和 hash_value',
  'invalid-max-bytes': '必须为正整数（字节数）',
  'invalid-target': '无法写入，请检查路径或流',
  'invalid-file': '无法读取该文件',
  'mismatched-hash': '与文件内容的摘要不一致',
  'missing-fetch': '请传入 createUnverifiedFetch 返回的函数',
}

function nameOf(location: string, field: string): string {
  return field === '' ? (location === 'body' ? 'json' : location) : field
}

function sentence({ location, field, expected, found }: RequestProblem): string {
  return `${location} ${field === '' ? '(whole)' : field}: found ${found}; expected ${expected}`
}
