// How fast notifications are acknowledged, with everything on the disk, compared with a handler
// written by hand. The receiver runs on one core; on the other runs a load that does not wait for
// responses. On a busy machine raise its priority: `nice -n -20 npm run bench -- inbox`. On Linux,
// nice only counts within a session, so also run `echo -20 > /proc/self/autogroup` in its shell.
import { median } from '../support/compare.ts'
import { quantile } from '../support/quantile.ts'
import { type Bench, quick, runInboxBench, seconds } from './bench.ts'
import { type Rate, type Run, runClaims, runLoads } from './run.ts'
import type { Variant } from './variants.ts'

const rounds = quick ? 1 : 3
/** The target: 99 of 100 get their response within this time, at 500 a second. */
const targetMs = 50
const target: Rate = { perSecond: 500, seconds }
const variants: readonly Variant[] = ['by hand', 'ours', 'ours, with worker']

const spread = (values: readonly number[], digits = 1) =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`
let missed = false

await runInboxBench(
  'inbox',
  `${rounds} interleaved rounds: medians, in brackets the lowest and highest.`,
  async (bench) => {
    await acknowledgement(bench)
    await claims(bench)
  },
)
if (missed && !quick) process.exitCode = 1

async function acknowledgement({ stores, placeOf, print }: Bench): Promise<void> {
  print(
    '',
    `## Acknowledgement at ${target.perSecond} notifications a second, ${target.seconds} s a round`,
    '',
  )
  print(
    '| store | | p50 ms | p99 ms | rounds within 50 ms | processor time each, µs | not 204 |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
  )
  const runs = new Map<string, Run[]>()
  for (let round = 0; round < rounds; round++) {
    for (const store of stores) {
      for (const variant of variants) {
        const [run] = await runLoads({ variant, place: placeOf(store) }, [target])
        if (run !== undefined)
          runs.set(`${store} | ${variant}`, [...(runs.get(`${store} | ${variant}`) ?? []), run])
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

async function claims({ stores, placeOf, print }: Bench): Promise<void> {
  print('', '## Claims alone, 16 in flight, bodies of 700 bytes', '')
  print('| store | | per second | p99 ms |', '| --- | --- | ---: | ---: |')
  for (const store of stores) {
    for (const by of [
      'by hand',
      'ours',
      ...(store === 'postgres' ? ['ours, not prepared' as const] : []),
    ] as const) {
      const all: Awaited<ReturnType<typeof runClaims>>[] = []
      for (let round = 0; round < rounds; round++) {
        all.push(
          await runClaims({ place: placeOf(store), by, inFlight: 16, ms: quick ? 200 : 2000 }),
        )
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
