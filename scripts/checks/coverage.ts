import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'

/** Signing, verification and retry: every branch is taken by a test. */
export const fullyCovered: readonly string[] = [
  'packages/auth/src/fetch/content-encoding.ts',
  'packages/auth/src/fetch/read-request.ts',
  'packages/auth/src/fetch/read-response.ts',
  'packages/auth/src/fetch/require-response.ts',
  'packages/auth/src/fetch/signing-fetch.ts',
  'packages/auth/src/fetch/verified-response.ts',
  'packages/auth/src/fetch/signed-sending.ts',
  'packages/auth/src/signatures/freshness.ts',
  'packages/auth/src/signatures/headers.ts',
  'packages/auth/src/signatures/message-signature.ts',
  'packages/auth/src/signatures/request-signature.ts',
  'packages/auth/src/signatures/signed-text.ts',
  'packages/core/src/call/exchange.ts',
  'packages/core/src/call/response.ts',
  'packages/core/src/call/retry.ts',
  'packages/core/src/call/wait-for-contract.ts',
  'packages/core/src/errors/failure.ts',
  'packages/core/src/errors/network-failure.ts',
]

interface Summary {
  readonly [file: string]: { readonly branches: { readonly pct: number } }
}

/** The files without a test for each branch. */
export function findUncovered(summary: Summary, base: string): readonly string[] {
  return fullyCovered.flatMap((file) => {
    const { pct } = summary[join(base, file)]?.branches ?? { pct: 0 }
    return pct === 100 ? [] : [`${file}: ${pct} % of the branches; expected 100 %`]
  })
}

export const coverage: Check = {
  name: 'coverage',
  holds: 'tests take every branch of signing, verification and retry',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
    const { code, output } = await runCommand(process.execPath, [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--silent',
      ...['--project', 'auth', '--project', 'core', '--exclude', '**/soak.test.ts'],
      ...['--coverage.enabled', '--coverage.provider=v8', '--coverage.reporter=json-summary'],
      `--coverage.reportsDirectory=${folder}`,
    ])
    if (code !== 0) return { state: 'failed', output }
    const summary = JSON.parse(readFileSync(join(folder, 'coverage-summary.json'), 'utf8'))
    return noProblems(findUncovered(summary, root), `${fullyCovered.length} files`)
  },
}
