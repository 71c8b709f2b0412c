import type { Remedy } from '@wechatpay-entrust/base'

/** An error of the command line itself. Not a class, because it never leaves this package. */
export interface CommandError extends Error {
  readonly code: string
  readonly remedy: Remedy
}

export type UsageErrorCode =
  | 'invalid-arguments'
  | 'secret-on-command-line'
  | 'secret-in-config'
  | 'missing-setting'
  | 'unreadable-file'
  | 'malformed-config'
  | 'malformed-input'
  | 'not-confirmed'
  | 'missing-library'

/**
 * The arguments, settings or input of a command are wrong; nothing was sent. `finding` says what was
 * found and expected.
 */
export const usageError = (code: UsageErrorCode, finding: string, remedy: Remedy): CommandError =>
  commandError('UsageError', code, finding, remedy)

/** The contract is not signed, or there is no such record. */
export const notFound = (finding: string, remedy: Remedy): CommandError =>
  commandError('NotFound', 'not-found', finding, remedy)

function commandError(name: string, code: string, finding: string, remedy: Remedy): CommandError {
  return Object.assign(new Error(`${finding} ${remedy.en}`), { name, code, remedy })
}
