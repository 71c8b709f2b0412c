import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runCommand, tool } from '../process/run-command.ts'
import { root } from '../workspace.ts'

export interface VitestSummary {
  readonly passed: number
  readonly failed: number
  /** File, name and reason of each skipped or planned test. */
  readonly skipped: readonly string[]
}

/** The fields of vitest's JSON report that are used here. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      /** Set by a test that is skipped because a program is missing. */
      readonly meta?: { readonly skipReason?: string }
    }[]
  }[]
}

/**
 * Counts the tests of a report. A file that could not be loaded counts as one failure, and so does a
 * run that failed without a failed test.
 */
export function summarize(report: VitestReport | undefined, exitCode: number): VitestSummary {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) =>
    file.assertionResults.map((result) => ({ file: file.name, ...result })),
  )
  const count = (status: string) => tests.filter((result) => result.status === status).length
  const broken = files.filter(
    (file) =>
      file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length
  const failed = count('failed') + broken
  return {
    passed: count('passed'),
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(
        ({ file, fullName, meta }) =>
          `${relative(root, file)}: ${fullName.trim()} (${meta?.skipReason ?? 'marked so in the test file; remove the mark'})`,
      ),
  }
}

/** Runs vitest over all projects, or with the caller's own arguments. */
export async function runVitest(args: readonly string[]): Promise<VitestSummary> {
  const file = join(root, '.cache', `vitest-${process.pid}-${randomUUID()}.json`)
  const { code } = await runCommand(
    tool('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args],
    {
      show: true,
    },
  )
  try {
    return summarize(JSON.parse(readFileSync(file, 'utf8')), code)
  } catch {
    return summarize(undefined, code === 0 ? 1 : code) // no report: vitest could not run
  } finally {
    rmSync(file, { force: true })
  }
}
