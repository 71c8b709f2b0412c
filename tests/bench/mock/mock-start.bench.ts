// The time from spawning the built command, without npm, to its ready file. Needs `npm run build`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../support/compare.ts'
import { machine } from '../support/report.ts'
import { effort } from '../support/suite.ts'

const command = join(import.meta.dirname, '../../../mocks/bin/mock.mjs')
const limit = 500

async function start(args: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-start-'))
  const file = join(folder, 'ready.json')
  const watcher = watch(folder)
  const begun = performance.now()
  const child = spawn(
    process.execPath,
    [...args, ...(args.length === 0 ? [command, '--ready-file', file] : [])],
    {
      stdio: 'ignore',
    },
  )
  if (args.length > 0) await once(child, 'exit')
  else while (!existsSync(file)) await once(watcher, 'change')
  const milliseconds = performance.now() - begun
  watcher.close()
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
  return milliseconds
}

const [mock, node]: [number[], number[]] = [[], []]
for (let round = 0; round < effort.rounds; round += 1) {
  mock.push(await start([]))
  node.push(await start(['-e', '0']))
}
const middle = median(mock)
const text = (values: readonly number[]) =>
  `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`
process.stdout.write(
  `### Start of the standalone mock, ${machine()}\n\n| | median |\n| --- | ---: |\n| to the ready file | ${text(mock)} |\n` +
    `| of it Node itself (\`node -e 0\`) | ${text(node)} |\n\n- limit ${limit} ms: ${middle < limit ? 'reached' : 'MISSED'}\n`,
)
if (middle >= limit) process.exitCode = 1
