// One check for each runtime, so that the report lists what ran and what was skipped.
import { join } from 'node:path'
import { installAside } from '../packing/install-aside.ts'
import { chromiumPath as chromium, chromiumMissing } from '../process/chromium.ts'
import { runCommand, tool } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import type { Check, Outcome } from './check.ts'

const folder = join(root, 'tests/runtimes')
const modules = join(folder, 'node_modules')

interface Runtime {
  readonly name: string
  readonly title: string
  /** What runs there in addition to the suite. Default: a receiver over HTTP. */
  readonly also?: string
  /** The command that prints the version. */
  readonly version: readonly string[]
  /** Each command must exit with 0 and print a text that `expected` matches. */
  readonly runs: readonly { readonly command: readonly string[]; readonly expected: RegExp }[]
  /** Why it cannot run here, if something other than its package is missing. */
  readonly missing?: () => string | undefined
}

/** At least 14 cases, no failure, and the crypto implementation that this runtime must use. */
const suiteOn = (implementation: 'node' | 'web') =>
  new RegExp(`^(1[4-9]|2\\d) passed, 0 failed, on the ${implementation} `, 'm')

/**
 * For runtimes that have both: the sources use `node:crypto`, the bundle for the web uses WebCrypto.
 */
const onBoth = (...runtime: readonly string[]): Runtime['runs'] => [
  { command: [...runtime, 'main.ts'], expected: suiteOn('node') },
  { command: [...runtime, 'web.mjs'], expected: suiteOn('web') },
]

/**
 * A Node process checks from outside what the runtime's servers respond over HTTP, and that its
 * process ends.
 */
const fromOutside = (servers: number, ...runtime: readonly string[]): Runtime['runs'] => [
  fromServers(servers, ...runtime, 'serve.ts'),
  {
    command: [process.execPath, 'from-outside.ts', 'end', ...runtime, 'forgetful.ts'],
    expected: /^it ends by itself$/m,
  },
]
const fromServers = (servers: number, ...command: readonly string[]): Runtime['runs'][number] => ({
  command: [process.execPath, 'from-outside.ts', 'serve', ...command],
  expected: new RegExp(`^5 cases hold, servers: ${servers}$`, 'm'),
})

function node(major: number): Runtime {
  const path = join(modules, `node${major}`, 'bin', 'node')
  const required = { command: [path, 'require.cjs'], expected: /^require\(\) works$/m }
  return {
    name: `node${major}`,
    title: `Node ${major}`,
    also: 'a receiver over HTTP, and require()',
    version: [path, '--version'],
    runs: [...onBoth(path), ...fromOutside(1, path), required],
  }
}

const bun = join(modules, '.bin', 'bun')
const deno = [
  join(modules, '.bin', 'deno'),
  'run',
  '--allow-all',
  '--no-config',
  '--node-modules-dir=manual',
]
const workerd = join(modules, '.bin', 'workerd')

const runtimes: readonly Runtime[] = [
  node(22),
  node(24),
  node(26),
  {
    name: 'bun',
    title: 'Bun',
    version: [bun, '--version'],
    runs: [...onBoth(bun), ...fromOutside(2, bun)],
  },
  {
    name: 'deno',
    title: 'Deno',
    version: [...deno.slice(0, 1), '--version'],
    runs: [...onBoth(...deno), ...fromOutside(2, ...deno)],
  },
  {
    name: 'workerd',
    title: 'workerd (Cloudflare Workers)',
    version: [workerd, '--version'],
    runs: [
      { command: [workerd, 'test', 'workerd.capnp'], expected: suiteOn('web') },
      fromServers(1, workerd, 'serve', 'workerd.capnp', '--control-fd=1'),
    ],
  },
  {
    name: 'chromium',
    title: "Chromium, through vitest's browser mode",
    also: "the mock in MSW's service worker",
    version: [chromium ?? 'chromium', '--version'],
    runs: [
      {
        command: [
          process.execPath,
          join(modules, 'vitest', 'vitest.mjs'),
          'run',
          '--config',
          'vitest.browser.config.ts',
        ],
        expected: /Tests +1[5-9] passed \(1[5-9]\)/,
      },
      { command: [process.execPath, 'mock-page.ts'], expected: /^the mock works in a page$/m },
    ],
    missing: () => (chromium === undefined ? chromiumMissing : undefined),
  },
]

export const runtimeChecks: readonly Check[] = runtimes.map((runtime) => ({
  name: runtime.name,
  holds: `the suite of tests/runtimes/ runs on ${runtime.title}, and so does ${runtime.also ?? 'a receiver over HTTP'}`,
  run: () => check(runtime),
}))

async function check({ name, version, runs, missing }: Runtime): Promise<Outcome> {
  const problem = missing?.() ?? (await prepareOnce())
  if (typeof problem === 'string') return { state: 'skipped', reason: problem }
  if (problem) return problem
  const [command, ...args] = version as [string, ...string[]]
  const found = await runCommand(command, args)
  if (found.code !== 0)
    return {
      state: 'skipped',
      reason: `${name} has no build for ${process.platform}-${process.arch}, or it does not start`,
    }
  const problems: string[] = []
  for (const { command, expected } of runs) {
    const [program, ...args] = command as [string, ...string[]]
    const { code, output } = await runCommand(program, args, { cwd: folder, env: environment() })
    // Some tools print colours even to a pipe.
    const text = output.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '')
    if (code !== 0 || !expected.test(text))
      problems.push(`${command.slice(-2).join(' ')}: exit ${code}, expected ${expected}:\n${text}`)
  }
  if (problems.length > 0) return { state: 'failed', output: problems.join('\n') }
  return { state: 'passed', note: /\d+[.-]\d+[.\d-]*/.exec(found.stdout)?.[0] ?? 'version unknown' }
}

/**
 * The runtimes load the published entries: without the condition for sources, and without the Node
 * options of this process.
 */
function environment(): Record<string, string | undefined> {
  const { NODE_OPTIONS: _, ...rest } = process.env
  return { ...rest, NO_COLOR: '1', ...(chromium !== undefined && { CHROMIUM: chromium }) }
}

let preparation: Promise<string | Outcome | undefined> | undefined

/**
 * Installs the binaries and builds the packages and the bundle, once for all runtimes. Resolves with
 * a reason to skip, with a failure, or with nothing.
 */
function prepareOnce(): Promise<string | Outcome | undefined> {
  preparation ??= prepare()
  return preparation
}

async function prepare(): Promise<string | Outcome | undefined> {
  const problem = await installAside('tests/runtimes')
  if (problem !== undefined) return `the runtimes could not be installed: ${problem.slice(-400)}`
  for (const [command, args] of [
    [tool('tsc'), ['-b']],
    [tool('tsc'), ['-p', 'tests/runtimes']],
    [
      process.execPath,
      [
        join(modules, 'vite', 'bin', 'vite.js'),
        'build',
        '--config',
        'tests/runtimes/vite.workerd.config.ts',
      ],
    ],
  ] as const) {
    const { code, output } = await runCommand(command, args, { env: environment() })
    if (code !== 0) return { state: 'failed', output }
  }
  return undefined
}
