import { completionScripts, type Shell } from '../completion-script.ts'
import type { CliContext } from '../context.ts'
import type { CommonFlags } from '../flags.ts'

/** Prints the script that a shell sources. */
export function completion(this: CliContext, _flags: CommonFlags, shell: Shell): void {
  this.output.result({ shell, script: completionScripts[shell] }, [completionScripts[shell].trimEnd()])
}
