import { type Packed, packPackages } from '../packing/pack-packages.ts'
import { runCommand, tool } from '../process/run-command.ts'
import { readManifest } from '../workspace.ts'
import { type Check, noProblems } from './check.ts'
import { findInstallProblems } from './installed-tarballs.ts'

/**
 * What a tarball may contain: compiled code, the sources that its maps refer to, the mock's web page
 * as it is in the sources, and the usual documents.
 */
const allowed =
  /^(?:dist\/.+\.(?:js|d\.ts)(?:\.map)?|src\/.+\.ts|console\/(?:styles\/)?[\w-]+\.(?:js|css|html|svg)|bin\/.+\.mjs|package\.json|README(?:\.[\w-]+)?\.md|LICENSE|CHANGELOG\.md)$/
const required = ['LICENSE', 'package.json', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts']
/** The package that has documents only. */
const specification = {
  name: '@wechatpay-entrust/spec',
  allowed:
    /^(?:openapi\.yaml|openapi(?:-3\.0)?\.json|examples\/[\w.-]+\.json|package\.json|README(?:\.[\w-]+)?\.md|LICENSE|CHANGELOG\.md)$/,
  required: [
    'LICENSE',
    'package.json',
    'openapi.yaml',
    'openapi.json',
    'openapi-3.0.json',
    'README.md',
    'README.zh-CN.md',
    'examples/qs-mini-program-pre-entrust-sign.request.json',
  ],
}

/** The problems of a tarball's file list. */
export function findFileProblems(name: string, files: readonly string[]): string[] {
  if (name === specification.name)
    return [
      ...files
        .filter((file) => !specification.allowed.test(file))
        .map((file) => `${name}: ${file} should not be packed`),
      ...specification.required
        .filter((file) => !files.includes(file))
        .map((file) => `${name}: ${file} is missing`),
    ]
  const unwanted = files.filter(
    (file) => !allowed.test(file) || /\.test(?:-d)?\.|\/testing\//.test(file),
  )
  const missing = required.filter((file) => !files.includes(file))
  // A source map is useless when its source is not shipped.
  const noSource = files
    .filter(
      (file) =>
        /^dist\/.+\.js$/.test(file) &&
        !files.includes(file.replace(/^dist/, 'src').replace(/\.js$/, '.ts')),
    )
    .map((file) => `${name}: ${file} has no source in the tarball`)
  // Together with the lists above: a tarball contains exactly its sources and their build (T-39).
  const noBuild = files
    .filter((file) => /^src\/.+\.ts$/.test(file) && !/\.d\.ts$|\.test|\/testing\//.test(file))
    .flatMap((file) =>
      ['.js', '.d.ts'].map((end) => file.replace(/^src/, 'dist').replace(/\.ts$/, end)),
    )
    .filter((file) => !files.includes(file) && !required.includes(file))
    .map((file) => `${name}: ${file} is missing, but its source is packed`)
  return [
    ...noBuild,
    ...unwanted.map((f) => `${name}: ${f} should not be packed`),
    ...missing.map((f) => `${name}: ${f} is missing`),
    ...noSource,
  ]
}

const installScripts = ['preinstall', 'install', 'postinstall', 'prepare']

async function findTarballProblems({ folder, name, tarball, files }: Packed): Promise<string[]> {
  const tools = [
    await runCommand(tool('publint'), ['run', tarball, '--strict']),
    // A package of documents has no types that could be wrong.
    ...(name === specification.name
      ? []
      : [await runCommand(tool('attw'), [tarball, '--profile', 'esm-only'])]),
  ]
  const scripts = installScripts.filter((script) => script in (readManifest(folder).scripts ?? {}))
  return [
    ...findFileProblems(name, files),
    ...scripts.map(
      (script) => `${name}: has a script ${script}, which would run on the user's machine`,
    ),
    ...tools.filter(({ code }) => code !== 0).map(({ output }) => `${name}:\n${output.trim()}`),
  ]
}

export const packaging: Check = {
  name: 'packaging',
  holds: 'the tarballs are complete, and work when npm installs them elsewhere',
  async run() {
    const packed = await packPackages()
    const problems = (await Promise.all(packed.map(findTarballProblems))).flat()
    return noProblems(
      [...problems, ...(await findInstallProblems(packed))],
      `${packed.length} tarballs`,
    )
  },
}
