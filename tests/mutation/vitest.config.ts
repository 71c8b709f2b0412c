import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@wechatpay-entrust/source', 'node', 'default'] }

/**
 * The tests of one group, as one project: Stryker maps tests to mutants by file. Soak tests start
 * processes of their own, which the mutants do not reach.
 */
export default defineConfig({
  resolve,
  ssr: { resolve },
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: (process.env.MUTATION_TESTS ?? '').split(','),
    exclude: ['**/node_modules/**', '**/soak.test.ts'],
    // A test that a mutant keeps waiting fails here, long after the slowest test has passed.
    testTimeout: 10_000,
  },
})
