/** An error of the command line itself. No class: nobody outside of it meets one. */
export interface CommandError extends Error {
  readonly code: string
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
 * Something is wrong with how the command was called, or with what it was given; nothing was sent.
 */
export function usageError(code: UsageErrorCode, message: string): CommandError {
  return Object.assign(new Error(message), { name: 'UsageError', code })
}

/** What was asked for is not so: nobody signed, no such record. */
export function notFound(message: string): CommandError {
  return Object.assign(new Error(message), { name: 'NotFound', code: 'not-found' })
}
