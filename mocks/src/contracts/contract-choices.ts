/** What the documentation leaves open; each has a default, and a test can choose the other way. */
export interface ContractChoices {
  /**
   * The code of an abandoned or expired session, pre-signed again: `allow` opens a new session,
   * `refuse` answers `INVALID_REQUEST`, as the scheduled-deduct products do. Default: `allow`.
   */
  readonly unsignedCode: 'allow' | 'refuse'
  /**
   * The answer to a query or a termination of a contract that was never signed. Default: 404
   * `RESOURCE_NOT_EXISTS`.
   */
  readonly contractNotFound: { readonly status: number; readonly code: string }
  /**
   * Pre-signing again with the same parameters while the session is open. Default: `same-session`.
   */
  readonly repeatedPreSign: 'same-session' | 'new-session'
  /**
   * The answer to a code that is in use with other parameters, has a contract, or had one. Default:
   * 400 `INVALID_REQUEST`.
   */
  readonly codeInUse: { readonly status: number; readonly code: string }
  /**
   * Terminating a terminated contract: `refuse` answers `INVALID_REQUEST`, `accept` as the first
   * time. Default: `refuse`.
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

const words: Readonly<Partial<Record<keyof ContractChoices, readonly string[]>>> = {
  unsignedCode: ['allow', 'refuse'],
  repeatedPreSign: ['same-session', 'new-session'],
  repeatedTermination: ['refuse', 'accept'],
}

/**
 * The choices that the options make; one that is undefined counts as not made. A misspelt value
 * would quietly be the other choice, and a test would pass for the wrong reason.
 *
 * @throws TypeError
 */
export function readChoices(options: Partial<ContractChoices>): ContractChoices {
  const names = Object.keys(defaultChoices) as (keyof ContractChoices)[]
  const made = names.filter((name) => options[name] !== undefined)
  for (const name of made) requireChoice(name, options[name])
  return { ...defaultChoices, ...Object.fromEntries(made.map((name) => [name, options[name]])) }
}

function requireChoice(name: keyof ContractChoices, value: unknown): void {
  const known = words[name]
  if (known ? known.includes(value as string) : isErrorResponse(value)) return
  const expected =
    known?.map((word) => `'${word}'`).join(' or ') ?? '{ status, code }, a status from 400 to 599'
  throw new TypeError(`createMock: ${name}: expected ${expected}`)
}

function isErrorResponse(value: unknown): boolean {
  const { status, code } = (value ?? {}) as { status?: unknown; code?: unknown }
  return (
    Number.isInteger(status) &&
    Number(status) >= 400 &&
    Number(status) <= 599 &&
    typeof code === 'string'
  )
}
