import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runCommand, tool } from '../process/run-command.ts'
import { root } from '../workspace.ts'

export interface VitestSummary {
  readonly passed: number
  readonly failed: number
  /** Where each skipped or planned test is, and why. */
  readonly skipped: readonly string[]
}

/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      /** A test that lacks a program says which here. */
      readonly meta?: { readonly skipReason?: string }
    }[]
  }[]
}

/**
 * Counts a report. A file that could not be loaded is one failure, and so is a run that failed
 * without a failed test.
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
    return summarize(undefined, code === 0 ? 1 : code) // no report: it did not get as far as to run
  } finally {
    rmSync(file, { force: true })
  }
}
