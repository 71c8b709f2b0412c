/** `skip`: it could not be told, and says what would be needed. */
export type CheckState = 'ok' | 'warn' | 'fail' | 'skip'

/** One line of `doctor`. */
export interface CheckResult {
  readonly check: string
  readonly state: CheckState
  readonly found: string
  /** What to do about it. */
  readonly fix?: string | undefined
}

export type Report = (result: CheckResult) => void

/** The results of a check that throws: its message says what was found and what to do. */
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

/** Splits a message of ours into what was found and what to do. */
export function explain(error: unknown): Pick<CheckResult, 'found' | 'fix'> {
  const { message, cause } = error instanceof Error ? error : new Error(String(error))
  const at = message.search(/(?<=expected [^.]*\.) /)
  if (at > 0) return { found: message.slice(0, at), fix: message.slice(at + 1) }
  return { found: cause instanceof Error ? `${message} (${codeOf(cause)})` : message }
}

/** Why a connection failed, as the system calls it. */
export function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : (name ?? 'unknown')
}

const days = 86_400_000

/** A certificate that ends soon is a warning, one that has ended a failure. */
export function judgeExpiry(check: string, notAfter: Date, fix: string): CheckResult {
  const left = Math.floor((notAfter.getTime() - Date.now()) / days)
  const until = notAfter.toISOString().slice(0, 10)
  if (left < 0) return { check, state: 'fail', found: `expired on ${until}`, fix }
  if (left < 60) return { check, state: 'warn', found: `expires on ${until}, in ${left} days`, fix }
  return { check, state: 'ok', found: `good until ${until}` }
}
