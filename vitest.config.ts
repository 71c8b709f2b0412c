import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

// Tests run on the sources: the condition that each package's `exports` and `imports` name for
// that.
const resolve = { conditions: ['@wechatpay-entrust/source', 'node', 'default'] }
const webCrypto = fileURLToPath(new URL('packages/auth/src/crypto/web.ts', import.meta.url))
const webEncoding = fileURLToPath(new URL('packages/base/src/encoding/web.ts', import.meta.url))
const onProvider = fileURLToPath(
  new URL('packages/auth/src/testing/on-provider.ts', import.meta.url),
)

/**
 * No test measures time, and a busy machine is no failure: the limit only ends a test that hangs.
 */
const testTimeout = 60_000

const project = (name: string, root: string) => ({
  resolve,
  ssr: { resolve },
  test: { name, root, include: ['**/*.test.ts'], testTimeout },
})

/** The same suites on the WebCrypto implementation, as other runtimes load it. */
const onWebCrypto = (name: string, root: string) => ({
  ...project(name, root),
  resolve: { ...resolve, alias: { '#crypto': webCrypto, '#encoding': webEncoding } },
  test: {
    ...project(`${name} (web)`, root).test,
    exclude: [...configDefaults.exclude, '**/soak.test.ts'], // processes and servers of their own
    env: { CRYPTO_PROVIDER: 'web' },
    setupFiles: [onProvider],
  },
})

/** They kill processes and fill the machine: after all others, and alone. */
const proofs = project('proofs', 'tests/proofs')
const proofsLast = {
  ...proofs,
  test: { ...proofs.test, fileParallelism: false, sequence: { groupOrder: 1 } },
}

const projects = [
  project('base', 'packages/base'),
  project('auth', 'packages/auth'),
  onWebCrypto('auth', 'packages/auth'),
  project('core', 'packages/core'),
  project('openapi', 'packages/openapi'),
  project('codegen', 'packages/codegen'),
  project('notification', 'packages/notification'),
  onWebCrypto('notification', 'packages/notification'),
  project('inbox', 'packages/inbox'),
  project('sdk', 'packages/sdk'),
  project('cli', 'packages/cli'),
  project('mock', 'mocks'),
  project('spec', 'spec'),
  project('opentelemetry example', 'examples/opentelemetry'),
  project('service example', 'examples/service'),
  project('scripts', 'scripts'),
  project('threats', 'tests/threats'),
  project('mutation', 'tests/mutation'),
  proofsLast,
]

/** Relative to this file. */
export const projectFolders = projects.map(({ test }) => test.root)

// By default a run leaves one core free, which on two cores takes twice as long.
export default defineConfig({ test: { projects, maxWorkers: '100%' } })
