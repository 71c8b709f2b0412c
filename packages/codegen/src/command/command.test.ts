import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setLanguage } from '@wechatpay-entrust/base'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { orders, runNode } from '../testing/consumer.ts'
import { runCodegen } from './command.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'codegen-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  setLanguage(undefined)
  process.exitCode = 0
})

/** Runs the command in this process; the language is English unless the arguments choose one. */
async function run(args: readonly string[], isTTY = false) {
  let [stdout, stderr] = ['', '']
  process.exitCode = 0
  const language = args.includes('--language') ? [] : ['--language', 'en']
  await runCodegen([...language, ...args], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text), isTTY },
  })
  return { code: process.exitCode, stdout, stderr }
}

const broken =
  'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths:\n  /v3/a:\n    get:\n      operationId: a\n      responses:\n        "200": { $ref: "#/components/responses/None" }\n'

test('writes the files, and the second time nothing', async () => {
  const out = join(folder, 'out')
  expect(await run([orders, '--out', out])).toMatchObject({
    code: 0,
    stdout: `${out}: wrote index.ts, types.d.ts; 4 operations\n`,
  })
  expect(readdirSync(out)).toEqual(['index.ts', 'types.d.ts'])
  expect((await run([orders, '--out', out])).stdout).toBe(`${out}: nothing changed; 4 operations\n`)
  expect((await run([orders, '--out', out, '--js'])).stdout).toBe(
    `${out}: wrote index.js, index.d.ts; removed index.ts; 4 operations\n`,
  )
})

test('--check writes nothing, and exits with 1 unless the files are up to date', async () => {
  const out = join(folder, 'out')
  const before = await run([orders, '--out', out, '--check'])
  expect(before).toMatchObject({ code: 1, stdout: '' })
  expect(before.stderr).toContain(`${out}/index.ts is not up to date`)
  expect(readdirSync(folder)).toEqual([])
  await run([orders, '--out', out])
  const after = await run([orders, '--out', out, '--check'])
  expect(after).toMatchObject({ code: 0, stdout: `${out}: up to date; 4 operations\n` })
})

test('the defaults that were applied are printed, one line each', async () => {
  const { stderr } = await run([orders, '--out', join(folder, 'out')])
  expect(stderr).toMatch(/^note: .*orders\.yaml/m)
  expect(stderr).toContain('No operationId: the id is made from method and path')
})

test('a problem of a document exits with 1 and names file, place and remedy in the language chosen', async () => {
  const file = join(folder, 'broken.yaml')
  writeFileSync(file, broken)
  const out = join(folder, 'out')
  const english = await run([file, '--out', out])
  expect(english).toMatchObject({ code: 1, stdout: '' })
  expect(english.stderr).toMatch(
    /^wechatpay-entrust-codegen: .*broken\.yaml:8:\d+ .*: found .*expected/,
  )
  const chinese = await run([file, '--out', out, '--language', 'zh'])
  expect(chinese.stderr).toContain('处理办法：')
  expect(readdirSync(folder)).toEqual(['broken.yaml'])
})

test.each([
  [['--out', 'x'], 'found no document; expected at least one file or folder'],
  [['a.yaml'], '--out: found no folder; expected one, such as --out src/wechatpay'],
  [['a.yaml', '--out', 'x', '--excpt', 'v3/**'], 'Did you mean --except?'],
  [['a.yaml', '--out'], "'--out <value>' argument missing"],
  [['a.yaml', '--out', '--js'], "Did you forget to specify the option argument for '--out'?"],
  [['a.yaml', '--out', 'x', '--language', 'fr'], '--language: found "fr"; expected en or zh'],
])('wrong use exits with 2: %j', async (args, message) => {
  const { code, stdout, stderr } = await run(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(message)
  expect(stderr.split('\n')).toHaveLength(2)
})

test('--help explains every option in both languages', async () => {
  for (const language of ['en', 'zh']) {
    const { code, stdout } = await run(['--help', '--language', language])
    expect(code).toBe(0)
    for (const name of ['out', 'only', 'except', 'js', 'check', 'language', 'help'])
      expect(stdout).toContain(`--${name} `)
  }
})

test('steps are shown on a terminal only', async () => {
  const out = join(folder, 'out')
  expect((await run([orders, '--out', out], true)).stderr).toContain('\r\u001b[Ktypes')
  expect((await run([orders, '--out', out])).stderr).not.toContain('\u001b')
})

test('the binary runs the command', () => {
  const bin = join(import.meta.dirname, '../../bin/codegen.mjs')
  const { code, output } = runNode(folder, [
    bin,
    orders,
    '--out',
    'generated',
    '--only',
    'v3/odd.path/**',
  ])
  expect(output).toContain('generated: wrote index.ts, types.d.ts; 1 operation')
  expect(code).toBe(0)
})
