import {
  type Application,
  type ApplicationText,
  ArgumentScannerError,
  buildApplication,
  buildRouteMap,
  formatMessageForArgumentScannerError,
  text_en,
} from '@stricli/core'
import type { CliContext } from './context.ts'
import { preSign, query, reconcile, terminate } from './routes/contracts.ts'
import { inbox } from './routes/inbox.ts'
import { certificates, doctor, notification } from './routes/keys.ts'
import { completion, generate, serveMock } from './routes/tools.ts'

const commandName = 'wechatpay-entrust'

const root = buildRouteMap<string, CliContext>({
  routes: {
    'pre-sign': preSign,
    query,
    terminate,
    certificates,
    notification,
    inbox,
    reconcile,
    doctor,
    generate,
    'serve-mock': serveMock,
    completion,
  },
  docs: {
    brief: 'WeChat Pay password-exempt contracts (微信支付免密支付) on the command line',
    fullDescription:
      'WeChat Pay password-exempt contracts (微信支付免密支付) on the command line.\n\n' +
      'Settings come from options, from the environment (WECHATPAY_MCHID, WECHATPAY_PRIVATE_KEY_FILE, …) and from\n' +
      'wechatpay-entrust.config.json, in this order. Secrets are never options: a file, or the environment.\n\n' +
      'Try it without an account:\n' +
      '  wechatpay-entrust serve-mock --ready-file mock.json &\n' +
      '  wechatpay-entrust doctor --mock-ready mock.json\n\n' +
      'Exit codes: 0 done · 1 failed · 2 wrong use or settings, nothing sent · 3 the outcome is unknown · 130 stopped',
  },
})

export interface ApplicationOptions {
  readonly version: string
  /** Receives the error that a command threw; the parser prints nothing of it. */
  readonly onFailure: (error: unknown) => void
  /** Receives the names that a mistyped one probably means. */
  readonly onCorrections: (names: readonly string[]) => void
}

export function createApplication({
  version,
  onFailure,
  onCorrections,
}: ApplicationOptions): Application<CliContext> {
  const text: ApplicationText = {
    ...text_en,
    noCommandRegisteredForInput({ input, corrections }) {
      onCorrections(corrections.map((one) => one.replaceAll('`', '')))
      return isWord(input) ? `There is no command ${input}.` : 'There is no such command.'
    },
    exceptionWhileParsingArguments(error) {
      if (!(error instanceof ArgumentScannerError)) return 'The arguments cannot be read.'
      return formatMessageForArgumentScannerError(error, {
        ...withoutInput,
        FlagNotFoundError({ input, corrections }) {
          onCorrections(corrections.map((one) => `--${one}`))
          return isWord(input)
            ? `There is no option --${input.replace(/^-+/, '')}`
            : 'There is no such option'
        },
      }).replace(/(?<![.?])$/, '.')
    },
    exceptionWhileLoadingCommandFunction: reportFailure,
    exceptionWhileRunningCommand: reportFailure,
  }
  function reportFailure(error: unknown): string {
    onFailure(error)
    return ''
  }
  return buildApplication(root, {
    name: commandName,
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { caseStyle: 'convert-camel-to-kebab', onlyRequiredInUsageLine: true },
    localization: { text },
  })
}

/** Whether the input looks like a mistyped word. Other input may be a key in the wrong place. */
const isWord = (input: string) => /^-{0,2}[a-z][a-z-]{0,23}$/i.test(input)

/** The parser's own texts quote the argument, which may be a secret in the wrong place. */
const withoutInput: Omit<
  Parameters<typeof formatMessageForArgumentScannerError>[1],
  'FlagNotFoundError'
> = {
  AliasNotFoundError: () => 'There is no such short option',
  ArgumentParseError: ({ externalFlagNameOrPlaceholder, exception }) =>
    `${/^[A-Z_]+$/.test(externalFlagNameOrPlaceholder) ? '' : '--'}${externalFlagNameOrPlaceholder}: ${exception instanceof Error ? exception.message : 'cannot be read'}`,
  EnumValidationError: ({ externalFlagName, values }) =>
    `--${externalFlagName}: expected one of ${values.join(', ')}`,
  UnexpectedPositionalError: ({ expectedCount }) =>
    `Found more arguments than the ${expectedCount} that the command takes`,
  UnexpectedFlagError: ({ externalFlagName }) =>
    `--${externalFlagName}: found it twice; expected once`,
  InvalidNegatedFlagSyntaxError: ({ externalFlagName }) => `--${externalFlagName}: takes no value`,
}
