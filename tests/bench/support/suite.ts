import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Comparison, compare, type Effort } from './compare.ts'
import { judge, machine, type Target, table } from './report.ts'

const quick = process.argv.includes('--quick')
const cpu = process.argv.includes('--cpu')

/**
 * Many short rounds, so that other programs slow down all contestants alike. A quick run only
 * checks that the benchmark runs.
 */
export const effort: Effort = {
  ...(quick ? { rounds: 2, sliceMs: 50 } : { rounds: 31, sliceMs: 150 }),
  cpu,
}

/**
 * Runs the comparisons one after the other and prints their tables. `--write` writes them into
 * `tests/bench/results/NAME.md`. The exit code is 1 when a target was missed, except in a quick
 * run. `--cpu` counts processor time, see `Effort`.
 */
export async function runSuite(
  name: string,
  comparisons: readonly (Comparison & { readonly targets?: readonly Target[] })[],
  notes: readonly string[] = [],
): Promise<void> {
  const parts = [
    `# ${name}`,
    '',
    `\`npm run bench -- ${name}\` on ${machine()}, ${effort.rounds} interleaved rounds of ${effort.sliceMs} ms.${cpu ? ' Per second of this thread’s processor time.' : ''}`,
    '',
    ...notes.flatMap((note) => [note, '']),
  ]
  let missed = false
  for (const comparison of comparisons) {
    const lines = await compare(comparison, effort)
    const text = table(comparison, lines, comparison.targets)
    process.stdout.write(`${text}\n`)
    parts.push(text)
    if (!quick && comparison.targets?.some((target) => !judge(target, lines).reached)) missed = true
  }
  if (process.argv.includes('--write')) {
    const folder = join(import.meta.dirname, '../results')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${name}.md`), `${parts.join('\n').trimEnd()}\n`)
  }
  if (missed) process.exitCode = 1
}
