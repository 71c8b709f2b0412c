import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages, root } from '../workspace.ts'

/** The fields of the root's package.json that every published package gets. */
export interface RootMetadata {
  readonly author: string
  readonly keywords: readonly string[]
  /** The address of the repository, `git+https://example.com/owner/name.git`. Not set yet. */
  readonly repository?: { readonly type: string; readonly url: string }
  readonly homepage?: string
}

type PackageJson = Readonly<Record<string, unknown>>

/** The fields that `npm run generate` writes, in this order, after `license`. */
const fields = ['author', 'keywords', 'homepage', 'bugs', 'repository'] as const

export const readRootMetadata = (): RootMetadata =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/**
 * The package.json of a package with the root's metadata. While the repository has no address, its
 * links are left out: no link is better than a wrong one.
 */
export function withMetadata(
  manifest: PackageJson,
  folder: string,
  { author, keywords, repository, homepage }: RootMetadata,
): PackageJson {
  const address = repository?.url.replace(/^git\+/, '').replace(/\.git$/, '')
  const metadata: Record<(typeof fields)[number], unknown> = {
    author,
    keywords,
    homepage: address === undefined ? undefined : (homepage ?? `${address}#readme`),
    bugs: address === undefined ? undefined : `${address}/issues`,
    repository: repository && { ...repository, directory: folder },
  }
  const entries = Object.entries(manifest).filter(([name]) => !(name in metadata))
  const at = entries.findIndex(([name]) => name === 'license') + 1
  const added = Object.entries(metadata).filter(([, value]) => value !== undefined)
  return Object.fromEntries([...entries.slice(0, at), ...added, ...entries.slice(at)])
}

/** The package.json files whose metadata differ from the root's, with the text they should have. */
export function findStaleManifests(): { readonly file: string; readonly text: string }[] {
  const metadata = readRootMetadata()
  return publicPackages().flatMap(({ folder }) => {
    const file = `${folder}/package.json`
    const before = readFileSync(join(root, file), 'utf8')
    const after = withMetadata(JSON.parse(before), folder, metadata)
    const text = `${JSON.stringify(after, undefined, 2)}\n`
    return text === before ? [] : [{ file, text }]
  })
}

/** Copies the root's metadata into every published package. Returns the files it changed. */
export function writeMetadata(): string[] {
  return findStaleManifests().map(({ file, text }) => {
    writeFileSync(join(root, file), text)
    return file
  })
}
