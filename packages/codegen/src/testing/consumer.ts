/** A project that uses generated files, and the compilers that an application may have. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const packageRequire = createRequire(import.meta.url)
const root = join(import.meta.dirname, '../../../..')

/** The document of the tests. */
export const orders = join(import.meta.dirname, 'orders.yaml')

export const compilers = [
  { name: 'TypeScript 7', tsc: join(root, 'node_modules/typescript/lib/tsc.js') },
  { name: 'TypeScript 5.9', tsc: packageRequire.resolve('typescript/lib/tsc.js') },
] as const

/** A folder inside the workspace, so that its packages are found; removed after the test. */
export function consumerFolder(): string {
  const cache = join(root, '.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'codegen-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Writes files by their names, and a tsconfig.json that includes them. */
export function writeProject(
  folder: string,
  files: Readonly<Record<string, string>>,
  compilerOptions: object = {},
): void {
  const config = {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023', 'es2024.string', 'dom', 'dom.iterable', 'dom.asynciterable'],
      module: 'nodenext',
      types: ['node'],
      customConditions: ['@wechatpay-entrust/source'],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      ...compilerOptions,
    },
    files: Object.keys(files),
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
}

/** Runs Node in the folder; returns the exit code and everything that was printed. */
export function runNode(folder: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@wechatpay-entrust/source', ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  )
  return { code: status, output: `${stdout}${stderr}` }
}
