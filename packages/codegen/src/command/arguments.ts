import { parseArgs } from 'node:util'
import { nearestName } from '@wechatpay-entrust/base'

/** The arguments of the command. */
export interface CodegenArguments {
  readonly inputs: readonly string[]
  readonly out: string
  readonly only: readonly string[]
  readonly except: readonly string[]
  readonly js: boolean
  readonly check: boolean
}

const options = {
  out: { type: 'string' },
  only: { type: 'string', multiple: true },
  except: { type: 'string', multiple: true },
  js: { type: 'boolean' },
  check: { type: 'boolean' },
  language: { type: 'string' },
  help: { type: 'boolean' },
} as const

/**
 * Reads the arguments; `help` if they ask for it.
 *
 * @throws Error with one sentence for the user
 */
export function readArguments(args: readonly string[]): CodegenArguments | 'help' {
  const { tokens = [] } = parseArgs({
    args: [...args],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option' || Object.hasOwn(options, token.name)) continue
    const nearest = nearestName(token.name, Object.keys(options))
    throw new Error(
      `found an unknown option ${token.rawName}; expected one of ${optionNames}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`}`,
    )
  }
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const { help, language, out, only = [], except = [] } = values
  if (help) return 'help'
  if (language !== undefined && language !== 'en' && language !== 'zh')
    throw new Error(`--language: found ${JSON.stringify(language)}; expected en or zh`)
  if (positionals.length === 0)
    throw new Error('found no document; expected at least one file or folder')
  if (!out) throw new Error('--out: found no folder; expected one, such as --out src/wechatpay')
  const { js = false, check = false } = values
  return { inputs: positionals, out, only, except, js, check }
}

const optionNames = Object.keys(options)
  .map((name) => `--${name}`)
  .join(', ')
