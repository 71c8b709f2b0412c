// One receiver at several rates. They calibrate and test the model of
// tests/proofs/capacity/model.ts.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quantile } from '../support/quantile.ts'
import { machine } from '../support/report.ts'
import { runInboxBench, seconds, write } from './bench.ts'
import { type Rate, runLoads } from './run.ts'

const ladder: readonly Rate[] = [100, 250, 500, 1000].map((perSecond) => ({ perSecond, seconds }))

await runInboxBench(
  'inbox-rates',
  `${seconds} s at each rate.`,
  async ({ stores, serverPid, placeOf, print }) => {
    const measured = []
    for (const store of stores) {
      for (const variant of ['ours', 'ours, with worker'] as const) {
        for (const run of await runLoads({ variant, place: placeOf(store) }, ladder, serverPid)) {
          const { ms, lateMs, cost, perSecond, seconds: took, serverCpuMs, senderCpuMs } = run
          const sum = (values: readonly number[]) =>
            values.reduce((total, value) => total + value, 0)
          measured.push({
            ...{
              store,
              variant,
              perSecond,
              seconds: took,
              p50: quantile(ms, 0.5),
              p99: quantile(ms, 0.99),
            },
            cpuMs: cost.cpuMs / ms.length,
            serverCpuMs: store === 'postgres' ? serverCpuMs / ms.length : 0,
            senderCpuMs: senderCpuMs / ms.length,
            commitCpuMs: sum(cost.commitCpu) / ms.length,
            commitsEach: cost.commits.length / ms.length,
            commits: percentiles(cost.commits),
            claims: percentiles(cost.claims),
            late: percentiles(lateMs),
          })
        }
      }
    }
    if (write) {
      const file = join(import.meta.dirname, '../results', 'inbox.json')
      writeFileSync(file, `${JSON.stringify({ machine: machine(), measured }, round3)}\n`)
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
      print(
        `| ${store} | ${variant} | ${perSecond} | ${p50.toFixed(2)} | ${p99.toFixed(1)} | ${busy} |`,
      )
    }
  },
)

/** The percentiles 0, 1 … 100; the model draws from them. */
function percentiles(values: readonly number[]): number[] {
  return values.length === 0
    ? []
    : Array.from({ length: 101 }, (_, at) => quantile(values, at / 100))
}

function round3(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
}
