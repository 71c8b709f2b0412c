// R7: requests that schemathesis makes of the spec, against the standalone mock, as another program
// sees it.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from '../../scripts/checks/check.ts'
import { installPython } from '../../scripts/packing/install-python.ts'
import { runCommand } from '../../scripts/process/run-command.ts'
import { root } from '../../scripts/workspace.ts'

/**
 * What schemathesis makes whatever it is asked for: examples, and each boundary of each field once.
 */
const fixedCases = 1_300
const operations = 11
const leastShare = 0.2
/**
 * The time for one more case grows with those made before it, so what goes beyond is made by runs
 * with seeds of their own.
 */
const mostCases = 2_200

export interface SchemathesisOptions {
  /** At least so many cases. */
  readonly cases: number
}

/** One run of schemathesis. */
interface Part {
  readonly seed: number
  readonly perOperation: number
  /** Default: all. */
  readonly phases?: string
}

interface Found {
  readonly problems: readonly string[]
  readonly generated: number
  /** Answers by their status. */
  readonly calls: Readonly<Record<string, number>>
}

/** Passed when nothing broke the spec, no answer was a 5xx, and a fifth of them were 2xx. */
export async function runSchemathesis({ cases }: SchemathesisOptions): Promise<Outcome> {
  const installed = await installPython('tests/schemathesis/requirements.txt')
  if ('missing' in installed) return { state: 'skipped', reason: installed.missing }
  // Anew each time: what an earlier run found must not change what this one tries.
  const folder = join(root, '.cache', `schemathesis-${cases}`)
  rmSync(folder, { recursive: true, force: true })
  const parts = planParts(cases)
  const waiting = [...parts]
  const found: Found[] = []
  const lane = async () => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift())
      found.push(await runPart(part, join(folder, String(part.seed)), installed.python))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
  return judge(cases, parts, found)
}

/** What is the same whatever the seed is made by the first alone. */
function planParts(cases: number): Part[] {
  const first = Math.min(cases, mostCases)
  const perOperation = Math.max(1, Math.ceil((first - fixedCases) / operations))
  const more = Math.ceil((cases - first) / mostCases)
  return [
    { seed: 1, perOperation },
    ...Array.from({ length: more }, (_, index) => ({
      seed: index + 2,
      perOperation: mostCases / operations,
      phases: 'fuzzing',
    })),
  ]
}

async function runPart(
  { seed, perOperation, phases }: Part,
  folder: string,
  python: string,
): Promise<Found> {
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
    const what = [
      'run',
      join(root, 'spec', 'openapi.yaml'),
      '--url',
      baseUrl,
      '--max-examples',
      String(perOperation),
    ]
    const which = ['--seed', String(seed), ...(phases === undefined ? [] : ['--phases', phases])]
    const told = ['--no-color', '--report', 'json', '--report-json-path', files.report]
    const { code, output } = await runCommand(
      python,
      ['-B', '-m', 'schemathesis.cli', ...config, ...what, ...which, ...told],
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
    return readFound(code, output, files)
  } finally {
    mock.kill('SIGTERM')
  }
}

function readFound(code: number, output: string, files: { calls: string; report: string }): Found {
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

function judge(cases: number, parts: readonly Part[], found: readonly Found[]): Outcome {
  const count = (first: string) =>
    found
      .flatMap(({ calls }) => Object.entries(calls))
      .reduce((sum, [status, times]) => sum + (status.startsWith(first) ? times : 0), 0)
  const share = count('2') / count('')
  const generated = found.reduce((sum, part) => sum + part.generated, 0)
  const problems = [
    ...found.flatMap((part) => part.problems),
    ...(count('5') === 0 ? [] : [`${count('5')} answers were 5xx`]),
    ...(share >= leastShare
      ? []
      : [`only ${percent(share)} of the answers were 2xx; expected ${percent(leastShare)}`]),
    ...(generated >= cases ? [] : [`only ${generated} cases; expected ${cases}`]),
  ]
  const seeds = parts.length === 1 ? 'seed 1' : `seeds 1 to ${parts.length}`
  const note = `${generated} cases, ${percent(share)} answered 2xx, 0 × 5xx, ${seeds}`
  return problems.length === 0
    ? { state: 'passed', note }
    : { state: 'failed', output: problems.join('\n') }
}

const percent = (share: number) => `${Math.round(share * 100)} %`

/** In a process of its own, so that it does not share a core's time with this one. */
async function startMock(readyFile: string) {
  const script = join(root, 'scripts', 'mock.ts')
  const args = [
    '--conditions=@wechatpay-entrust/source',
    script,
    '--port',
    '0',
    '--ready-file',
    readyFile,
  ]
  const { INIT_CWD: _, ...env } = process.env
  const mock = spawn(process.execPath, args, { stdio: 'ignore', env })
  while (!existsSync(readyFile)) {
    if (mock.exitCode !== null)
      throw new Error(`the mock ended with ${mock.exitCode} before it was ready`)
    await sleep(20)
  }
  return mock
}
