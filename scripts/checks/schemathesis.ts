import { runSchemathesis } from '../../tests/schemathesis/run.ts'
import type { Check } from './check.ts'

export const schemathesis: Check = {
  name: 'schemathesis',
  holds:
    'the standalone mock responds as the spec says to the requests that schemathesis generates',
  run: () => runSchemathesis({ cases: Number(process.env.SCHEMATHESIS_CASES ?? 20_000) }),
}
