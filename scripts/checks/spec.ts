import { lintSpec } from '../lint-spec.ts'
import type { Check } from './check.ts'

export const spec: Check = {
  name: 'spec',
  holds: 'spec/openapi.yaml passes the rules of spec/redocly.yaml',
  async run() {
    const { ok, output } = lintSpec()
    return ok ? { state: 'passed' } : { state: 'failed', output }
  },
}
