import { expect, test } from 'vitest'
import { importOptional, isMissing } from './input/import-optional.ts'
import { createOutput } from './output/output.ts'
import { runCli } from './testing/run-cli.ts'

const commands = [
  ['pre-sign'],
  ['query'],
  ['terminate'],
  ['certificates'],
  ['notification', 'open'],
  ['inbox', 'ls'],
  ['inbox', 'show'],
  ['inbox', 'retry'],
  ['inbox', 'prune'],
  ['reconcile'],
  ['doctor'],
  ['generate'],
  ['serve-mock'],
  ['completion'],
]

test('without arguments it shows the commands, examples and exit codes, and exits with 0', async () => {
  const { code, stdout, stderr } = await runCli([])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const [name] of commands) expect(stdout).toContain(name)
  expect(stdout).toContain('Exit codes: 0 done')
})

test.each(commands)('the help of %s %s has an example, and --json', async (...command) => {
  const { code, stdout } = await runCli([...command.filter(Boolean), '--help'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/Examples?:|wechatpay-entrust completion bash/)
  expect(stdout).toContain('--json')
})

test('--version prints the version of the package', async () => {
  const { stdout } = await runCli(['--version'])
  expect(stdout.trim()).toMatch(/^\d+\.\d+\.\d+/)
})

test('a mistyped command or option exits with 2 and suggests the right one', async () => {
  const command = await runCli(['pre-sing'])
  expect(command).toMatchObject({ code: 2, stdout: '' })
  expect(command.stderr).toContain('Did you mean pre-sign?')
  const option = await runCli(['doctor', '--ehco'])
  expect(option).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean --echo') })
})

test('output to a pipe has no colours', async () => {
  const { stdout } = await runCli(['--help'], { env: { FORCE_COLOR: '' } })
  expect(stdout).not.toContain('\u001b[')
})

/** A stream that stores what is written to it. */
function terminal(isTTY: boolean) {
  const written: string[] = []
  return { written, isTTY, write: (text: string) => written.push(text) }
}

test('progress is shown on a terminal only, and removed before the result', () => {
  for (const isTTY of [true, false]) {
    const [stdout, stderr] = [terminal(isTTY), terminal(isTTY)]
    const output = createOutput({ stdout, stderr, json: true })
    output.progress('asking …')
    output.result({ done: true }, [])
    expect(stderr.written).toEqual(isTTY ? ['asking …', '\r\u001b[K'] : [])
    expect(JSON.parse(stdout.written.join(''))).toEqual({ done: true })
  }
})

test('a package that is not installed is named with the command that installs it', async () => {
  const load = () => import('@wechatpay-entrust/not-installed' as string)
  const loading = importOptional(load, 'serve-mock', '@wechatpay-entrust/mock msw')
  await expect(loading).rejects.toMatchObject({
    code: 'missing-library',
    message: expect.stringContaining('npm install @wechatpay-entrust/mock msw'),
  })
  expect(isMissing(new Error('another'))).toBe(false)
})
