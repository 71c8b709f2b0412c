import { usageError } from '../usage-error.ts'

/** What people would call an option that takes a secret as text. */
const secretOption =
  /^--?(?:(?:merchant-)?private-?key|(?:merchant-)?key|api-?v3-?key|api-?key|secret|password|passphrase|pem)(?:=|$)/i

/**
 * Refuses secrets among the arguments, before anything else looks at them: the command line is seen
 * by every process of the machine and kept in the shell's history. Says which option, never what it
 * held.
 *
 * @throws {UsageError} `secret-on-command-line`
 */
export function rejectSecretArguments(args: readonly string[]): void {
  for (const arg of args) {
    const option = secretOption.exec(arg)?.[0].replace(/=$/, '').toLowerCase()
    if (option !== undefined) throw refused(`${option}: found a secret on the command line`)
    if (arg.includes('-----BEGIN'))
      throw refused('found the text of a key or certificate on the command line')
    if (passwordOf(arg) !== undefined)
      throw refused('found an address with a password in it on the command line')
  }
}

/** The password in an address such as `postgres://user:password@host/db`. */
export function passwordOf(text: string): string | undefined {
  const url = /^(?:--[\w-]+=)?([a-z][\w+.-]*:\/\/.*)$/is.exec(text)?.[1]
  if (url === undefined) return undefined
  // By hand: what URL cannot read may hold one all the same.
  const password = /^[^/]*\/\/[^/@:]*:([^@/]+)@/.exec(url)?.[1]
  try {
    return password && decodeURIComponent(password)
  } catch {
    return password
  }
}

function refused(found: string) {
  return usageError(
    'secret-on-command-line',
    `${found}, where other processes and the shell's history see it; expected none. Put it into a file and name that ` +
      '(--private-key-file, --api-v3-key-file), or into an environment variable (WECHATPAY_PRIVATE_KEY, ' +
      'WECHATPAY_API_V3_KEY, WECHATPAY_INBOX). If it was a real one, take it out of the history.',
  )
}
