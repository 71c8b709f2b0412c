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

const allowed: Readonly<Partial<Record<keyof ContractChoices, readonly string[]>>> = {
  unsignedCode: ['allow', 'refuse'],
  repeatedPreSign: ['same-session', 'new-session'],
  repeatedTermination: ['refuse', 'accept'],
}

/**
 * The choices from the options; undefined means the default. Rejects a misspelt value: it would
 * silently mean the other choice, and a test would pass for the wrong reason.
 *
 * @throws TypeError
 */
export function readChoices(options: Partial<ContractChoices>): ContractChoices {
  const names = Object.keys(defaultChoices) as (keyof ContractChoices)[]
  const chosen = names.filter((name) => options[name] !== undefined)
  for (const name of chosen) requireChoice(name, options[name])
  return { ...defaultChoices, ...Object.fromEntries(chosen.map((name) => [name, options[name]])) }
}

function requireChoice(name: keyof ContractChoices, value: unknown): void {
  const known = allowed[name]
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
