import { type Remedy, RemedyError } from '@wechatpay-entrust/base'

/** `foreign-file`: a file has the name of a generated one, and this package did not write it. */
export type OutputErrorCode = 'foreign-file' | 'not-writable'

/** The files cannot be written. None of them was changed. */
export class OutputError extends RemedyError {
  override readonly name = 'OutputError'
  readonly code: OutputErrorCode

  constructor(code: OutputErrorCode, message: string, remedy: Remedy, cause?: unknown) {
    super(`${message} ${remedy.en}`, remedy, cause)
    this.code = code
  }
}
