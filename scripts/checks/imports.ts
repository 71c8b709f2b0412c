import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages, root } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'
import { findImportProblems, type SourcePackage } from './import-rules.ts'

const isTest = (path: string) => /\.test(?:-d)?\.ts$|\/src\/testing\//.test(path)

function readSources(folder: string): ReadonlyMap<string, string> {
  const paths = globSync([`${folder}/src/**/*.ts`, `${folder}/bin/*`], { cwd: root }).map((path) =>
    path.replaceAll('\\', '/'),
  )
  return new Map(paths.filter((path) => !isTest(path)).map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

export const imports: Check = {
  name: 'imports',
  holds: 'imports point one way, by declared entries; no cycles; Node and cryptography only where they belong',
  async run() {
    const packages: SourcePackage[] = publicPackages().map((p) => ({ ...p, files: readSources(p.folder) }))
    const count = packages.reduce((sum, { files }) => sum + files.size, 0)
    return noProblems(findImportProblems(packages), `${count} files`)
  },
}
