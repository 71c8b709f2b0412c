import { runSchemathesis } from '../../tests/schemathesis/run.ts'
import type { Check } from './check.ts'

export const schemathesis: Check = {
  name: 'schemathesis',
  holds: 'the standalone mock answers what schemathesis makes of the spec as the spec says',
  run: () => runSchemathesis({ cases: Number(process.env.SCHEMATHESIS_CASES ?? 20_000) }),
}
