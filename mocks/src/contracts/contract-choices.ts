import { isRecord } from '@wechatpay-entrust/base'
import { oneOf, type ValueType, type ValueTypes } from '../arguments/value-types.ts'

/** Behaviour that is not documented. Each choice has a default, and a test can change it. */
export interface ContractChoices {
  /**
   * Pre-signing again with the code of an abandoned or expired session: `allow` opens a new session,
   * `refuse` responds with `INVALID_REQUEST`, like the scheduled-deduct products. Default: `allow`.
   */
  readonly unsignedCode: 'allow' | 'refuse'
  /**
   * The response to a query or a termination of a contract that was never signed. Default: 404
   * `RESOURCE_NOT_EXISTS`.
   */
  readonly contractNotFound: { readonly status: number; readonly code: string }
  /**
   * Pre-signing again with the same parameters while the session is open. Default: `same-session`.
   */
  readonly repeatedPreSign: 'same-session' | 'new-session'
  /**
   * The response to a code that is in use with other parameters, has a contract, or had one.
   * Default: 400 `INVALID_REQUEST`.
   */
  readonly codeInUse: { readonly status: number; readonly code: string }
  /**
   * Terminating a terminated contract: `refuse` responds with `INVALID_REQUEST`, `accept` responds
   * like the first time. Default: `refuse`.
   */
  readonly repeatedTermination: 'refuse' | 'accept'
}

const defaultChoices: ContractChoices = {
  unsignedCode: 'allow',
  contractNotFound: { status: 404, code: 'RESOURCE_NOT_EXISTS' },
  repeatedPreSign: 'same-session',
  codeInUse: { status: 400, code: 'INVALID_REQUEST' },
  repeatedTermination: 'refuse',
}

const errorResponse: ValueType = {
  expected: '{ status, code }, a status from 400 to 599',
  test: (value) =>
    isRecord(value) &&
    Number.isInteger(value.status) &&
    Number(value.status) >= 400 &&
    Number(value.status) <= 599 &&
    typeof value.code === 'string',
}

/** A misspelt choice would silently mean the other one, and a test would pass for the wrong reason. */
export const choiceTypes: ValueTypes<ContractChoices> = {
  unsignedCode: oneOf('allow', 'refuse'),
  contractNotFound: errorResponse,
  repeatedPreSign: oneOf('same-session', 'new-session'),
  codeInUse: errorResponse,
  repeatedTermination: oneOf('refuse', 'accept'),
}

/** The choices from checked options; undefined means the default. */
export function readChoices(options: Partial<ContractChoices>): ContractChoices {
  const names = Object.keys(defaultChoices) as (keyof ContractChoices)[]
  const chosen = names.filter((name) => options[name] !== undefined)
  return { ...defaultChoices, ...Object.fromEntries(chosen.map((name) => [name, options[name]])) }
}
