import { execFile } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bin, runCli, testFolder } from '../testing/run-cli.ts'
import { shells } from './completion-script.ts'

const run = promisify(execFile)

/** The command on the PATH of a shell. */
function installed() {
  const { folder, write } = testFolder()
  const script = `#!/bin/sh\nexec '${process.execPath}' --conditions=@wechatpay-entrust/source '${bin}' "$@"\n`
  chmodSync(write('wechatpay-entrust', script), 0o755)
  write('body.json', '{}')
  return { cwd: folder, env: { PATH: `${folder}:${process.env.PATH}`, HOME: folder } }
}

/** The words that bash offers when Tab is pressed after the line. */
async function completeInBash(line: string): Promise<string[]> {
  const words = line.split(' ')
  const script = `
    source <(wechatpay-entrust completion bash)
    complete -p wechatpay-entrust >/dev/null || exit 9
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
    _wechatpay_entrust
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await run('bash', ['-c', script], installed())
  return stdout.split('\n').filter((word) => word !== '')
}

test.each([
  ['wechatpay-entrust pre', ['pre-sign']],
  ['wechatpay-entrust inbox ', ['ls', 'show', 'retry', 'prune']],
  ['wechatpay-entrust pre-sign --mode ', ['qs', 'normal', 'ecommerce', 'service-provider']],
  ['wechatpay-entrust inbox ls --state p', ['parked']],
  ['wechatpay-entrust doctor --ec', ['--echo']],
  ['wechatpay-entrust completion z', ['zsh']],
])('bash completes: %s', async (line, expected) => {
  expect(await completeInBash(line)).toEqual(expect.arrayContaining(expected))
  if (!line.endsWith(' ')) expect(await completeInBash(line)).toEqual(expected)
})

test('without a proposal bash offers file names', async () => {
  expect(await completeInBash('wechatpay-entrust certificates --out ')).toEqual([])
  const { stdout } = await runCli(['completion', 'bash'])
  expect(stdout).toContain('complete -o default')
})

test('each shell has a script; any other name is rejected', async () => {
  for (const shell of shells) {
    const { code, stdout } = await runCli(['completion', shell])
    expect({ shell, code }).toEqual({ shell, code: 0 })
    expect(stdout).toContain('wechatpay-entrust __complete')
  }
  expect((await runCli(['completion', 'tcsh'])).code).toBe(2)
})
