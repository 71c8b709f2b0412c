import { usageError } from '../usage-error.ts'

/** Names that a user may guess for an option with a secret as text. */
const secretOption =
  /^--?(?:(?:merchant-)?private-?key|(?:merchant-)?key|api-?v3-?key|api-?key|secret|password|passphrase|pem)(?:=|$)/i

/**
 * Rejects secrets among the arguments before anything else reads them: every process of the machine
 * can see the command line, and the shell stores it in its history. The error names the option, never
 * its value.
 *
 * @throws {UsageError} `secret-on-command-line`
 */
export function rejectSecretArguments(args: readonly string[]): void {
  for (const arg of args) {
    const option = secretOption.exec(arg)?.[0].replace(/=$/, '').toLowerCase()
    if (option !== undefined) throw secretArgument(`${option}: found a secret on the command line`)
    if (arg.includes('-----BEGIN'))
      throw secretArgument('found the text of a key or certificate on the command line')
    if (passwordOf(arg) !== undefined)
      throw secretArgument('found an address with a password in it on the command line')
  }
}

/** The password in an address such as `postgres://user:password@host/db`. */
export function passwordOf(text: string): string | undefined {
  const url = /^(?:--[\w-]+=)?([a-z][\w+.-]*:\/\/.*)$/is.exec(text)?.[1]
  if (url === undefined) return undefined
  // Not `URL`: an address that it rejects may still hold a password.
  const password = /^[^/]*\/\/[^/@:]*:([^@/]+)@/.exec(url)?.[1]
  try {
    return password && decodeURIComponent(password)
  } catch {
    return password
  }
}

function secretArgument(found: string) {
  return usageError(
    'secret-on-command-line',
    `${found}, where other processes and the shell's history see it; expected none.`,
    {
      en:
        'Put it into a file and name that file (--private-key-file, --api-v3-key-file), or into an environment variable ' +
        '(WECHATPAY_PRIVATE_KEY, WECHATPAY_API_V3_KEY, WECHATPAY_INBOX). If it was a real one, remove it from the history.',
      zh:
        '请把密钥放入文件并传入其路径（--private-key-file、--api-v3-key-file），或使用环境变量（WECHATPAY_PRIVATE_KEY、' +
        'WECHATPAY_API_V3_KEY、WECHATPAY_INBOX）。如果是真实密钥，请从命令历史中删除。',
    },
  )
}
