/** The script of each task. */
export const tasks = new Map([
  ['demo', 'demo.ts'],
  ['test', 'test.ts'],
  ['test:heavy', 'test-heavy.ts'],
  ['mock', 'mock.ts'],
  ['generate', 'generate.ts'],
  ['check', 'check.ts'],
  ['check:threats', 'check-threats.ts'],
  ['format', 'format.ts'],
  ['build', 'build.ts'],
  ['pack', 'pack.ts'],
  ['release', 'release.ts'],
  ['changeset', 'changeset.ts'],
  ['bench', 'bench.ts'],
  ['docs', 'docs.ts'],
  ['service', '../examples/service/start.ts'],
])

/** @param {string | undefined} name */
export function findTask(name) {
  const script = tasks.get(name ?? '')
  if (script === undefined) {
    const found = name === undefined ? 'No task was named' : `There is no task "${name}"`
    throw new Error(`${found}. The tasks are: ${[...tasks.keys()].join(', ')}.`)
  }
  return script
}
