/** One implementation to measure. `run` does the work once and resolves when it is done. */
export interface Contestant {
  readonly name: string
  run(): unknown
}

export interface Comparison {
  readonly title: string
  /** The number of runs in flight. Default 1. */
  readonly inFlight?: number
  /** The ratios are relative to the first one. */
  readonly contestants: readonly [Contestant, ...Contestant[]]
}

export interface Line {
  readonly name: string
  /** Runs per second in each round. */
  readonly rates: readonly number[]
}

/**
 * The ratio of two lines: the median of the ratios of all rounds, and the limits of their middle
 * half.
 */
export interface Ratio {
  readonly median: number
  readonly lower: number
  readonly upper: number
}

export function ratioOf(line: Line, base: Line): Ratio {
  const ratios = line.rates.map((rate, round) => rate / (base.rates[round] as number))
  const sorted = ratios.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] as number
  return { median: median(ratios), lower: at(0.25), upper: at(0.75) }
}

export interface Effort {
  readonly rounds: number
  readonly sliceMs: number
  /**
   * Counts the processor time of this thread instead of real time, which varies more on a busy
   * machine.
   */
  readonly cpu?: boolean
}

/**
 * Runs all contestants in each round, each time in another order, so that other programs on the
 * machine slow down all of them alike. Ratios are computed within a round.
 */
export async function compare(
  { contestants, inFlight = 1 }: Comparison,
  effort: Effort,
): Promise<Line[]> {
  for (const contestant of contestants) await slice(contestant, inFlight, effort) // warms up
  const rounds: number[][] = []
  for (let round = 0; round < effort.rounds; round++) {
    const rates: number[] = []
    for (let turn = 0; turn < contestants.length; turn++) {
      const index = (turn + round) % contestants.length
      rates[index] = await slice(contestants[index] as Contestant, inFlight, effort)
    }
    rounds.push(rates)
  }
  return contestants.map(({ name }, index) => ({
    name,
    rates: rounds.map((rates) => rates[index] as number),
  }))
}

async function slice(
  contestant: Contestant,
  inFlight: number,
  { sliceMs, cpu = false }: Effort,
): Promise<number> {
  const used = process.threadCpuUsage()
  const start = performance.now()
  const end = start + sliceMs
  let done = 0
  const lane = async () => {
    while (performance.now() < end) {
      const result = contestant.run()
      if (result instanceof Promise) await result
      done++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  const passed = performance.now() - start
  const { user, system } = process.threadCpuUsage(used)
  return (done * 1000) / (cpu ? (user + system) / 1000 : passed)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
