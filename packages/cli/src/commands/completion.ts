import type { CliContext } from '../context.ts'
import { completionScripts, type Shell } from '../output/completion-script.ts'
import type { CommonFlags } from '../settings/flags.ts'

/** Prints the script for the shell to source. */
export function completion(this: CliContext, _flags: CommonFlags, shell: Shell): void {
  this.output.result({ shell, script: completionScripts[shell] }, [
    completionScripts[shell].trimEnd(),
  ])
}
