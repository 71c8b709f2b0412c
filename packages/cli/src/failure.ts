import {
  currentLanguage,
  type Explained,
  explanationLines,
  printable,
  type Remedy,
} from '@wechatpay-entrust/base'
import type { ApiError, RequestError, SignatureError } from 'wechatpay-entrust'

/** Exit codes of the process, documented in docs/guide/command-line.md. */
export const exitCodes = {
  done: 0,
  /** WeChat Pay rejected a call, a notification was rejected, or a check of `doctor` failed. */
  failed: 1,
  /** Wrong arguments, settings, keys, or a field that violates the spec: nothing was sent. */
  usage: 2,
  /** The call may have been carried out: query first. */
  unknown: 3,
  /** Stopped by Ctrl-C; a call in flight may have been carried out. */
  interrupted: 130,
} as const

export interface Failure {
  readonly exitCode: number
  /** For `--json`. */
  readonly document: { readonly error: Readonly<Record<string, unknown>> }
  readonly lines: readonly string[]
}

/** Errors are identified by name and code: `instanceof` fails with two copies of a package. */
interface Known {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly slot?: string
  readonly status?: number
  readonly requestId?: string
  readonly retryable?: boolean
  readonly outcome?: ApiError['outcome']
  readonly verified?: boolean
  readonly signError?: ApiError['signError']
  readonly probe?: SignatureError['probe']
  readonly problems?: RequestError['problems']
  readonly remedy?: Remedy | undefined
}

/** Describes an error by its documented fields only; other properties may hold secrets. */
export function describeFailure(
  thrown: unknown,
  { changes = false, wasInterrupted = false } = {},
): Failure {
  const error: Known = thrown instanceof Error ? thrown : new Error(String(thrown))
  const { name, code, slot, status, requestId, retryable, verified, signError, probe, problems } =
    error
  const outcome = wasInterrupted && changes ? 'unknown' : error.outcome
  const exitCode = wasInterrupted ? exitCodes.interrupted : exitCodeOf(error)
  const remedy = wasInterrupted ? undefined : error.remedy
  // Several problems are one line each.
  const message = wasInterrupted
    ? 'Stopped.'
    : error.message
        .split('\n')
        .map((line) => printable(line))
        .join('\n')
  const fields = {
    name,
    code,
    slot,
    status,
    requestId,
    retryable,
    outcome,
    verified,
    signError,
    probe,
  }
  const lines = linesOf({ message: wasInterrupted ? message : error.message, remedy })
  const language = currentLanguage()
  if (requestId !== undefined && !message.includes(requestId))
    lines.push(`${requestIdLabel[language]}${printable(requestId)}`)
  if (exitCode === exitCodes.unknown || (wasInterrupted && changes))
    lines.push(unknownOutcome[language])
  return {
    exitCode,
    document: { error: { ...fields, message, remedy, problems, exitCode } },
    lines,
  }
}

function linesOf(error: Explained): string[] {
  const [first = '', ...rest] = explanationLines(error).map((line) => printable(line))
  return [`wechatpay-entrust: ${first}`, ...rest]
}

const requestIdLabel: Remedy = {
  en: "Request-ID for WeChat Pay's support: ",
  zh: 'Request-ID（可提供给微信支付技术支持）：',
}

const unknownOutcome: Remedy = {
  en: 'It may have been carried out all the same: ask with `wechatpay-entrust query` before you go on.',
  zh: '该请求可能已被处理：请先用 `wechatpay-entrust query` 查询结果，再继续操作。',
}

const usageNames: readonly string[] = ['UsageError', 'ConfigurationError', 'RequestError']

function exitCodeOf({ name, code, outcome }: Known): number {
  // These come from a response, so something was sent, although a setting is the likely cause.
  if (code === 'wrong-api-v3-key' || code === 'certificates-unavailable') return exitCodes.failed
  if (usageNames.includes(name)) return exitCodes.usage
  return outcome === 'unknown' ? exitCodes.unknown : exitCodes.failed
}
