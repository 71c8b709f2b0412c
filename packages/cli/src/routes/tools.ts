import { buildCommand } from '@stricli/core'
import type { ServeMockFlags } from '../commands/serve-mock.ts'
import type { CliContext } from '../context.ts'
import { type Shell, shells } from '../output/completion-script.ts'
import { type CommonFlags, commonFlags, number, text } from '../settings/flags.ts'

export const serveMock = buildCommand<ServeMockFlags, [], CliContext>({
  loader: async () => (await import('../commands/serve-mock.ts')).serveMock,
  parameters: {
    flags: {
      port: number('Port to listen on; 0 takes a free one (default: 0)', 'PORT', 0),
      readyFile: text('Write address and keys to FILE once the port is open', 'FILE'),
      notificationKey: text(
        'certificate, publicKey, or the share from 0 to 1 that the public key signs',
        'KEY',
      ),
      allowNotifyHost: {
        kind: 'parsed',
        parse: String,
        optional: true,
        variadic: true,
        placeholder: 'HOST',
        brief: 'Let notifications go to HOST beside this machine; may be repeated',
      },
      ...commonFlags,
    },
  },
  docs: {
    brief: 'Run the mock of WeChat Pay (package @wechatpay-entrust/mock)',
    fullDescription:
      'Fixed TEST keys, on 127.0.0.1, until Ctrl-C. The other commands meet it with --mock-ready.\n\n' +
      'Example:\n' +
      '  wechatpay-entrust serve-mock --ready-file mock.json &\n' +
      '  wechatpay-entrust doctor --mock-ready mock.json',
    customUsage: ['[--port PORT] [--ready-file FILE]'],
  },
})

export const completion = buildCommand<CommonFlags, [shell: Shell], CliContext>({
  loader: async () => (await import('../commands/completion.ts')).completion,
  parameters: {
    flags: commonFlags,
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'bash, zsh or fish',
          placeholder: 'SHELL',
          parse: readShell,
          proposeCompletions: () => shells,
        },
      ],
    },
  },
  docs: {
    brief: 'Print the script that completes commands in your shell',
    fullDescription:
      'Put one of these into the start-up file of your shell:\n' +
      '  source <(wechatpay-entrust completion bash)\n' +
      '  source <(wechatpay-entrust completion zsh)\n' +
      '  wechatpay-entrust completion fish | source',
    customUsage: ['bash', 'zsh', 'fish'],
  },
})

function readShell(input: string): Shell {
  const found = shells.find((shell) => shell === input)
  if (found === undefined)
    throw new RangeError(`found another shell; expected one of ${shells.join(', ')}`)
  return found
}
