// Consumers: each example installs what would be published, and runs its own tests on it.
import { join } from 'node:path'
import { installPacked } from '../../packing/install-packed.ts'
import { installPython } from '../../packing/install-python.ts'
import { chromiumMissing, chromiumPath } from '../../process/chromium.ts'
import { runCommand, tool } from '../../process/run-command.ts'
import { root } from '../../workspace.ts'
import { type Check, noProblems, type Outcome } from '../check.ts'

interface Example {
  readonly name: string
  readonly holds: string
  /** Below `examples/`. */
  readonly folder: string
  /** Whether it has a tsconfig.json to hold it against. */
  readonly typed: boolean
  /**
   * Each has to exit with 0 and to say what `says` looks for; the first word is a program or a
   * script of Node.
   */
  readonly runs: readonly {
    readonly command: readonly [string, ...string[]]
    readonly says: RegExp
  }[]
  /** Why it cannot run here. */
  readonly missing?: string | undefined
}

const vitest = 'node_modules/vitest/vitest.mjs'

const examples: readonly Example[] = [
  {
    name: 'example-vitest',
    holds:
      'a shop tested with vitest on the packed packages: mock.fetch, MSW handlers, fixture, matchers',
    folder: 'vitest',
    typed: true,
    runs: [{ command: [process.execPath, vitest, 'run'], says: /Tests +7 passed \(7\)/ }],
  },
  {
    name: 'example-jest',
    holds: 'the same with jest in CommonJS: require() of the packed packages, matchers',
    folder: 'jest',
    typed: false,
    runs: [
      { command: [process.execPath, 'require.cjs'], says: /^require\(\) works$/m },
      {
        command: [process.execPath, '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'],
        says: /Tests: +3 passed, 3 total/,
      },
    ],
  },
  {
    name: 'example-playwright',
    holds:
      'a shop of page and back end in Chromium against the packed standalone mock, with the Playwright fixture',
    folder: 'playwright',
    typed: true,
    runs: [
      {
        command: [process.execPath, 'node_modules/@playwright/test/cli.js', 'test'],
        says: /2 passed/,
      },
    ],
    missing: chromiumPath === undefined ? chromiumMissing : undefined,
  },
  {
    name: 'example-workerd',
    holds:
      'a Hono application in workerd pre-signs by WebCrypto and takes the notification, on the packed packages',
    folder: 'hono-workerd',
    typed: true,
    runs: [{ command: [process.execPath, vitest, 'run'], says: /Tests +2 passed \(2\)/ }],
  },
]

/**
 * The examples see what a user's machine shows: no condition for sources, no colours, no word to
 * anyone outside.
 */
function environment(): Record<string, string | undefined> {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...rest } = process.env
  const quiet = {
    NO_COLOR: '1',
    WRANGLER_SEND_METRICS: 'false',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  }
  return { ...rest, ...quiet, ...(chromiumPath !== undefined && { CHROMIUM: chromiumPath }) }
}

async function runExample({ folder, typed, runs, missing }: Example): Promise<Outcome> {
  if (missing !== undefined) return { state: 'skipped', reason: missing }
  const problem = await installPacked(`examples/${folder}`)
  if (problem !== undefined)
    return {
      state: 'skipped',
      reason: `examples/${folder} could not be installed: ${problem.slice(-400)}`,
    }
  const cwd = join(root, 'examples', folder)
  const problems: string[] = []
  if (typed) {
    const { code, output } = await runCommand(tool('tsc'), ['-p', cwd])
    if (code !== 0) problems.push(output)
  }
  for (const { command, says } of runs) {
    const [program, ...args] = command
    const { code, output } = await runCommand(program, args, { cwd, env: environment() })
    if (code !== 0 || !says.test(output))
      problems.push(`exit ${code}, expected ${says}:\n${output}`)
  }
  return noProblems(problems)
}

const python: Check = {
  name: 'example-python',
  holds:
    'a client in Python signs, verifies, receives and opens, by the ready file of the packed standalone mock',
  async run() {
    const installed = await installPython('examples/python/requirements.txt')
    if ('missing' in installed) return { state: 'skipped', reason: installed.missing }
    return runExample({
      ...this,
      folder: 'python',
      typed: false,
      // -B: nothing is to be left in the folder.
      runs: [
        { command: [installed.python, '-B', 'test_contract.py'], says: /^Ran 4 tests[\s\S]*^OK$/m },
      ],
    })
  },
}

export const exampleChecks: readonly Check[] = [
  ...examples.map((example) => ({
    name: example.name,
    holds: example.holds,
    run: () => runExample(example),
  })),
  python,
]
