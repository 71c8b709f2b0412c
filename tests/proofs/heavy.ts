import { cpus, loadavg } from 'node:os'
import { fullSoak, soakClient } from './client/soak.ts'
import { type StoreKind, setStage } from './inbox/harness.ts'
import { type Proof, planFor, type Result, type Sizes, stores } from './inbox/plan.ts'
import { writeResults } from './results.ts'
import { formatTable, type Line } from './table.ts'

export interface HeavyOptions {
  /** 1 is the full size. */
  readonly scale: number
  readonly store?: readonly string[] | undefined
  readonly target?: readonly string[] | undefined
  /** Write into `RESULTS.md`. */
  readonly write: boolean
  readonly print: (text: string) => void
}

/** Minutes of the soak for each store. All proofs together take about an hour. */
const soakMinutes: Readonly<Record<StoreKind, number>> = { sqlite: 6, postgres: 20, redis: 6 }

function sizesFor(kind: StoreKind, scale: number): Sizes {
  const scaled = (full: number) => Math.max(1, Math.round(full * scale))
  return {
    kills: scaled(1_000),
    restarts: scaled(50),
    ids: scaled(100_000),
    notifications: scaled(500_000),
    soakMinutes: soakMinutes[kind] * scale,
    floodSeconds: Math.max(2, scaled(10)),
    calmMs: 1_000,
  }
}

export async function runHeavy({ scale, store, target, write, print }: HeavyOptions) {
  const command = ['npm run test:heavy --', ...process.argv.slice(2)].join(' ')
  const date = new Date().toISOString().slice(0, 10)
  const run = {
    command,
    date,
    node: process.versions.node,
    cores: cpus().length,
    load: loadavg()[0] ?? 0,
  }
  const lines: Line[] = []
  const skipped: string[] = []
  const note = async (target: string, place: string, what: string, run: () => Promise<Result>) => {
    const start = performance.now()
    const { outcome, note, faults } = await run().catch(
      (error): Result => ({ faults: [error instanceof Error ? error.message : String(error)] }),
    )
    const seconds = (performance.now() - start) / 1000
    lines.push({
      target,
      store: place,
      what,
      seconds,
      faults,
      ...(outcome && { outcome }),
      ...(note && { note }),
    })
    print(
      `${faults.length === 0 ? '✓' : '✗'} ${target} ${place}: ${what} · ${seconds.toFixed(0)} s ${faults.join(', ')}`,
    )
  }
  if (store === undefined && (target?.includes('R11') ?? true)) {
    const calls = Math.max(1_000, Math.round((fullSoak.calls * scale) / 10) * 10)
    await note('R11', 'client', `${calls} calls, 3 in 10 faulty`, () =>
      soakClient({ ...fullSoak, calls }),
    )
  }
  for (const [kind, found] of Object.entries(stores) as [StoreKind, object][]) {
    if (store !== undefined && !store.includes(kind)) continue
    if ('missing' in found) {
      skipped.push(`${kind} (${found.missing})`)
      continue
    }
    for (const proof of planFor(kind, sizesFor(kind, scale))) {
      if (target !== undefined && !target.includes(proof.target)) continue
      if (proof.needs !== undefined && 'missing' in proof.needs) {
        skipped.push(`${proof.target} ${kind}: ${proof.what} (${proof.needs.missing})`)
        continue
      }
      await note(proof.target, kind, proof.what, () => runOne(kind, proof))
    }
  }
  print(`\n${formatTable(lines)}\n`)
  if (write) writeResults(run, lines, store === undefined && target === undefined)
  const failed = lines.filter(({ faults }) => faults.length > 0).length
  return { run, passed: lines.length - failed, failed, skipped }
}

async function runOne(kind: StoreKind, proof: Proof): Promise<Result> {
  const stage = await setStage(kind)
  try {
    return await proof.run(stage)
  } finally {
    await stage.end()
  }
}
