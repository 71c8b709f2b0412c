// Each example installs the packages as they would be published, and runs its own tests with them.
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
  /** In `examples/`. */
  readonly folder: string
  /** Whether it has a tsconfig.json to type-check with. */
  readonly typed: boolean
  /**
   * Each command must exit with 0 and print a text that `expected` matches.
   */
  readonly runs: readonly {
    readonly command: readonly [string, ...string[]]
    readonly expected: RegExp
  }[]
  /** Why it cannot run here. */
  readonly missing?: string | undefined
}

const vitest = 'node_modules/vitest/vitest.mjs'

const examples: readonly Example[] = [
  {
    name: 'example-vitest',
    holds:
      'a shop is tested with vitest and the packed packages: mock.fetch, MSW handlers, fixture, matchers',
    folder: 'vitest',
    typed: true,
    runs: [{ command: [process.execPath, vitest, 'run'], expected: /Tests +7 passed \(7\)/ }],
  },
  {
    name: 'example-jest',
    holds: 'the same with jest in CommonJS: require() of the packed packages, matchers',
    folder: 'jest',
    typed: false,
    runs: [
      { command: [process.execPath, 'require.cjs'], expected: /^require\(\) works$/m },
      {
        command: [process.execPath, '--experimental-vm-modules', 'node_modules/jest/bin/jest.js'],
        expected: /Tests: +3 passed, 3 total/,
      },
    ],
  },
  {
    name: 'example-playwright',
    holds:
      'a shop with page and back end runs in Chromium with the packed standalone mock and the Playwright fixture',
    folder: 'playwright',
    typed: true,
    runs: [
      {
        command: [process.execPath, 'node_modules/@playwright/test/cli.js', 'test'],
        expected: /2 passed/,
      },
    ],
    missing: chromiumPath === undefined ? chromiumMissing : undefined,
  },
  {
    name: 'example-workerd',
    holds:
      'a Hono application in workerd pre-signs with WebCrypto and receives the notification, with the packed packages',
    folder: 'hono-workerd',
    typed: true,
    runs: [{ command: [process.execPath, vitest, 'run'], expected: /Tests +2 passed \(2\)/ }],
  },
]

/**
 * The examples run as on a user's machine: without the condition for sources, without colours, and
 * without telemetry.
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
  for (const { command, expected } of runs) {
    const [program, ...args] = command
    const { code, output } = await runCommand(program, args, { cwd, env: environment() })
    if (code !== 0 || !expected.test(output))
      problems.push(`exit ${code}, expected ${expected}:\n${output}`)
  }
  return noProblems(problems)
}

const python: Check = {
  name: 'example-python',
  holds:
    'a Python client signs, verifies, receives and decrypts, with the ready file of the packed standalone mock',
  async run() {
    const installed = await installPython('examples/python/requirements.txt')
    if ('missing' in installed) return { state: 'skipped', reason: installed.missing }
    return runExample({
      ...this,
      folder: 'python',
      typed: false,
      // -B: Python writes no bytecode files into the folder.
      runs: [
        {
          command: [installed.python, '-B', 'test_contract.py'],
          expected: /^Ran 4 tests[\s\S]*^OK$/m,
        },
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
