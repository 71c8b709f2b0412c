// T-39, and the source rules of T-34 and T-37: rules that no run of the code can check.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publicPackages, readManifest, root } from '../workspace.ts'

interface Dependencies {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/**
 * The third-party packages that are installed with each package that holds keys or talks to WeChat
 * Pay.
 */
const thirdParty: Readonly<Record<string, readonly string[]>> = {
  '@wechatpay-entrust/auth': [],
  '@wechatpay-entrust/core': ['ky'],
  '@wechatpay-entrust/notification': [],
}

const manifests = publicPackages().map(({ folder, manifest }) => ({
  folder,
  name: manifest.name,
  manifest: readManifest(folder) as ReturnType<typeof readManifest> & Dependencies,
}))

test('T-39 packages that hold keys install no third-party package, and core installs only ky', () => {
  const names = manifests.map(({ name }) => name)
  for (const [name, expected] of Object.entries(thirdParty)) {
    const { manifest } =
      manifests.find((one) => one.name === name) ?? expect.fail(`${name} is gone`)
    const all = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })
    expect(
      all.filter((one) => !names.includes(one)),
      name,
    ).toEqual(expected)
    const peers = Object.keys(manifest.peerDependencies ?? {})
    expect(
      peers.filter((one) => !manifest.peerDependenciesMeta?.[one]?.optional),
      `${name}, peers`,
    ).toEqual([])
  }
})

test('T-39 no package runs a script when it is installed', () => {
  for (const { name, manifest } of manifests) {
    const scripts = Object.keys(manifest.scripts ?? {})
    expect(
      scripts.filter((script) => /install|^prepare|^dependencies$/.test(script)),
      name,
    ).toEqual([])
  }
})

test('T-39 the packed files are an allow-list without tests', () => {
  for (const { name, manifest } of manifests) {
    const { files } = manifest as { files?: string[] }
    if (name === '@wechatpay-entrust/spec') {
      expect(files).toEqual([
        'openapi.yaml',
        'openapi.json',
        'openapi-3.0.json',
        'examples/*.json',
        'README.zh-CN.md',
      ])
      continue
    }
    expect(files, name).toEqual(
      expect.arrayContaining(['dist', 'src', '!src/**/*.test.ts', '!src/**/testing']),
    )
  }
})

test('T-39 the lockfile is frozen, new versions wait three days, build scripts are denied', () => {
  const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  expect(workspace).toMatch(/^minimumReleaseAge: (4320|[5-9]\d{3}|\d{5,})\b/m)
  const allowed = [...workspace.matchAll(/^ {2}['"]?([@\w/-]+)['"]?: true\b/gm)].map(
    ([, name]) => name,
  )
  expect(allowed).toEqual(['node'])
  expect(readFileSync(join(root, 'scripts/bootstrap/install.mjs'), 'utf8')).toContain(
    '--frozen-lockfile',
  )
})

const sources = globSync('packages/{auth,core,notification,sdk}/src/**/*.ts', { cwd: root })
  .filter((file) => !/\.test(-d)?\.ts$|\/testing\//.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

test('T-37 where nonces are made, Math.random is used only to spread download times', () => {
  const found = sources.filter(
    ({ file, text }) => file.startsWith('packages/auth/') && text.includes('Math.random'),
  )
  expect(found.map(({ file }) => file)).toEqual(['packages/auth/src/keys/downloaded-keys.ts'])
})

test('T-34 no secret is compared in JavaScript, except to check whether it is set', () => {
  const compared =
    /\b(?:apiV3Key|privateKey|secret|password|plaintext)\w*\s*(?:[!=]==|[!=]=(?!=))(?!\s*(?:undefined|null|['"`]))/
  for (const { file, text } of sources) {
    const lines = text.split('\n').filter((line) => compared.test(line))
    expect(lines, file).toEqual([])
  }
  expect(compared.test('if (apiV3Key === given) x')).toBe(true)
})
