import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestCase, TestModule } from 'vitest/node'
import { copyWorkspace } from '../../scripts/process/copy-workspace.ts'
import { root } from '../../scripts/workspace.ts'
import { projectFolders } from '../../vitest.config.ts'
import { applyPatch, type Patch } from './rows.ts'

/** How the error of a test that hangs begins. */
const timedOut = 'Test timed out'

/** Which test: its file, and a part of its name. */
export type Wanted = Pick<Patch, 'test' | 'fails'>

/** How a test ended. */
export interface Seen {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  /** By its own assertion, as opposed to code that no longer runs. */
  readonly byAssertion: boolean
  readonly error: string
}

/** A copy of the workspace in which defences are taken out, one at a time, and vitest over it. */
export interface Bench {
  /**
   * Runs the tests, each in its file; gives by file what was seen there. Rejects where a file does
   * not load.
   */
  run(wanted: readonly Wanted[]): Promise<ReadonlyMap<string, readonly Seen[]>>
  /** Runs one test with the patch applied, and puts the file back. */
  runPatched(patch: Patch): Promise<readonly Seen[]>
  close(): Promise<void>
}

export async function createBench(): Promise<Bench> {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const copy = mkdtempSync(join(root, '.cache', 'threats-'))
  const remove = () => rmSync(copy, { recursive: true, force: true })
  process.once('exit', remove)
  copyWorkspace(copy)
  // vitest wants the folder of each project to be there.
  for (const folder of projectFolders) mkdirSync(join(copy, folder), { recursive: true })
  // One vitest for all: it starts once, and transforms anew only what was patched.
  const options = { root: copy, watch: false, fsModuleCache: false, reporters: [{}] }
  const { createVitest } = await import('vitest/node')
  const vitest = await createVitest('test', options)
  await vitest.standalone()

  const { testTimeout } = vitest.projects[0]?.config ?? vitest.config

  const write = (file: string, text: string) => {
    writeFileSync(join(copy, file), text)
    vitest.invalidateFile(join(copy, file))
  }

  async function run(wanted: readonly Wanted[]): Promise<ReadonlyMap<string, readonly Seen[]>> {
    vitest.setGlobalTestNamePattern(
      new RegExp(wanted.map(({ fails }) => escapeForPattern(fails)).join('|')),
    )
    const paths = [...new Set(wanted.map(({ test }) => test))]
    const specifications = paths.map((path) => {
      const file = join(copy, path)
      // The packages' folders are no prefixes of each other; "auth (web)" has the same folder as
      // "auth".
      const project = vitest.projects.find(
        ({ name, config }) => !name.includes('(') && file.startsWith(`${config.root}/`),
      )
      if (project === undefined) throw new Error(`${path} is in no project of vitest`)
      return project.createSpecification(file)
    })
    const { testModules } = await vitest.runTestSpecifications(specifications)
    return new Map(
      paths.map((path) => [
        path,
        see(
          path,
          testModules.filter(({ moduleId }) => moduleId === join(copy, path)),
        ),
      ]),
    )
  }

  return {
    run,
    async runPatched(patch) {
      const before = readFileSync(join(copy, patch.file), 'utf8')
      write(patch.file, applyPatch(before, patch))
      // Where a test is to hang there is no use in waiting long.
      if (patch.by === timedOut) for (const { config } of vitest.projects) config.testTimeout = 2000
      try {
        return (await run([patch])).get(patch.test) ?? []
      } finally {
        write(patch.file, before)
        for (const { config } of vitest.projects) config.testTimeout = testTimeout
      }
    },
    async close() {
      await vitest.close()
      remove()
    },
  }
}

function see(path: string, modules: readonly TestModule[]): Seen[] {
  const [error] = modules.flatMap((module) => [...module.errors()])
  const tests = modules.flatMap((module) => [...module.children.allTests()].map(seen))
  // A hook of the file may fail beside its tests; without a failed test, the file itself is what
  // failed.
  const isBroken = tests.length === 0 || (error && tests.every(({ state }) => state !== 'failed'))
  if (isBroken)
    throw new Error(`${path} does not load, or did not end: ${error?.message ?? 'no test ran'}`)
  return tests
}

function seen(test: TestCase): Seen {
  const { state, errors = [] } = test.result()
  const [first] = errors
  return {
    name: test.fullName,
    state,
    byAssertion: errors.some(isAssertion),
    error: first === undefined ? '' : `${first.name}: ${first.message}`,
  }
}

/**
 * An assertion of vitest or of Node, or an Error that the test itself throws: never one of code
 * that cannot run.
 */
function isAssertion({
  name,
  stacks,
}: {
  name?: string
  stacks?: readonly { file: string }[] | undefined
}): boolean {
  const isOfTest = /\.test\.ts$|\/testing\//.test(stacks?.[0]?.file ?? '')
  return name === 'AssertionError' || (name === 'Error' && isOfTest)
}

const escapeForPattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
