import { findRowProblems, type Patch, type Row, readPending, readRows } from './rows.ts'
import { createWorkspaceCopy, type TestResult, type WorkspaceCopy } from './workspace-copy.ts'

/** The result of one patch. */
export interface PatchResult {
  readonly id: string
  readonly patch: Patch
  /** Why the patch proves nothing; undefined when the test failed as it must. */
  readonly problem: string | undefined
}

/** Checks that the named test noticed the patch: it ran, and failed by an assertion. */
export function findPatchProblem(
  { test, fails, by }: Pick<Patch, 'test' | 'fails' | 'by'>,
  tests: readonly TestResult[],
): string | undefined {
  const named = tests.filter(({ name }) => name.includes(fails))
  const failed = named.filter(({ state }) => state === 'failed')
  if (named.length === 0) return `${test} has no test "${fails}"`
  const pending = named.find(({ state }) => state === 'pending')
  if (pending !== undefined) return `"${pending.name}" in ${test} did not end`
  if (failed.length === 0)
    return `no test notices: without the defence "${fails}" in ${test} still passes`
  if (
    failed.some(({ byAssertion, error }) => (by === undefined ? byAssertion : error.includes(by)))
  )
    return undefined
  const expected = by === undefined ? 'by an assertion' : `with "${by}"`
  return `"${fails}" in ${test} did not fail ${expected}, but with ${failed[0]?.error.slice(0, 300)}`
}

/** Without a patch all tests must pass: a test that always fails notices nothing. */
function findUnpatchedProblems(
  id: string,
  { test, fails }: Patch,
  tests: readonly TestResult[],
): string[] {
  const named = tests.filter(({ name }) => name.includes(fails))
  if (named.length === 0) return [`${id}: ${test} has no test "${fails}"`]
  const failed = named.filter(({ state }) => state !== 'passed')
  return failed.map(
    ({ name, state, error }) =>
      `${id}: with every defence in place "${name}" is ${state}: ${error}`,
  )
}

/**
 * Removes each row's defences, one at a time. Before and after, all tests run with every defence in
 * place: the first run shows that they can pass, the second that each patch was undone.
 */
export async function checkAllRows(
  rows: readonly Row[],
  copy: WorkspaceCopy,
  onResult: (result: PatchResult) => void = () => {},
): Promise<{ readonly results: readonly PatchResult[]; readonly problems: readonly string[] }> {
  const patches = rows.flatMap(({ id, patches }) => patches.map((patch) => ({ id, patch })))
  const selectors = patches.map(({ patch }) => patch)
  const runUnpatched = async () => {
    const results = await copy.run(selectors)
    return [
      ...new Set(
        patches.flatMap(({ id, patch }) =>
          findUnpatchedProblems(id, patch, results.get(patch.test) ?? []),
        ),
      ),
    ]
  }
  const before = await runUnpatched()
  if (before.length > 0) return { results: [], problems: before }
  const results: PatchResult[] = []
  for (const { id, patch } of patches) {
    const problem = await copy.runPatched(patch).then(
      (tests) => findPatchProblem(patch, tests),
      (error: Error) => error.message,
    )
    results.push({ id, patch, problem })
    onResult({ id, patch, problem })
  }
  const found = results.flatMap(({ id, patch, problem }) =>
    problem === undefined ? [] : [`${id}, without "${patch.without}": ${problem}`],
  )
  const after = await runUnpatched()
  return {
    results,
    problems: [...found, ...after.map((problem) => `after all patches were undone: ${problem}`)],
  }
}

/**
 * Checks all rows of `tests/threats/rows/`, or the named ones, and that the list of rows is
 * complete.
 */
export async function checkRows(
  ids: readonly string[] = [],
  onResult?: (result: PatchResult) => void,
): ReturnType<typeof checkAllRows> {
  const rows = readRows()
  const unknown = ids.filter((id) => !rows.some((row) => row.id === id))
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')} in tests/threats/rows/`)
  const copy = await createWorkspaceCopy()
  try {
    const { results, problems } = await checkAllRows(
      rows.filter(({ id }) => ids.length === 0 || ids.includes(id)),
      copy,
      onResult,
    )
    return { results, problems: [...findRowProblems(rows, readPending()), ...problems] }
  } finally {
    await copy.close()
  }
}
