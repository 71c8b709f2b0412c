import { installAside } from '../../packing/install-aside.ts'
import { runExample } from '../../process/run-example.ts'
import type { Check } from '../check.ts'

const folder = 'examples/kms'

export const kms: Check = {
  name: 'kms',
  holds:
    'the example compiles with the AWS KMS SDK, signs through a stub of the KMS HTTP API, and the mock accepts it',
  async run() {
    const problem = await installAside(folder)
    if (problem !== undefined)
      return {
        state: 'skipped',
        reason: `@aws-sdk/client-kms could not be installed: ${problem.slice(-400)}`,
      }
    return runExample(folder, 'pre-signed with a key in KMS')
  },
}
