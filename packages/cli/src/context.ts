import { createInterface } from 'node:readline/promises'
import { text as readAll } from 'node:stream/consumers'
import type { ApplicationContext } from '@stricli/core'
import type { Output } from './output/output.ts'
import { readSettings, type SettingOptions, type Settings } from './settings/settings.ts'
import { usageError } from './usage-error.ts'

/** The `this` of every command. */
export interface CliContext extends ApplicationContext {
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal
  /** Call it before a request with an effect: after a failure the outcome may be unknown. */
  markChanging(): void
  /** For a command whose result is a failure, such as a failed check. */
  setExitCode(code: number): void
  settings(options: SettingOptions): Settings
  readStdin(): Promise<string>
  /** Asks on the terminal; `undefined` without a terminal. */
  confirm(question: string): Promise<boolean | undefined>
}

export type ContextParts = Pick<
  CliContext,
  'process' | 'output' | 'env' | 'cwd' | 'signal' | 'markChanging' | 'setExitCode'
>

export function createContext(parts: ContextParts, system: NodeJS.Process): CliContext {
  return {
    ...parts,
    settings: (options) => readSettings({ options, env: parts.env, cwd: parts.cwd }),
    async readStdin() {
      if (system.stdin.isTTY)
        throw usageError('malformed-input', 'stdin: found a terminal; expected a file or a pipe.', {
          en: 'Pipe the text in, or name a file.',
          zh: '请通过管道传入内容，或指定文件。',
        })
      return readAll(system.stdin)
    },
    async confirm(question) {
      if (!system.stdin.isTTY || !system.stderr.isTTY || parts.output.json) return undefined
      const prompt = createInterface({ input: system.stdin, output: system.stderr })
      try {
        const answer = await prompt.question(`${question} [y/N] `, { signal: parts.signal })
        return /^y(es)?$/i.test(answer.trim())
      } finally {
        prompt.close()
      }
    },
  }
}
