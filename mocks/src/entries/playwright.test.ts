import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

test("the Playwright fixture starts a server and resets it for each test, in Playwright's own runner", () => {
  const playwright = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  )
  const folder = join(import.meta.dirname, '..', 'testing', 'playwright')
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [playwright, 'test', '--config', folder, '--reporter', 'line', '--workers', '1'],
    {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '--conditions=@wechatpay-entrust/source' },
    },
  )
  expect([stderr, status]).toEqual(['', 0])
  expect(stdout).toContain('2 passed')
})
