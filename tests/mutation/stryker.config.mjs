// One group of groups.ts, chosen by run.ts through the environment.
const { MUTATION_FILES = '', MUTATION_REPORT = '' } = process.env

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './tests/mutation/ignore-names.mjs'],
  ignorers: ['list-of-names'],
  vitest: { configFile: 'tests/mutation/vitest.config.ts' },
  mutate: MUTATION_FILES.split(','),
  // Texts of errors are held by snapshots; a mutant of each word would only repeat that.
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // For a mutant that blocks the thread, and longer than `testTimeout`: other work on the machine
  // must not look like a mutant that was noticed.
  timeoutMS: 15_000,
  reporters: ['json'],
  jsonReporter: { fileName: MUTATION_REPORT },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['/.cache', '/docs', '/examples', '/tests/bench', '/tests/proofs', 'dist'],
  // TypeScript 7 has no JavaScript API; vitest needs no rewritten tsconfig.
  tsconfigFile: 'none.json',
}
