import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const bin = fileURLToPath(new URL('../bin/wechatpay-entrust.mjs', import.meta.url))

test('the bin of this package names @wechatpay-entrust/cli, exits 2 and does not repeat its arguments', () => {
  const args = [bin, 'doctor', '--api-v3-key', 'secret-that-must-not-be-printed']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain('npx @wechatpay-entrust/cli --help')
  expect(stderr).not.toMatch(/doctor|api-v3-key|secret/)
})
