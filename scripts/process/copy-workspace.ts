import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../workspace.ts'

const files = [
  'package.json',
  'pnpm-workspace.yaml',
  'biome.json',
  'tsconfig.base.json',
  'vitest.config.ts',
]

/**
 * Copies the workspace, with uncommitted changes, into an empty folder. Build output and the paths
 * that `without` matches are left out. In the copy, the packages' links to each other point into the
 * copy; installed packages are linked, not copied.
 */
export function copyWorkspace(
  copy: string,
  { without = /$^/ }: { readonly without?: RegExp } = {},
): void {
  const links = { recursive: true, verbatimSymlinks: true }
  const isIncluded = (path: string) =>
    !/\/(dist|\.vite|\.vite-temp|\.vitest-cache)$/.test(path) && !without.test(path)
  for (const folder of ['spec', 'scripts', 'packages', 'mocks', 'tests'])
    cpSync(join(root, folder), join(copy, folder), { ...links, filter: isIncluded })
  for (const file of files) cpSync(join(root, file), join(copy, file))
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '.pnpm')
      symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
    else if (isIncluded(`/${name}`))
      cpSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), links)
  }
  const linked = realpathSync(join(copy, 'mocks', 'node_modules', '@wechatpay-entrust', 'auth'))
  if (linked !== realpathSync(join(copy, 'packages', 'auth')))
    throw new Error(
      `The copy of the workspace links to ${linked}, which is outside of it: pnpm has changed how it links packages.`,
    )
}
