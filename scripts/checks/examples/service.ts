import { findPostgres } from '../../../packages/inbox/src/testing/postgres-server.ts'
import { runScript } from '../../process/run-command.ts'
import type { Check } from '../check.ts'
import { noProblems } from '../check.ts'

const expected = '20 of 20 contracts signed, each exactly once'

export const service: Check = {
  name: 'service',
  holds:
    'the example service (two processes on PostgreSQL, one is killed) handles each contract exactly once',
  async run() {
    const found = findPostgres()
    if ('missing' in found) return { state: 'skipped', reason: found.missing }
    const { DATABASE_URL: _, ...env } = process.env
    const { code, output } = await runScript(['examples/service/start.ts', '--once'], { env })
    const ended = output.includes('stopped: exit codes 0, 0')
    return noProblems(
      code === 0 && ended && output.includes(expected)
        ? []
        : [`exit ${code}, without "${expected}":\n${output}`],
    )
  },
}
