/**
 * What a document of an application costs: codegen, type checking, and completion in an editor.
 *
 *     npm run bench -- documents [--document=FILE] [--write]
 *
 * FILE is an OpenAPI document, by default that of codegen's tests. The applications are compiled
 * against the built packages, with `skipLibCheck`, as they would be from the registry.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Spec } from '@wechatpay-entrust/core'
import { spec as ownSpec } from '@wechatpay-entrust/core/spec'
import { createMock } from '@wechatpay-entrust/mock'
import { readDocuments } from '@wechatpay-entrust/openapi'
import { compilers, orders } from '../../../packages/codegen/src/testing/consumer.ts'
import {
  startNativeServer,
  startTsserver,
} from '../../../packages/codegen/src/testing/language-server.ts'
import { runCommand, tool } from '../../../scripts/process/run-command.ts'
import { root } from '../../../scripts/workspace.ts'
import { machine } from '../support/report.ts'
import { application, typing } from './application.ts'

const option = process.argv.find((argument) => argument.startsWith('--document='))
const folderOfCaller = process.env.INIT_CWD ?? process.cwd()
const document = option ? resolve(folderOfCaller, option.slice('--document='.length)) : orders
const rounds = process.argv.includes('--quick') ? 1 : 5
const limits = { codegen: 30, ratio: 2, completion: 300 }

const folder = join(root, '.cache', 'bench-documents')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const { code, output } = await runCommand(tool('tsc'), ['-b', 'packages/sdk', 'packages/codegen'], {
  cwd: root,
})
if (code !== 0) throw new Error(`The packages do not build.\n${output}`)

const missed: string[] = []
const judge = (name: string, value: number, limit: number, digits: number, unit = '') => {
  if (value > limit) missed.push(name)
  return `- ${name}: ${value.toFixed(digits)}${unit}, limit ${limit}${unit}: ${value > limit ? 'MISSED' : 'reached'}`
}

function run(args: readonly string[]): number {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${args.join(' ')}\n${stdout}${stderr}`.slice(0, 3000))
  return (performance.now() - start) / 1000
}

/** The shortest of the rounds: other programs only make it longer. */
const shortest = (measure: () => number) =>
  Math.min(...Array.from({ length: rounds }, () => measure()))

const bin = join(root, 'packages/codegen/bin/codegen.mjs')
const codegen = shortest(() => run([bin, document, '--out', 'given']))
const { spec } = await readDocuments([document])
const count = Object.keys(spec.operations).length

const mock = createMock({ spec })
const argsOf = (id: string) => mock.sample(id).args
const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  module: 'nodenext',
  types: [],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
}
const calls = {
  own: application(ownSpec as Spec, argsOf),
  given: application(spec, argsOf, './given/index.js'),
}
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
for (const [name, text] of Object.entries(calls)) {
  writeFileSync(join(folder, `${name}.ts`), text)
  const config = { compilerOptions, files: [`${name}.ts`] }
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(config))
}
// In turn, so that a busy moment of the machine does not hit only one of the two.
const types = compilers.map(({ name, tsc }) => {
  const times = Array.from({ length: rounds }, () => ({
    own: run([tsc, '-p', 'own.json']),
    given: run([tsc, '-p', 'given.json']),
  }))
  return {
    name,
    own: Math.min(...times.map(({ own }) => own)),
    given: Math.min(...times.map(({ given }) => given)),
  }
})

const steps = typing(spec, './given/index.js')
const servers = [
  ['tsserver of TypeScript 5.9', startTsserver],
  ['language server of TypeScript 7', startNativeServer],
] as const
const completions: { name: string; step: string; proposed: number; ms: number }[] = []
for (const [name, start] of servers) {
  const file = join(folder, 'typing.ts')
  const config = { compilerOptions, files: ['typing.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  writeFileSync(file, steps[0]?.text ?? '')
  const best = new Map<string, { proposed: number; ms: number }>()
  for (let round = 0; round < rounds; round += 1) {
    const server = await start(file, steps[0]?.text ?? '')
    // Opening a project is not a step of typing.
    await server.hover(steps[0]?.text.indexOf('wechatpay =') ?? 0)
    for (const { label, text, offset } of steps) {
      server.change(text)
      const begin = performance.now()
      const proposed = (await server.complete(offset)).length
      const ms = performance.now() - begin
      if (ms < (best.get(label)?.ms ?? Number.POSITIVE_INFINITY)) best.set(label, { proposed, ms })
    }
    server.close()
  }
  for (const [step, { proposed, ms }] of best) completions.push({ name, step, proposed, ms })
}

const text = [
  '# documents',
  '',
  `\`npm run bench -- documents${option ? ' --document=FILE' : ''}\` on ${machine()}, ${new Date().toISOString().slice(0, 10)}.`,
  `Document: ${spec.title}, ${count} operations; the shortest of ${rounds} rounds.`,
  '',
  '| | our own family only | with the document, 20 of its operations called | ratio |',
  '| --- | ---: | ---: | ---: |',
  ...types.map(
    ({ name, own, given }) =>
      `| type check by ${name} | ${own.toFixed(2)} s | ${given.toFixed(2)} s | ${(given / own).toFixed(2)} |`,
  ),
  '',
  `| completion, proposals and time | ${servers.map(([name]) => name).join(' | ')} |`,
  '| --- | ---: | ---: |',
  ...steps.map(({ label }) => {
    const cells = completions
      .filter(({ step }) => step === label)
      .map(({ proposed, ms }) => `${proposed}, ${ms.toFixed(0)} ms`)
    return `| \`${label.replace(/\..*\.(\w+\.)$/, '.….$1')}\` | ${cells.join(' | ')} |`
  }),
  '',
  judge('codegen, the whole command', codegen, limits.codegen, 1, ' s'),
  ...types.map(({ name, own, given }) =>
    judge(`type check by ${name}, ratio`, given / own, limits.ratio, 2),
  ),
  judge(
    'slowest completion',
    Math.max(...completions.map(({ ms }) => ms)),
    limits.completion,
    0,
    ' ms',
  ),
  '',
].join('\n')
process.stdout.write(text)
if (process.argv.includes('--write'))
  writeFileSync(join(import.meta.dirname, '../results', 'documents.md'), text)
if (rounds > 1 && missed.length > 0) process.exitCode = 1
