import { type Remedy, RemedyError } from '@wechatpay-entrust/base'

/** What was found in the mock's state, what was expected, and what to do. */
export interface StateFinding {
  readonly slot: string
  readonly found: string
  readonly expected: string
  readonly remedy: Remedy
}

/**
 * The mock's state does not allow a command of the test: there is no such session, contract or
 * notification (`NOT_FOUND`), or it is in another state (`CONFLICT`).
 */
export class MockStateError extends RemedyError {
  override readonly name = 'MockStateError'
  readonly code: 'NOT_FOUND' | 'CONFLICT'

  constructor(code: 'NOT_FOUND' | 'CONFLICT', { slot, found, expected, remedy }: StateFinding) {
    super(`${slot}: found ${found}; expected ${expected}. ${remedy.en}`, remedy)
    this.code = code
  }
}
