import { spawnSync } from 'node:child_process'
import { inRoot } from './codegen/run.ts'

/**
 * Lints `spec/openapi.yaml` with the rules of `spec/redocly.yaml`; `ok` only without a single error or warning. Redocly stays
 * off the network: no telemetry, no look for a newer version.
 */
export function lintSpec(): { ok: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync(
    inRoot('scripts/codegen/node_modules/.bin/redocly'),
    ['lint', 'spec/openapi.yaml', '--config', 'spec/redocly.yaml', '--max-problems', '1000'],
    {
      cwd: inRoot('.'),
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  )
  if (error) throw error
  const output = stdout + stderr
  return { ok: status === 0 && !/warning/i.test(output), output }
}
