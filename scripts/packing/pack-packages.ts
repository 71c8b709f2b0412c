import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runPnpm } from '../process/run-command.ts'
import { publicPackages, root, type WorkspacePackage } from '../workspace.ts'
import { buildPackages } from './build-packages.ts'

export interface Packed {
  readonly folder: string
  readonly name: string
  readonly tarball: string
  readonly files: readonly string[]
}

let packing: Promise<readonly Packed[]> | undefined

/**
 * Builds all packages and packs them as they would be published, once for all checks of a process.
 *
 * @throws Error with the output of the compiler or of pnpm
 */
export function packPackages(): Promise<readonly Packed[]> {
  packing ??= buildAndPack()
  return packing
}

async function buildAndPack(): Promise<readonly Packed[]> {
  const built = await buildPackages()
  if (built.code !== 0) throw new Error(`the packages do not build:\n${built.output}`)
  const destination = join(root, '.cache', 'pack')
  rmSync(destination, { recursive: true, force: true })
  mkdirSync(destination, { recursive: true })
  return Promise.all(publicPackages().map((published) => pack(published, destination)))
}

async function pack({ folder, manifest }: WorkspacePackage, destination: string): Promise<Packed> {
  const tarball = join(destination, `${manifest.name.replace('@', '').replace('/', '-')}.tgz`)
  const { code, stdout, output } = await runPnpm(['pack', '--json', '--out', tarball], {
    cwd: join(root, folder),
  })
  if (code !== 0) throw new Error(`pnpm pack in ${folder}:\n${output}`)
  const files = (
    JSON.parse(stdout.slice(stdout.indexOf('{'))) as { files: { path: string }[] }
  ).files.map(({ path }) => path)
  return { folder, name: manifest.name, tarball, files }
}
