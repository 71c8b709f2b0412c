import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestCase, TestModule } from 'vitest/node'
import { copyWorkspace } from '../../scripts/process/copy-workspace.ts'
import { root } from '../../scripts/workspace.ts'
import { projectFolders } from '../../vitest.config.ts'
import { applyPatch, escapeForPattern, type Patch } from './rows.ts'

/** The first words of vitest's error for a test that hangs. */
const timedOut = 'Test timed out'

/** Selects a test: its file, and a part of its name. */
export type TestSelector = Pick<Patch, 'test' | 'fails'>

/** How a test ended. */
export interface TestResult {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending'
  /** Whether it failed by its own assertion, and not because the code no longer runs. */
  readonly byAssertion: boolean
  readonly error: string
}

/** A copy of the workspace, to remove one defence at a time and run vitest on it. */
export interface WorkspaceCopy {
  /**
   * Runs the selected tests; returns the results by file. Rejects when a file does not load.
   */
  run(selectors: readonly TestSelector[]): Promise<ReadonlyMap<string, readonly TestResult[]>>
  /** Runs one test with the patch applied, then restores the file. */
  runPatched(patch: Patch): Promise<readonly TestResult[]>
  close(): Promise<void>
}

export async function createWorkspaceCopy(): Promise<WorkspaceCopy> {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const copy = mkdtempSync(join(root, '.cache', 'threats-'))
  const remove = () => rmSync(copy, { recursive: true, force: true })
  process.once('exit', remove)
  copyWorkspace(copy)
  // vitest requires the folder of each project.
  for (const folder of projectFolders) mkdirSync(join(copy, folder), { recursive: true })
  // One vitest for all patches: it starts once, and transforms only the patched files again.
  const options = { root: copy, watch: false, fsModuleCache: false, reporters: [{}] }
  const { createVitest } = await import('vitest/node')
  const vitest = await createVitest('test', options)
  await vitest.standalone()

  const { testTimeout } = vitest.projects[0]?.config ?? vitest.config

  const write = (file: string, text: string) => {
    writeFileSync(join(copy, file), text)
    vitest.invalidateFile(join(copy, file))
  }

  async function run(
    selectors: readonly TestSelector[],
  ): Promise<ReadonlyMap<string, readonly TestResult[]>> {
    vitest.setGlobalTestNamePattern(
      new RegExp(selectors.map(({ fails }) => escapeForPattern(fails)).join('|')),
    )
    const paths = [...new Set(selectors.map(({ test }) => test))]
    const specifications = paths.map((path) => {
      const file = join(copy, path)
      // "auth (web)" has the same folder as "auth", and is not the one to run.
      const project = vitest.projects.find(
        ({ name, config }) => !name.includes('(') && file.startsWith(`${config.root}/`),
      )
      if (project === undefined)
        throw new Error(`${path} is not in any project of vitest.config.ts`)
      return project.createSpecification(file)
    })
    const { testModules } = await vitest.runTestSpecifications(specifications)
    return new Map(
      paths.map((path) => [
        path,
        readResults(
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
      // When a test is expected to hang, a short timeout is enough.
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

function readResults(path: string, modules: readonly TestModule[]): TestResult[] {
  const [error] = modules.flatMap((module) => [...module.errors()])
  const tests = modules.flatMap((module) => [...module.children.allTests()].map(toTestResult))
  // A hook may fail in addition to a test; when no test failed, the file itself is broken.
  const isBroken = tests.length === 0 || (error && tests.every(({ state }) => state !== 'failed'))
  if (isBroken)
    throw new Error(`${path} does not load, or did not end: ${error?.message ?? 'no test ran'}`)
  return tests
}

function toTestResult(test: TestCase): TestResult {
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
 * Whether it is an assertion of vitest or Node, or an Error that the test itself throws; an error
 * of code that cannot run is neither.
 */
function isAssertion({
  name,
  stacks,
}: {
  name?: string
  stacks?: readonly { file: string }[] | undefined
}): boolean {
  const isThrownByTest = /\.test\.ts$|\/testing\//.test(stacks?.[0]?.file ?? '')
  return name === 'AssertionError' || (name === 'Error' && isThrownByTest)
}
