import { buildCommand } from '@stricli/core'
import type { GenerateFlags } from '../commands/generate.ts'
import type { ServeMockFlags } from '../commands/serve-mock.ts'
import type { CliContext } from '../context.ts'
import { type Shell, shells } from '../output/completion-script.ts'
import { argument, type CommonFlags, commonFlags, flag, number, text } from '../settings/flags.ts'

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
      spec: {
        kind: 'parsed',
        parse: String,
        optional: true,
        variadic: true,
        placeholder: 'FILE',
        brief: 'Play the operations of an OpenAPI document too; may be repeated',
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

const globs = (brief: string) =>
  ({
    kind: 'parsed',
    parse: String,
    optional: true,
    variadic: true,
    placeholder: 'GLOB',
    brief,
  }) as const

export const generate = buildCommand<GenerateFlags, string[], CliContext>({
  loader: async () => (await import('../commands/generate.ts')).generate,
  parameters: {
    flags: {
      out: { kind: 'parsed', parse: String, placeholder: 'DIR', brief: 'Folder to write to' },
      only: globs("Only operations whose path matches, such as 'v3/pay/**'; may be repeated"),
      except: globs('Not the operations whose path matches; may be repeated'),
      js: flag('Write index.js and index.d.ts in place of index.ts'),
      check: flag('Write nothing; exit with 1 if the files are not up to date'),
      ...commonFlags,
    },
    positional: {
      kind: 'array',
      parameter: argument('OpenAPI document (YAML or JSON), or a folder of them', 'DOCUMENT'),
      minimum: 1,
    },
  },
  docs: {
    brief: 'Make typed operations from OpenAPI documents (package @wechatpay-entrust/codegen)',
    fullDescription:
      'Writes DIR/index.ts with one export, spec, for createWeChatPay({ spec }) and createMock({ spec }).\n\n' +
      'Example:\n' +
      "  wechatpay-entrust generate refund.yaml --out src/wechatpay --only 'v3/refund/**'",
    customUsage: ['--out DIR [--only GLOB]… [--except GLOB]… [--js] [--check] DOCUMENT…'],
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
