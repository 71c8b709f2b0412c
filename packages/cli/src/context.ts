import { createInterface } from 'node:readline/promises'
import { text as readAll } from 'node:stream/consumers'
import type { ApplicationContext } from '@stricli/core'
import type { Output } from './output/output.ts'
import { readSettings, type SettingOptions, type Settings } from './settings/settings.ts'
import { usageError } from './usage-error.ts'

/** What a command works with; `this` in each. */
export interface CliContext extends ApplicationContext {
  readonly output: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal
  /** A failure from here on may leave something done. */
  markChanging(): void
  /** For a command whose result is itself a failure, such as a check that did not hold. */
  setExitCode(code: number): void
  settings(options: SettingOptions): Settings
  readStdin(): Promise<string>
  /** Asks on the terminal; undefined where there is none. */
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
        throw usageError('malformed-input', 'stdin: found a terminal; expected a file or a pipe.')
      return readAll(system.stdin)
    },
    async confirm(question) {
      if (!system.stdin.isTTY || !system.stderr.isTTY || parts.output.json) return undefined
      const asking = createInterface({ input: system.stdin, output: system.stderr })
      try {
        const answer = await asking.question(`${question} [y/N] `, { signal: parts.signal })
        return /^y(es)?$/i.test(answer.trim())
      } finally {
        asking.close()
      }
    },
  }
}
