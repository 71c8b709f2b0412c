import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { generate, writeFiles } from '@wechatpay-entrust/codegen'
import { referencePages } from '../../docs/reference.ts'
import { runCommand, tool } from '../../process/run-command.ts'
import { readManifest, root } from '../../workspace.ts'
import { type Check, noProblems, passed } from '../check.ts'

export interface CodeBlock {
  readonly language: string
  /** The line of the first line of code, counted from 1. */
  readonly line: number
  readonly code: string
}

/** The fenced code blocks of a Markdown text. */
export function readCodeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { fence: string; language: string; line: number; code: string[] } | undefined
  for (const [index, line] of markdown.split('\n').entries()) {
    if (open === undefined) {
      const [, fence, language] = /^\s*(`{3,}|~{3,})\s*([\w-]*)/.exec(line) ?? []
      if (fence !== undefined) open = { fence, language: language ?? '', line: index + 2, code: [] }
    } else if (line.trim().startsWith(open.fence)) {
      blocks.push({ language: open.language, line: open.line, code: open.code.join('\n') })
      open = undefined
    } else open.code.push(line)
  }
  return blocks
}

/** The package.json scripts that a shell block runs through npm. */
export function npmScripts(code: string): string[] {
  const runs = [
    ...code.matchAll(
      /\bnpm (?:(?:--?[\w-]+ )*run(?:-script)? (?:--?[\w-]+ )*([\w:-]+)|(test|start)\b)/g,
    ),
  ]
  return runs.flatMap(([, script, shorthand]) => script ?? shorthand ?? [])
}

const orders = join(root, 'packages/codegen/src/testing/orders.yaml')

const docFiles = () =>
  globSync(
    ['*.md', 'packages/*/*.md', 'mocks/*.md', 'docs/*.md', 'docs/guide/**/*.md', 'spec/*.md'],
    {
      cwd: root,
    },
  ).sort()

const sourceFiles = () =>
  globSync(['packages/*/src/**/*.ts', 'mocks/src/**/*.ts'], { cwd: root }).sort()

/** The text of a document. For a source file: only its comments, on the same lines. */
function readText(file: string): string {
  const text = readFileSync(join(root, file), 'utf8')
  if (file.endsWith('.md')) return text
  return text.replace(/^.*$/gm, (line) => /^\s*\*( (.*))?$/.exec(line)?.[2] ?? '')
}

const tsconfig = {
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    types: ['node'],
    noUnusedLocals: false,
  },
  // The packages declare types for libraries that have none; the examples need those declarations
  // too.
  include: ['*.ts', '../../packages/*/src/**/*.d.ts'],
}

/**
 * Examples import what users install beside our packages: the frameworks and drivers that are
 * installed for some package's tests.
 */
function linkPeers(folder: string): void {
  for (const path of globSync('{packages/*,tests/proofs}/node_modules/{*,@*/*}', { cwd: root })) {
    const [, name = ''] = path.replaceAll('\\', '/').split('/node_modules/')
    const link = join(folder, 'node_modules', name)
    if (/^(?:@[^/]+|@wechatpay-entrust\/.*)$/.test(name) || existsSync(link)) continue
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, path), link, 'junction')
  }
}

export const docs: Check = {
  name: 'docs',
  holds:
    'the code in documents, reference and docstrings compiles, and the npm scripts they name exist',
  async run() {
    const folder = join(root, '.cache', 'docs')
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const problems: string[] = []
    let count = 0
    const texts = new Map([
      ...[...docFiles(), ...sourceFiles()].map((file) => [file, readText(file)] as const),
      ...(await referencePages()),
    ])
    for (const [file, text] of texts) {
      for (const { language, line, code } of readCodeBlocks(text)) {
        if (['sh', 'bash', 'shell', 'console'].includes(language)) {
          const known = readManifest('.').scripts ?? {}
          for (const script of npmScripts(code))
            if (!(script in known)) problems.push(`${file}:${line}: there is no script ${script}`)
        }
        if (language !== 'ts') continue
        count++
        // Empty lines come first, so that the compiler reports the line in the document.
        const source = `${'\n'.repeat(line - 1)}${code}\nexport {}\n`
        writeFileSync(join(folder, `${file.replaceAll('/', '__')}.${line}.ts`), source)
      }
    }
    if (count > 0) {
      linkPeers(folder)
      // What the documents call `./wechatpay/index.js`: generated from the document of codegen's tests.
      await writeFiles(join(folder, 'wechatpay'), (await generate([orders])).files)
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
      const { code, output } = await runCommand(tool('tsc'), ['-p', folder])
      if (code !== 0) problems.push(output.trim())
    }
    if (problems.length === 0 && !existsSync(join(root, 'README.md')))
      return passed('there are no documents yet')
    return noProblems(problems, `${count} blocks`)
  },
}
