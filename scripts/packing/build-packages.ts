import { rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CommandOptions,
  type CommandResult,
  runCommand,
  tool,
} from '../process/run-command.ts'
import { publicPackages, root } from '../workspace.ts'

/**
 * Deletes all output and builds all packages: the compiler does not delete the output of a deleted
 * source, so it would be packed.
 */
export function buildPackages(options?: CommandOptions): Promise<CommandResult> {
  for (const { folder } of publicPackages())
    rmSync(join(root, folder, 'dist'), { recursive: true, force: true })
  rmSync(join(root, '.cache', 'tsc'), { recursive: true, force: true })
  return runCommand(tool('tsc'), ['-b'], options)
}
