import { defineConfig } from 'vitest/config'

// Tests run on the sources: the condition that each package's `exports` and `imports` name for that.
const source = { conditions: ['@wechatpay-entrust/source'] }
const node = { ...source, conditions: [...source.conditions, 'node', 'import', 'default'] }

const project = (name: string, root: string) => ({
  resolve: node,
  ssr: { resolve: node },
  test: { name, root, include: ['**/*.test.ts'] },
})

export default defineConfig({
  test: {
    projects: [
      project('auth', 'packages/auth'),
      project('core', 'packages/core'),
      project('notification', 'packages/notification'),
      project('sdk', 'packages/sdk'),
      project('mock', 'mocks'),
      project('spec', 'spec'),
      project('scripts', 'scripts'),
    ],
  },
})
