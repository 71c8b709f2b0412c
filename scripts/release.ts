/**
 * npm run release: tests, builds and publishes. It stops until the owner has set the address of the
 * repository, because npm rejects packages with provenance that do not name it (E422).
 */
import { buildPackages } from './packing/build-packages.ts'
import { readRootMetadata } from './packing/metadata.ts'
import { runCommand, tool } from './process/run-command.ts'

/** Runs the steps in order and stops at the first that fails. */
async function release(): Promise<number> {
  if (readRootMetadata().repository === undefined) {
    console.error(
      'The address of the repository is not set: add "repository": { "type": "git", "url": "git+https://…" } to ' +
        'the package.json at the root, run npm run generate, and commit.',
    )
    return 1
  }
  const tested = await runCommand('npm', ['test'], { show: true })
  if (tested.code !== 0) return tested.code
  const built = await buildPackages({ show: true })
  if (built.code !== 0) return built.code
  return (await runCommand(tool('changeset'), ['publish'], { show: true })).code
}

process.exitCode = await release()
