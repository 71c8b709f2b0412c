import type { Check, Outcome } from '../checks/check.ts'
import type { VitestSummary } from './vitest-summary.ts'

export interface ReportOptions {
  /** Nothing may be skipped: a skipped part counts as failed. */
  readonly requireAll: boolean
  readonly write?: (text: string) => void
  readonly now?: () => number
}

export interface Report {
  /** Runs a check and counts it as one. Prints its line and, if it failed, its output. */
  runCheck(check: Check): Promise<Outcome>
  /** Runs vitest through the given function and counts each test. */
  runTests(name: string, run: () => Promise<VitestSummary>): Promise<void>
  /** Prints what was skipped and, as the last line, `N passed, N failed`. Returns the exit code. */
  finish(): 0 | 1
}

/** Counts what passed and failed in all parts, and prints the last line that CI reads. */
export function createReport({
  requireAll,
  write = (text) => process.stdout.write(text),
  now = Date.now,
}: ReportOptions): Report {
  const total = { passed: 0, failed: 0 }
  const skips: string[] = []
  const seconds = (since: number) => `${((now() - since) / 1000).toFixed(1)} s`

  return {
    async runCheck({ name, holds, run }) {
      const start = now()
      const outcome = await run().catch(
        (error: unknown): Outcome => ({ state: 'failed', output: describe(error) }),
      )
      if (outcome.state === 'skipped') skips.push(`${name} (${outcome.reason})`)
      else total[outcome.state]++
      const note =
        outcome.state === 'passed' && outcome.note !== undefined ? ` (${outcome.note})` : ''
      write(`${marks[outcome.state]} ${name.padEnd(10)} ${holds}${note} · ${seconds(start)}\n`)
      if (outcome.state === 'failed') write(`${indent(outcome.output)}\n`)
      return outcome
    },
    async runTests(name, run) {
      const start = now()
      const summary = await run()
      total.passed += summary.passed
      total.failed += summary.failed
      skips.push(...summary.skipped)
      const counts = `${summary.passed} passed, ${summary.failed} failed`
      write(
        `${marks[summary.failed === 0 ? 'passed' : 'failed']} ${name.padEnd(10)} tests: ${counts} · ${seconds(start)}\n`,
      )
    },
    finish() {
      for (const skip of skips) write(`skipped: ${skip.replaceAll(/\s*\n\s*/g, ' ')}\n`)
      const failed = total.failed + (requireAll ? skips.length : 0)
      if (requireAll && skips.length > 0) write('REQUIRE_ALL=1: skipped parts count as failed\n')
      if (total.passed === 0 && failed === 0) write('nothing ran; that counts as a failure\n')
      write(`${total.passed} passed, ${failed} failed\n`)
      return failed > 0 || total.passed === 0 ? 1 : 0
    },
  }
}

/** Runs the checks of each lane one after the other, and the lanes in parallel. */
export async function inLanes(report: Report, lanes: readonly (readonly Check[])[]): Promise<void> {
  const runLane = async (lane: readonly Check[]) => {
    for (const check of lane) await report.runCheck(check)
  }
  await Promise.all(lanes.map(runLane))
}

const marks = { passed: '✓', failed: '✗', skipped: '-' }

const indent = (text: string) => text.trimEnd().replaceAll(/^/gm, '    ')

const describe = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
