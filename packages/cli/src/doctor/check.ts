import { type Explained, findingOf, type Remedy } from '@wechatpay-entrust/base'

/** `skip`: it could not be checked; the result names what is missing. */
export type CheckState = 'ok' | 'warn' | 'fail' | 'skip'

/** A finding in the report of `doctor`. Whatever is not `ok` says what to do. */
export type CheckResult =
  | { readonly check: string; readonly state: 'ok'; readonly found: string }
  | Trouble

export interface Trouble {
  readonly check: string
  readonly state: Exclude<CheckState, 'ok'>
  readonly found: string
  readonly remedy: Remedy
}

export type Report = (result: CheckResult) => void

/** Runs a check; an error becomes a failed result with the remedy of the error. */
export async function attempt<T>(
  report: Report,
  check: string,
  work: () => Promise<T> | T,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    report({ check, state: 'fail', ...explain(error) })
    return undefined
  }
}

/** What an error found, and its remedy. */
export function explain(error: unknown): Pick<Trouble, 'found' | 'remedy'> {
  const { message, cause, remedy }: Error & Explained =
    error instanceof Error ? error : new Error(String(error))
  if (remedy !== undefined) return { found: findingOf({ message, remedy }), remedy }
  const found = cause instanceof Error ? `${message} (${codeOf(cause)})` : message
  return { found, remedy: withoutRemedy }
}

/** An error of the system or of another package. */
const withoutRemedy: Remedy = {
  en: 'Remove this cause, then run doctor again.',
  zh: '请先排除上述原因，再重新运行 doctor。',
}

/** The system's code for a failed connection. */
export function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : (name ?? 'unknown')
}

const days = 86_400_000

/** A certificate that expires soon is a warning; an expired one is a failure. */
export function checkExpiry(check: string, notAfter: Date, remedy: Remedy): CheckResult {
  const left = Math.floor((notAfter.getTime() - Date.now()) / days)
  const until = notAfter.toISOString().slice(0, 10)
  if (left < 0) return { check, state: 'fail', found: `expired on ${until}`, remedy }
  if (left < 60)
    return { check, state: 'warn', found: `expires on ${until}, in ${left} days`, remedy }
  return { check, state: 'ok', found: `good until ${until}` }
}
