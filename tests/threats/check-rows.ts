import { findRowProblems, type Patch, type Row, readPending, readRows } from './rows.ts'
import { type Bench, createBench, type Seen } from './workspace-copy.ts'

/** What one patch showed. */
export interface Held {
  readonly id: string
  readonly patch: Patch
  /** Why the patch proves nothing; undefined where the test failed as it must. */
  readonly problem: string | undefined
}

/** Whether the named test noticed: it ran, and failed by what it asserts. */
export function judgePatched(
  { test, fails, by }: Pick<Patch, 'test' | 'fails' | 'by'>,
  tests: readonly Seen[],
): string | undefined {
  const named = tests.filter(({ name }) => name.includes(fails))
  const failed = named.filter(({ state }) => state === 'failed')
  if (named.length === 0) return `${test} has no test "${fails}"`
  const open = named.find(({ state }) => state === 'pending')
  if (open !== undefined) return `"${open.name}" in ${test} did not come to an end`
  if (failed.length === 0)
    return `nothing holds this defence: without it "${fails}" in ${test} still passes`
  if (
    failed.some(({ byAssertion, error }) => (by === undefined ? byAssertion : error.includes(by)))
  )
    return undefined
  const expected = by === undefined ? 'by an assertion' : `with "${by}"`
  return `"${fails}" in ${test} did not fail ${expected}, but with ${failed[0]?.error.slice(0, 300)}`
}

/** As they are, all tests must pass: a test that fails anyhow notices nothing. */
function judgeWhole(id: string, { test, fails }: Patch, tests: readonly Seen[]): string[] {
  const named = tests.filter(({ name }) => name.includes(fails))
  if (named.length === 0) return [`${id}: ${test} has no test "${fails}"`]
  const bad = named.filter(({ state }) => state !== 'passed')
  return bad.map(
    ({ name, state, error }) =>
      `${id}: with every defence in place "${name}" is ${state}: ${error}`,
  )
}

/**
 * Takes each row's defences out, one at a time. Before and after, all tests run with every defence
 * in place: the first shows that they can pass, the second that each patch was undone.
 */
export async function checkAllRows(
  rows: readonly Row[],
  bench: Bench,
  tell: (held: Held) => void = () => {},
): Promise<{ readonly held: readonly Held[]; readonly problems: readonly string[] }> {
  const patches = rows.flatMap(({ id, patches }) => patches.map((patch) => ({ id, patch })))
  const wanted = patches.map(({ patch }) => patch)
  const runWhole = async () => {
    const seen = await bench.run(wanted)
    return [
      ...new Set(
        patches.flatMap(({ id, patch }) => judgeWhole(id, patch, seen.get(patch.test) ?? [])),
      ),
    ]
  }
  const before = await runWhole()
  if (before.length > 0) return { held: [], problems: before }
  const held: Held[] = []
  for (const { id, patch } of patches) {
    const problem = await bench.runPatched(patch).then(
      (tests) => judgePatched(patch, tests),
      (error: Error) => error.message,
    )
    held.push({ id, patch, problem })
    tell({ id, patch, problem })
  }
  const found = held.flatMap(({ id, patch, problem }) =>
    problem === undefined ? [] : [`${id}, without "${patch.without}": ${problem}`],
  )
  const after = await runWhole()
  return {
    held,
    problems: [...found, ...after.map((problem) => `after all patches were undone: ${problem}`)],
  }
}

/**
 * Holds all rows of `tests/threats/rows/`, or those named; also says what is wrong between them and
 * the whole list.
 */
export async function checkRows(
  ids: readonly string[] = [],
  tell?: (held: Held) => void,
): ReturnType<typeof checkAllRows> {
  const rows = readRows()
  const unknown = ids.filter((id) => !rows.some((row) => row.id === id))
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')} in tests/threats/rows/`)
  const bench = await createBench()
  try {
    const { held, problems } = await checkAllRows(
      rows.filter(({ id }) => ids.length === 0 || ids.includes(id)),
      bench,
      tell,
    )
    return { held, problems: [...findRowProblems(rows, readPending()), ...problems] }
  } finally {
    await bench.close()
  }
}
