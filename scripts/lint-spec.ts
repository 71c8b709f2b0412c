import { inRoot, run } from './codegen/run.ts'

/**
 * Lints `spec/openapi.yaml` with the rules of `spec/redocly.yaml`. Gives what Redocly printed; throws it if anything was found,
 * a warning included. Redocly stays off the network: no telemetry, no look for a newer version.
 */
export function lintSpec(): string {
  return run(
    inRoot('scripts/codegen/node_modules/.bin/redocly'),
    ['lint', 'spec/openapi.yaml', '--config', 'spec/redocly.yaml', '--max-problems', '1000'],
    { env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' } },
  )
}
