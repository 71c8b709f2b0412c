import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { getPriority, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres, startPostgres } from '../../../packages/inbox/src/testing/postgres-server.ts'
import { machine } from '../support/report.ts'
import { canPin } from './run.ts'
import type { StorePlace } from './variants.ts'

export type StoreName = 'sqlite' | 'postgres'

export const quick = process.argv.includes('--quick')
export const write = process.argv.includes('--write')
/** What one round needs. */
export const seconds = quick ? 0.5 : 4

export interface Bench {
  readonly stores: readonly StoreName[]
  /** Of PostgreSQL. */
  readonly serverPid: number | undefined
  /** A new file, or the one server. */
  placeOf(store: StoreName): StorePlace
  print(...lines: readonly string[]): void
}

/**
 * Starts both stores, runs `work` and stops them. `--write` writes what it prints into
 * `tests/bench/results/NAME.md`.
 */
export async function runInboxBench(
  name: string,
  about: string,
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1)) // this ends PostgreSQL too
  const folder = mkdtempSync(join(tmpdir(), 'bench-inbox-'))
  const postgres = 'missing' in findPostgres() ? undefined : await startPostgres()
  const lines: string[] = []
  let files = 0
  const print = (...texts: readonly string[]) => {
    lines.push(...texts)
    process.stdout.write(`${texts.join('\n')}\n`)
  }
  try {
    print(`# ${name}`, '', `\`npm run bench -- ${name}\` on ${machine()}. ${about}`)
    print(
      `PostgreSQL and load on the second core. ${canPin ? '' : 'Nothing was pinned: there is no taskset. '}` +
        `Load average at the start: ${loadavg()[0]?.toFixed(1)}, of which nothing is this measurement's; its own priority: nice ${getPriority()}.`,
    )
    await work({
      stores: ['sqlite', ...(postgres === undefined ? [] : ['postgres' as const])],
      serverPid: postgres?.pid(),
      placeOf: (store) =>
        store === 'sqlite'
          ? { kind: 'sqlite', path: join(folder, `${files++}.db`) }
          : { kind: 'postgres', url: postgres?.url ?? '' },
      print,
    })
  } finally {
    await postgres?.end()
    rmSync(folder, { recursive: true, force: true })
  }
  if (write)
    writeFileSync(
      join(import.meta.dirname, '../results', `${name}.md`),
      `${lines.join('\n').trimEnd()}\n`,
    )
}
