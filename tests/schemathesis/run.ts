// R7: schemathesis generates requests from the spec and sends them to the standalone mock, as any
// other program would.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../../scripts/checks/check.ts'
import { installPython } from '../../scripts/packing/install-python.ts'
import { runCommand } from '../../scripts/process/run-command.ts'
import { startMock } from '../../scripts/process/start-mock.ts'
import { root } from '../../scripts/workspace.ts'

/**
 * The cases that schemathesis always generates: examples, and each boundary of each field once.
 */
const fixedCases = 1_300
const operations = 11
const minSuccessShare = 0.2
/**
 * The time per case grows with the number of cases in a run, so further cases are split into runs
 * with other seeds.
 */
const maxCasesPerRun = 2_200

export interface SchemathesisOptions {
  /** The minimum number of cases. */
  readonly cases: number
}

/** One run of schemathesis. */
interface Part {
  readonly seed: number
  readonly perOperation: number
  /** Default: all. */
  readonly phases?: string
}

interface PartResult {
  readonly problems: readonly string[]
  readonly generated: number
  /** The number of responses by status. */
  readonly calls: Readonly<Record<string, number>>
}

/** Passed when no response breaks the spec or is a 5xx, and at least a fifth of them are 2xx. */
export async function runSchemathesis({ cases }: SchemathesisOptions): Promise<Outcome> {
  const installed = await installPython('tests/schemathesis/requirements.txt')
  if ('missing' in installed) return { state: 'skipped', reason: installed.missing }
  // Emptied first: what an earlier run stored must not change the cases of this one.
  const folder = join(root, '.cache', `schemathesis-${cases}`)
  rmSync(folder, { recursive: true, force: true })
  const parts = planParts(cases)
  const waiting = [...parts]
  const results: PartResult[] = []
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift())
      results.push(await runPart(part, join(folder, String(part.seed)), installed.python))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  return toOutcome(cases, parts, results)
}

/** The cases that do not depend on the seed run in the first part only. */
function planParts(cases: number): Part[] {
  const first = Math.min(cases, maxCasesPerRun)
  const perOperation = Math.max(1, Math.ceil((first - fixedCases) / operations))
  const more = Math.ceil((cases - first) / maxCasesPerRun)
  return [
    { seed: 1, perOperation },
    ...Array.from({ length: more }, (_, index) => ({
      seed: index + 2,
      perOperation: maxCasesPerRun / operations,
      phases: 'fuzzing',
    })),
  ]
}

async function runPart(
  { seed, perOperation, phases }: Part,
  folder: string,
  python: string,
): Promise<PartResult> {
  mkdirSync(folder, { recursive: true })
  const files = {
    ready: join(folder, 'ready.json'),
    calls: join(folder, 'calls.json'),
    report: join(folder, 'report.json'),
  }
  const mock = await startMock(files.ready)
  try {
    const { baseUrl } = JSON.parse(readFileSync(files.ready, 'utf8'))
    const config = ['--config-file', join(import.meta.dirname, 'schemathesis.toml')]
    const target = [
      'run',
      join(root, 'spec', 'openapi.yaml'),
      '--url',
      baseUrl,
      '--max-examples',
      String(perOperation),
    ]
    const selection = [
      '--seed',
      String(seed),
      ...(phases === undefined ? [] : ['--phases', phases]),
    ]
    const reporting = ['--no-color', '--report', 'json', '--report-json-path', files.report]
    const { code, output } = await runCommand(
      python,
      ['-B', '-m', 'schemathesis.cli', ...config, ...target, ...selection, ...reporting],
      {
        cwd: folder,
        env: {
          ...process.env,
          SCHEMATHESIS_HOOKS: join(import.meta.dirname, 'hooks.py'),
          SPEC_FILE: join(root, 'spec', 'openapi.yaml'),
          MOCK_READY_FILE: files.ready,
          CALLS_FILE: files.calls,
        },
      },
    )
    return readPartResult(code, output, files)
  } finally {
    mock.kill('SIGTERM')
  }
}

function readPartResult(
  code: number,
  output: string,
  files: { calls: string; report: string },
): PartResult {
  if (!existsSync(files.report) || !existsSync(files.calls))
    return { problems: [output], generated: 0, calls: {} }
  const report: { test_cases: { generated: number; unique_failures: number }; errors: unknown[] } =
    JSON.parse(readFileSync(files.report, 'utf8'))
  const {
    calls,
    probes,
  }: Record<'calls' | 'probes', Readonly<Record<string, number>>> = JSON.parse(
    readFileSync(files.calls, 'utf8'),
  )
  const { generated, unique_failures } = report.test_cases
  const problems = [
    ...(code === 0 ? [] : [`schemathesis ended with ${code}:\n${output}`]),
    ...(unique_failures === 0 ? [] : [`${unique_failures} violations of the spec`]),
    ...(report.errors.length === 0
      ? []
      : [`errors of schemathesis: ${JSON.stringify(report.errors)}`]),
    ...(probes['401'] === 2 * operations
      ? []
      : [`unsigned and wrongly signed requests: ${JSON.stringify(probes)}`]),
  ]
  return { problems, generated, calls }
}

function toOutcome(cases: number, parts: readonly Part[], results: readonly PartResult[]): Outcome {
  const count = (statusStart: string) =>
    results
      .flatMap(({ calls }) => Object.entries(calls))
      .reduce((sum, [status, times]) => sum + (status.startsWith(statusStart) ? times : 0), 0)
  const share = count('2') / count('')
  const generated = results.reduce((sum, part) => sum + part.generated, 0)
  const problems = [
    ...results.flatMap((part) => part.problems),
    ...(count('5') === 0 ? [] : [`${count('5')} responses were 5xx`]),
    ...(share >= minSuccessShare
      ? []
      : [`only ${percent(share)} of the responses were 2xx; expected ${percent(minSuccessShare)}`]),
    ...(generated >= cases ? [] : [`only ${generated} cases; expected ${cases}`]),
  ]
  const seeds = parts.length === 1 ? 'seed 1' : `seeds 1 to ${parts.length}`
  const note = `${generated} cases, ${percent(share)} with status 2xx, 0 × 5xx, ${seeds}`
  return problems.length === 0
    ? { state: 'passed', note }
    : { state: 'failed', output: problems.join('\n') }
}

const percent = (share: number) => `${Math.round(share * 100)} %`
