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
 * Copies the workspace as it stands into an empty folder, without what is built and without the
 * paths that `without` matches. The packages' links to each other lead into the copy; what is
 * installed is linked, not copied.
 */
export function copyWorkspace(
  copy: string,
  { without = /$^/ }: { readonly without?: RegExp } = {},
): void {
  const links = { recursive: true, verbatimSymlinks: true }
  const isOurs = (path: string) =>
    !/\/(dist|\.vite|\.vite-temp|\.vitest-cache)$/.test(path) && !without.test(path)
  for (const folder of ['spec', 'scripts', 'packages', 'mocks', 'tests'])
    cpSync(join(root, folder), join(copy, folder), { ...links, filter: isOurs })
  for (const file of files) cpSync(join(root, file), join(copy, file))
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name === '.pnpm')
      symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
    else if (isOurs(`/${name}`))
      cpSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), links)
  }
  const seen = realpathSync(join(copy, 'mocks', 'node_modules', '@wechatpay-entrust', 'auth'))
  if (seen !== realpathSync(join(copy, 'packages', 'auth')))
    throw new Error(
      `The copy of the workspace uses ${seen}, which is not its own: pnpm links packages in another way now.`,
    )
}
