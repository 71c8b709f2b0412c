// R7: requests that schemathesis makes of the spec, against the standalone mock, as another program sees it.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from '../checks/check.ts'
import { installPython } from '../install-python.ts'
import { runCommand } from '../run-command.ts'
import { root } from '../workspace.ts'

/** What schemathesis makes whatever it is asked for: examples, and each boundary of each field once. */
const fixedCases = 1_300
const operations = 11
const leastShare = 0.2

export interface SchemathesisOptions {
  /** At least so many cases. */
  readonly cases: number
}

/** Passed when nothing broke the spec, no answer was a 5xx, and a fifth of them were 2xx. */
export async function runSchemathesis({ cases }: SchemathesisOptions): Promise<Outcome> {
  const installed = await installPython('scripts/schemathesis/requirements.txt')
  if ('missing' in installed) return { state: 'skipped', reason: installed.missing }
  // Anew each time: what an earlier run found must not change what this one tries.
  const folder = join(root, '.cache', `schemathesis-${cases}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = {
    ready: join(folder, 'ready.json'),
    calls: join(folder, 'calls.json'),
    report: join(folder, 'report.json'),
  }
  const mock = await startMock(files.ready)
  try {
    const { baseUrl } = JSON.parse(readFileSync(files.ready, 'utf8'))
    const perOperation = Math.max(1, Math.ceil((cases - fixedCases) / operations))
    const config = ['--config-file', join(import.meta.dirname, 'schemathesis.toml')]
    const what = ['run', join(root, 'spec', 'openapi.yaml'), '--url', baseUrl, '--max-examples', String(perOperation)]
    const told = ['--no-color', '--report', 'json', '--report-json-path', files.report]
    const { code, output } = await runCommand(
      installed.python,
      ['-B', '-m', 'schemathesis.cli', ...config, ...what, ...told],
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
    return judge(cases, code, output, files)
  } finally {
    mock.kill('SIGTERM')
  }
}

function judge(cases: number, code: number, output: string, files: { calls: string; report: string }): Outcome {
  if (!existsSync(files.report) || !existsSync(files.calls)) return { state: 'failed', output }
  const report: { seed: number; test_cases: { generated: number; unique_failures: number }; errors: unknown[] } =
    JSON.parse(readFileSync(files.report, 'utf8'))
  const {
    calls,
    probes,
  }: Record<'calls' | 'probes', Readonly<Record<string, number>>> = JSON.parse(readFileSync(files.calls, 'utf8'))
  const count = (first: string) =>
    Object.entries(calls).reduce((sum, [status, times]) => sum + (status.startsWith(first) ? times : 0), 0)
  const share = count('2') / count('')
  const { generated, unique_failures } = report.test_cases
  const problems = [
    ...(code === 0 ? [] : [`schemathesis ended with ${code}:\n${output}`]),
    ...(unique_failures === 0 ? [] : [`${unique_failures} violations of the spec`]),
    ...(report.errors.length === 0 ? [] : [`errors of schemathesis: ${JSON.stringify(report.errors)}`]),
    ...(count('5') === 0 ? [] : [`${count('5')} answers were 5xx`]),
    ...(share >= leastShare ? [] : [`only ${percent(share)} of the answers were 2xx; expected ${percent(leastShare)}`]),
    ...(probes['401'] === 2 * operations ? [] : [`unsigned and wrongly signed requests: ${JSON.stringify(probes)}`]),
    ...(generated >= cases ? [] : [`only ${generated} cases; expected ${cases}`]),
  ]
  const note = `${generated} cases, ${percent(share)} answered 2xx, 0 × 5xx, seed ${report.seed}`
  return problems.length === 0 ? { state: 'passed', note } : { state: 'failed', output: problems.join('\n') }
}

const percent = (share: number) => `${Math.round(share * 100)} %`

/** In a process of its own, so that it does not share a core's time with this one. */
async function startMock(readyFile: string) {
  const script = join(root, 'scripts', 'mock.ts')
  const args = ['--conditions=@wechatpay-entrust/source', script, '--port', '0', '--ready-file', readyFile]
  const { INIT_CWD: _, ...env } = process.env
  const mock = spawn(process.execPath, args, { stdio: 'ignore', env })
  while (!existsSync(readyFile)) {
    if (mock.exitCode !== null) throw new Error(`the mock ended with ${mock.exitCode} before it was ready`)
    await sleep(20)
  }
  return mock
}
