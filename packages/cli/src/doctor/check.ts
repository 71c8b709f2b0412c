/** `skip`: it could not be checked; the result names what is missing. */
export type CheckState = 'ok' | 'warn' | 'fail' | 'skip'

/** One line in the report of `doctor`. */
export interface CheckResult {
  readonly check: string
  readonly state: CheckState
  readonly found: string
  /** What to do. */
  readonly fix?: string | undefined
}

export type Report = (result: CheckResult) => void

/** Runs a check; an error becomes a failed result, because its message names the fix. */
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

/** Splits an error message of this project into what was found and the fix. */
export function explain(error: unknown): Pick<CheckResult, 'found' | 'fix'> {
  const { message, cause } = error instanceof Error ? error : new Error(String(error))
  const at = message.search(/(?<=expected [^.]*\.) /)
  if (at > 0) return { found: message.slice(0, at), fix: message.slice(at + 1) }
  return { found: cause instanceof Error ? `${message} (${codeOf(cause)})` : message }
}

/** The system's code for a failed connection. */
export function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: string }
  if (typeof code === 'string') return code
  return cause instanceof Error ? codeOf(cause) : (name ?? 'unknown')
}

const days = 86_400_000

/** A certificate that expires soon is a warning; an expired one is a failure. */
export function checkExpiry(check: string, notAfter: Date, fix: string): CheckResult {
  const left = Math.floor((notAfter.getTime() - Date.now()) / days)
  const until = notAfter.toISOString().slice(0, 10)
  if (left < 0) return { check, state: 'fail', found: `expired on ${until}`, fix }
  if (left < 60) return { check, state: 'warn', found: `expires on ${until}, in ${left} days`, fix }
  return { check, state: 'ok', found: `good until ${until}` }
}
