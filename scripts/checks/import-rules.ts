// Who may import whom. The table is the design; change it there (CONTRIBUTING.md, decisions/) before here.
import { dirname, join, normalize } from 'node:path/posix'
import type { Manifest } from '../workspace.ts'
import { type Import, readImports, usesWord } from './read-imports.ts'

/** What a package may import, by specifier; `X (types)` stands for `import type … from 'X'`. */
const table: Readonly<Record<string, readonly string[]>> = {
  // Optional peers, each in an entry of its own: ./p12 and ./sm.
  '@wechatpay-entrust/auth': ['node-forge', 'sm-crypto-v2'],
  '@wechatpay-entrust/core': ['ky'],
  '@wechatpay-entrust/notification': [
    '@wechatpay-entrust/auth',
    '@wechatpay-entrust/auth/platform',
    '@wechatpay-entrust/auth/crypto',
    '@wechatpay-entrust/core (types)',
    '@wechatpay-entrust/core/json',
    '@wechatpay-entrust/core/spec',
    // An optional peer, in ./nest. The other frameworks and the inbox's drivers are known by their shape alone.
    '@nestjs/common',
  ],
  'wechatpay-entrust': ['@wechatpay-entrust/core', '@wechatpay-entrust/auth', '@wechatpay-entrust/notification'],
  // The command line, which no entry but ./cli reaches: beside those, a parser, and what the user installs if he wants it.
  'wechatpay-entrust/cli': [
    '@wechatpay-entrust/core',
    '@wechatpay-entrust/core/json',
    '@wechatpay-entrust/core/spec',
    '@wechatpay-entrust/auth',
    '@wechatpay-entrust/auth/crypto',
    '@wechatpay-entrust/notification',
    '@wechatpay-entrust/notification/node',
    '@wechatpay-entrust/notification/inbox',
    '@wechatpay-entrust/notification/inbox/sqlite',
    '@wechatpay-entrust/notification/inbox/postgres',
    '@wechatpay-entrust/notification/inbox/redis',
    '@stricli/core',
    '@wechatpay-entrust/mock/node',
    'pg',
    'postgres',
    'ioredis',
    'redis',
  ],
  '@wechatpay-entrust/mock': [
    '@wechatpay-entrust/auth',
    '@wechatpay-entrust/auth/platform',
    '@wechatpay-entrust/auth/crypto',
    '@wechatpay-entrust/core',
    '@wechatpay-entrust/core/json',
    '@wechatpay-entrust/core/spec',
    '@wechatpay-entrust/notification',
    '@wechatpay-entrust/notification/platform',
    'wechatpay-entrust',
    'msw',
    'msw/browser',
    'vitest',
    '@playwright/test',
  ],
}

/** The only place that calls cryptography. */
const cryptoFolder = 'packages/auth/src/crypto/'
/** Chosen by a condition of the `imports` map, so no entry reaches it by a relative import. */
const nodeCrypto = 'packages/auth/src/crypto/node.ts'
const sourceCondition = '@wechatpay-entrust/source'

export interface SourcePackage {
  /** Relative to the root, with forward slashes. */
  readonly folder: string
  readonly manifest: Manifest
  /** Text by path relative to the root; no tests. */
  readonly files: ReadonlyMap<string, string>
}

/** What breaks the rules, one sentence each. */
export function findImportProblems(packages: readonly SourcePackage[]): string[] {
  const manifests = new Map(packages.map(({ manifest }) => [manifest.name, manifest]))
  return packages.flatMap((source) => {
    const imports = new Map([...source.files].map(([path, text]) => [path, readImports(text)]))
    const forNode = nodeOnlyFiles(source, imports)
    return [
      ...[...imports].flatMap(([path, found]) =>
        found.flatMap((one) => {
          const problem = judge(one, path, source, manifests, forNode)
          return problem === undefined ? [] : [`${path}:${one.line}: '${one.specifier}' ${problem}`]
        }),
      ),
      ...[...source.files]
        .filter(([path, text]) => !path.startsWith(cryptoFolder) && usesWord(text, 'subtle'))
        .map(([path]) => `${path}: cryptography is called in ${cryptoFolder} only`),
      ...findCycles(imports).map((cycle) => `import cycle: ${cycle.join(' → ')}`),
    ]
  })
}

