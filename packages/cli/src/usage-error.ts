import type { Remedy } from '@wechatpay-entrust/base'

/** An error of the command line itself. Not a class, because it never leaves this package. */
export interface CommandError extends Error {
  readonly code: string
  readonly remedy?: Remedy
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

/** The arguments, settings or input of a command are wrong; nothing was sent. */
export function usageError(code: UsageErrorCode, message: string, remedy?: Remedy): CommandError {
  const text = remedy === undefined ? message : `${message} ${remedy.en}`
  return Object.assign(new Error(text), { name: 'UsageError', code, ...(remedy && { remedy }) })
}

/** The contract is not signed, or there is no such record. */
export function notFound(message: string): CommandError {
  return Object.assign(new Error(message), { name: 'NotFound', code: 'not-found' })
}
