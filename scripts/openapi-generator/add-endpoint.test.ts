import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { copyWorkspace } from '../process/copy-workspace.ts'
import { runCommand, runScript } from '../process/run-command.ts'
import { root } from '../workspace.ts'
import { findJava } from './java.ts'

/** The code blocks of the worked example in CONTRIBUTING.md, by the name after the language. */
const blocks = new Map(
  [
    ...readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(
      /^```\w+ (\S+)\n([\s\S]*?)^```$/gm,
    ),
  ].map(([, name = '', text = '']) => [name, text] as const),
)
const block = (name: string) =>
  blocks.get(name) ?? expect.fail(`CONTRIBUTING.md has no block named ${name}`)

mkdirSync(join(root, '.cache'), { recursive: true })
const copy = mkdtempSync(join(root, '.cache', 'add-endpoint-'))
afterAll(() => rmSync(copy, { recursive: true }))

function prepareCopy(): void {
  copyWorkspace(copy, { without: /\/vectors$/ })
  // The generator is downloaded only once, into the real folder.
  const store = join('.cache', 'openapi-generator')
  mkdirSync(join(root, store), { recursive: true })
  mkdirSync(join(copy, '.cache'))
  symlinkSync(join(root, store), join(copy, store))
}

const runInCopy = (...args: string[]) => runScript(args, { cwd: copy })

test.skipIf(!findJava().found)(
  'CONTRIBUTING.md’s example of a new endpoint works as it stands (needs Java 11 or newer)',
  async () => {
    prepareCopy()
    const spec = join(copy, 'spec', 'openapi.yaml')
    const before = readFileSync(spec, 'utf8')
    const edited = before
      .replace(/^tags:\n/m, (line) => line + block('tags'))
      .replace(/^webhooks:\n/m, (line) => block('paths') + line)
    writeFileSync(spec, edited)
    appendFileSync(spec, block('components.schemas'))
    for (const [name, text] of blocks)
      if (name.startsWith('spec/examples/')) writeFileSync(join(copy, name), text)

    const generated = await runInCopy('scripts/generate.ts')
    expect(generated.output).toMatch(
      /wrote types\.ts, tree\.ts, spec\.ts, examples\.ts, operations\.ts/,
    )
    const linted = await runInCopy('scripts/check.ts', 'spec')
    expect(linted.code, linted.output).toBe(0)

    writeFileSync(join(copy, 'call.ts'), block('call.ts'))
    writeFileSync(join(copy, 'wrong.ts'), block('call.ts').replace('{ url:', '{ uri:'))
    const compilerOptions = {
      noEmit: true,
      composite: false,
      declaration: false,
      declarationMap: false,
      types: ['node'],
    }
    const config = {
      extends: './tsconfig.base.json',
      compilerOptions,
      files: ['call.ts', 'wrong.ts'],
    }
    writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify(config))
    const { output } = await runCommand(join(root, 'node_modules', '.bin', 'tsc'), ['-p', copy])
    expect(output.trim().split('\n')).toEqual([
      expect.stringMatching(/wrong\.ts.* error TS\d+: Property 'url' is missing/),
    ])

    const called = await runInCopy('call.ts')
    expect(called.output).toBe('true https://yourapp.com/complaints\n')
    writeFileSync(
      join(copy, 'http.ts'),
      block('call.ts').replace('https://yourapp', 'http://yourapp'),
    )
    expect((await runInCopy('http.ts')).output).toContain(
      'createComplaintNotification: nothing was sent. body /url',
    )
  },
  180_000,
)