function judge(
  { specifier, typeOnly }: Import,
  path: string,
  source: SourcePackage,
  manifests: ReadonlyMap<string, Manifest>,
  forNode: ReadonlySet<string>,
): string | undefined {
  const { folder, files, manifest } = source
  if (specifier.startsWith('.')) {
    const target = resolveRelative(path, specifier)
    if (!target.startsWith(`${folder}/`)) return 'leaves its package; import the other package by its name'
    return files.has(target) ? undefined : 'is no source of this package (or it is a test)'
  }
  if (specifier.startsWith('#')) return specifier in (manifest.imports ?? {}) ? undefined : 'is not in the imports map'
  if (specifier.startsWith('node:')) {
    if (/^node:crypto\b/.test(specifier)) return path === nodeCrypto ? undefined : `belongs in ${nodeCrypto} only`
    return forNode.has(path) || path === nodeCrypto
      ? undefined
      : 'is Node only, and this file is reached from a portable entry'
  }
  if (path.startsWith(`${folder}/bin/`) && specifier.startsWith(manifest.name)) return undefined // a command runs what is built
  const allowed = table[path.startsWith(`${folder}/src/cli/`) ? `${manifest.name}/cli` : manifest.name] ?? []
  if (!allowed.includes(specifier) && !(typeOnly && allowed.includes(`${specifier} (types)`))) {
    const asType = allowed.includes(`${specifier} (types)`) ? ' other than by `import type`' : ''
    return `may not be imported by ${manifest.name}${asType}`
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  if (!(name in { ...manifest.dependencies, ...manifest.peerDependencies }))
    return `is not among the dependencies of ${manifest.name}`
  const exported = manifests.get(name)?.exports
  return exported === undefined || `.${specifier.slice(name.length)}` in exported
    ? undefined
    : 'is not a declared entry of its package'
}

const resolveRelative = (from: string, specifier: string) => normalize(join(dirname(from), specifier))

/** Entries that need Node: a socket, node:sqlite, or a process. */
const nodeEntries: readonly string[] = ['./node', './playwright', './inbox/sqlite', './cli']

/** Files that only such an entry or a command in bin/ reaches. */
function nodeOnlyFiles(
  { folder, manifest, files }: SourcePackage,
  imports: ReadonlyMap<string, readonly Import[]>,
): Set<string> {
  const entries = Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) => {
    const source = typeof target === 'string' ? undefined : target[sourceCondition]
    return source === undefined ? [] : [{ entry, path: join(folder, source) }]
  })
  const portable = reach(
    entries.filter(({ entry }) => !nodeEntries.includes(entry)).map(({ path }) => path),
    imports,
  )
  const forNode = entries.filter(({ entry }) => nodeEntries.includes(entry)).map(({ path }) => path)
  const commands = [...files.keys()].filter((path) => path.startsWith(`${folder}/bin/`))
  return new Set([...reach([...forNode, ...commands], imports)].filter((path) => !portable.has(path)))
}

function reach(starts: readonly string[], imports: ReadonlyMap<string, readonly Import[]>): Set<string> {
  const reached = new Set(starts)
  for (const path of reached) for (const next of neighbours(path, imports)) reached.add(next)
  return reached
}

const neighbours = (
  path: string,
  imports: ReadonlyMap<string, readonly Import[]>,
  counts = (_: Import) => true,
): string[] =>
  (imports.get(path) ?? [])
    .filter((one) => one.specifier.startsWith('.') && counts(one))
    .map(({ specifier }) => resolveRelative(path, specifier))

/** Each cycle of what is loaded, once, as the way from a file back to itself; a type loads nothing and may point back. */
function findCycles(imports: ReadonlyMap<string, readonly Import[]>): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const walk = (path: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(path)
    if (seenAt >= 0) cycles.push([...way.slice(seenAt), path])
    if (seenAt >= 0 || done.has(path)) return
    for (const next of neighbours(path, imports, ({ typeOnly }) => !typeOnly)) walk(next, [...way, path])
    done.add(path)
  }
  for (const path of imports.keys()) walk(path, [])
  return cycles
}
