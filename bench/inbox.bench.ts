// How fast notifications are acknowledged, with everything on the disk: a receiver on one core, load that does not wait for
// answers on the other, beside a handler written by hand. On a busy machine: `nice -n -20 npm run bench -- inbox`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPostgres, startPostgres } from '../packages/notification/src/testing/postgres-server.ts'
import { median } from './compare.ts'
import { quantile } from './inbox-quantile.ts'
import { canPin, type Rate, type Run, runClaims, runLoads } from './inbox-run.ts'
import type { StorePlace, Variant } from './inbox-variants.ts'
import { machine } from './report.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 5
const seconds = quick ? 0.5 : 5
/** The target: 99 of 100 are answered within this at 500 a second. */
const targetMs = 50
const target: Rate = { perSecond: 500, seconds }
const ladder: readonly Rate[] = [100, 250, 500, 1000, 1500].map((perSecond) => ({ perSecond, seconds }))
const variants: readonly Variant[] = ['by hand', 'ours', 'ours, with worker']

const folder = mkdtempSync(join(tmpdir(), 'bench-inbox-'))
const postgres = 'missing' in findPostgres() ? undefined : await startPostgres()
const stores = ['sqlite', ...(postgres === undefined ? [] : ['postgres' as const])] as const
let files = 0
const placeOf = (store: (typeof stores)[number]): StorePlace =>
  store === 'sqlite'
    ? { kind: 'sqlite', path: join(folder, `${files++}.db`) }
    : { kind: 'postgres', url: postgres?.url ?? '' }

const lines: string[] = []
const print = (...texts: string[]) => {
  lines.push(...texts)
  process.stdout.write(`${texts.join('\n')}\n`)
}
const spread = (values: readonly number[], digits = 1) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`
let missed = false

try {
  print('# inbox', '')
  print(
    `\`npm run bench -- inbox\` on ${machine()}, PostgreSQL and load on the second core, ${rounds} interleaved rounds.`,
  )
  print(
    `Medians, in brackets the lowest and highest round. ${canPin ? '' : 'Nothing was pinned: there is no taskset. '}Load average at the start: ${loadavg()[0]?.toFixed(1)}.`,
  )
  await acknowledgement()
  await claims()
  await rates()
} finally {
  await postgres?.end()
  rmSync(folder, { recursive: true, force: true })
}
if (process.argv.includes('--write')) {
  writeFileSync(join(import.meta.dirname, 'results', 'inbox.md'), `${lines.join('\n').trimEnd()}\n`)
}
if (missed && !quick) process.exitCode = 1

async function acknowledgement(): Promise<void> {
  print('', `## Acknowledgement at ${target.perSecond} notifications a second, ${target.seconds} s a round`, '')
  print(
    '| store | | p50 ms | p99 ms | rounds within 50 ms | processor time each, µs | not 204 |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
  )
  const runs = new Map<string, Run[]>()
  for (let round = 0; round < rounds; round++) {
    for (const store of stores) {
      for (const variant of variants) {
        const [run] = await runLoads({ variant, place: placeOf(store) }, [target])
        if (run !== undefined) runs.set(`${store} | ${variant}`, [...(runs.get(`${store} | ${variant}`) ?? []), run])
      }
    }
  }
  for (const [name, all] of runs) {
    const p99 = all.map(({ ms }) => quantile(ms, 0.99))
    const failed = all.reduce((sum, run) => sum + run.failed, 0)
    const within = p99.filter((value) => value <= targetMs).length
    const each = all.map(({ cost, ms }) => (cost.cpuMs * 1000) / ms.length)
    print(
      `| ${name} | ${spread(
        all.map(({ ms }) => quantile(ms, 0.5)),
        2,
      )} | ${spread(p99)} | ${within} of ${rounds} | ${spread(each, 0)} | ${failed} |`,
    )
    if (failed > 0 || (name.includes('ours') && median(p99) > targetMs)) missed = true
  }
}

async function claims(): Promise<void> {
  print('', '## Claims alone, 16 in flight, bodies of 700 bytes', '')
  print('| store | | per second | p99 ms |', '| --- | --- | ---: | ---: |')
  for (const store of stores) {
    for (const by of ['by hand', 'ours'] as const) {
      const all: Awaited<ReturnType<typeof runClaims>>[] = []
      for (let round = 0; round < rounds; round++) {
        all.push(await runClaims({ place: placeOf(store), by, inFlight: 16, ms: quick ? 200 : 2000 }))
      }
      print(
        `| ${store} | ${by} | ${spread(
          all.map(({ perSecond }) => perSecond),
          0,
        )} | ${spread(all.map(({ ms }) => quantile(ms, 0.99)))} |`,
      )
    }
  }
}

/** What the simulation is calibrated with, and held against. */
async function rates(): Promise<void> {
  const measured = []
  for (const store of stores) {
    for (const variant of ['ours', 'ours, with worker'] as const) {
      for (const run of await runLoads({ variant, place: placeOf(store) }, ladder)) {
        const { ms, cost, perSecond, seconds: took } = run
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
        measured.push({
          ...{ store, variant, perSecond, seconds: took, p50: quantile(ms, 0.5), p99: quantile(ms, 0.99) },
          cpuMs: cost.cpuMs / ms.length,
          commitCpuMs: sum(cost.commitCpu) / ms.length,
          commitsEach: cost.commits.length / ms.length,
          commits: percentiles(cost.commits),
          claims: percentiles(cost.claims),
        })
      }
    }
  }
  if (process.argv.includes('--write')) {
    const file = join(import.meta.dirname, 'results', 'inbox.json')
    writeFileSync(file, `${JSON.stringify({ machine: machine(), measured }, round3, 1)}\n`)
  }
  print(
    '',
    '## Rates',
    '',
    '| store | | per second | p50 ms | p99 ms | busy |',
    '| --- | --- | ---: | ---: | ---: | ---: |',
  )
  for (const { store, variant, perSecond, p50, p99, cpuMs } of measured) {
    const busy = `${Math.round((cpuMs * perSecond) / 10)} %`
    print(`| ${store} | ${variant} | ${perSecond} | ${p50.toFixed(2)} | ${p99.toFixed(1)} | ${busy} |`)
  }
}

/** 0, 1 … 100 %: enough to draw from. */
function percentiles(values: readonly number[]): number[] {
  return values.length === 0 ? [] : Array.from({ length: 101 }, (_, at) => quantile(values, at / 100))
}

function round3(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
}
