/**
 * npm run bench: all measurements, or those named: `npm run bench -- client keys`. Prints Markdown
 * tables, and writes them to tests/bench/results/NAME.md with `--write`. `--quick` makes rounds
 * short, only to check that everything runs.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './workspace.ts'

const folder = join(root, 'tests/bench')
/** The path of each suite by its name. Packages under `node_modules` are not looked at. */
const paths = new Map(
  globSync('*/*.bench.ts', { cwd: folder })
    .toSorted()
    .map((path) => [basename(path, '.bench.ts'), join(folder, path)]),
)
const suites = [...paths.keys()]
const args = process.argv.slice(2)
const flags = args.filter((argument) => argument.startsWith('--'))
const named = args.filter((argument) => !argument.startsWith('--'))
const unknown = named.filter((name) => !suites.includes(name))
if (unknown.length > 0) {
  process.stderr.write(
    `No measurement is called ${unknown.join(', ')}. There are: ${suites.join(', ')}.\n`,
  )
  process.exit(1)
}
// Each suite has its own process, so that one does not affect the figures of the next.
const failed = (named.length > 0 ? named : suites).filter((name) => {
  const { status } = spawnSync(
    process.execPath,
    ['--conditions=@wechatpay-entrust/source', paths.get(name) ?? name, ...flags],
    { stdio: 'inherit', cwd: root },
  )
  return status !== 0
})
if (failed.length > 0) {
  process.stderr.write(`A target was missed or a measurement failed: ${failed.join(', ')}\n`)
  process.exitCode = 1
}
