// Tests what a merchant gets: the tarballs, installed by npm in a folder outside of this workspace.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installEnvironment } from '../bootstrap/environment.mjs'
import type { Packed } from '../packing/pack-packages.ts'
import { runCommand } from '../process/run-command.ts'
import { readManifest, root } from '../workspace.ts'

/**
 * Functions of the platform: only WeChat Pay, or the mock in its place, signs messages or verifies
 * requests.
 */
const platformNames = [
  'signMessage',
  'verifyRequest',
  'parseAuthorization',
  'sealResource',
  'buildNotification',
]

/** A script that runs in the install folder and prints one problem per line. */
const visitScript = (entries: readonly string[], optionalPeers: readonly string[]) => `
import * as nodeModule from 'node:module'
const loaded = []
// Node 22.15 and newer have it, so the pinned Node does.
nodeModule.registerHooks?.({ load(url, context, next) { loaded.push(url); return next(url, context) } })
const require = nodeModule.createRequire(import.meta.url)
const platformNames = ${JSON.stringify(platformNames)}
const loads = async (entry, foreign) => {
  loaded.length = 0
  const imported = await import(entry)
  for (const url of loaded) if (foreign.test(url)) console.log(entry + ' loads ' + url.replace(/.*node_modules/, ''))
  return imported
}
// The order matters, because each file is loaded only once.
await loads('@wechatpay-entrust/core', /entrust\\/auth\\//)
await loads('@wechatpay-entrust/notification', /\\/ky\\/|entrust\\/core\\/dist\\/call\\//)
const merchant = await loads('wechatpay-entrust', /entrust\\/(mock|cli|inbox)\\/|\\/platform\\.js|\\/msw\\/|@stricli\\//)
const seen = new Set()
for (const entry of ${JSON.stringify(entries)}) {
  const imported = await import(entry).catch((error) => {
    // A user of such an entry has installed the library; it is not installed here.
    const missing = /^Cannot find package '([^']+)'/.exec(error.message)?.[1]
    if (!${JSON.stringify(optionalPeers)}.includes(missing)) throw error
  })
  if (imported === undefined) continue
  const required = require(entry)
  if (Object.keys(imported).length === 0) console.log(entry + ' exports nothing')
  if (Object.keys(required).filter((name) => name !== '__esModule').join() !== Object.keys(imported).filter((name) => name !== '__esModule').join()) console.log(entry + ': require() and import differ')
  for (const name of platformNames.filter((name) => name in imported)) {
    if (entry.endsWith('/platform')) seen.add(name)
    else console.log(entry + " exports the platform's " + name)
  }
}
for (const name of platformNames) if (!seen.has(name)) console.log('no ./platform entry exports ' + name + '; update platformNames in this check')
if (typeof merchant.createWeChatPay !== 'function') console.log('wechatpay-entrust has no createWeChatPay')
`

/**
 * Every entry that Node can import, as a user writes it. Left out are documents, and `./browser`,
 * which needs the browser version of msw.
 */
const entriesOf = ({ folder, name }: Packed): string[] =>
  Object.keys(readManifest(folder).exports ?? {})
    .filter((entry) => !/^\.\/(?:browser$|.+\.(?:json|yaml)$)/.test(entry))
    .map((entry) => `${name}${entry.slice(1)}`)

const optionalPeersOf = ({ folder }: Packed): string[] =>
  Object.keys(readManifest(folder).peerDependenciesMeta ?? {})

/**
 * Installs the tarballs outside of the workspace, imports and requires every entry, and returns the
 * problems.
 */
export async function findInstallProblems(packed: readonly Packed[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-entrust-install-'))
  try {
    const dependencies = Object.fromEntries(
      packed.map(({ name, tarball }) => [name, `file:${tarball}`]),
    )
    // Without overrides npm would look for our own packages in the registry, where they may be
    // missing or belong to someone else.
    const overrides = Object.fromEntries(packed.map(({ name }) => [name, `$${name}`]))
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies, overrides }),
    )
    const options = [
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--no-package-lock',
      '--prefer-offline',
      '--loglevel=error',
    ]
    const install = await runCommand('npm', ['install', ...options], {
      cwd: folder,
      env: installEnvironment(root, process.env),
    })
    if (install.code !== 0) return [`npm install of the tarballs:\n${install.output}`]
    writeFileSync(
      join(folder, 'visit.mjs'),
      visitScript(packed.flatMap(entriesOf), packed.flatMap(optionalPeersOf)),
    )
    const { code, output } = await runCommand(process.execPath, ['visit.mjs'], { cwd: folder })
    return code === 0 && output === '' ? [] : [`in an install of the tarballs:\n${output}`]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
