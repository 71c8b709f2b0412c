// The size of a merchant's bundle: a program that creates the client and calls one operation,
// minified and compressed by gzip.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { machine } from '../support/report.ts'

/** Of these about 9 kB are remedies in English and Chinese: docs/decisions/0020-only-verified-decides.md.
 * What downloads, uploads and payment pages need is loaded on use; their names and checks take 0.6 kB. */
const ownAtMost = 38_000
const program = join(import.meta.dirname, 'merchant.virtual.js')
const ours = `
import { createWeChatPay } from 'wechatpay-entrust'
const wechatpay = createWeChatPay(globalThis.options)
export const preSign = (json) => wechatpay.qsMiniProgramPreEntrustSign({ json })
`
const receiving = `${ours}
export const receive = (request) => wechatpay.receiveNotification(request)
export { responseFor } from 'wechatpay-entrust'
`
const plugin = `
import { Wechatpay } from 'wechatpay-axios-plugin'
const wechatpay = new Wechatpay(globalThis.options)
export const preSign = (json) => wechatpay.v3.passwordExemptContract.contracts.qs.preEntrustSign.miniProgram.post(json)
`

interface Size {
  readonly minified: number
  readonly gzip: number
  /** Characters before minification, by package. */
  readonly shares: Readonly<Record<string, number>>
}

/** What each call needs, loaded at the first one. */
const neededByCalls: readonly string[] = ['./ky.ts', '../errors/failure.ts']

/**
 * `own`: without dynamic imports, like the first chunk of a bundler that splits code. `initial`:
 * the same with ky and the errors, which each call needs. `total`: everything in one file.
 */
async function sizeOf(
  code: string,
  part: 'own' | 'initial' | 'total',
  platform: 'node' | 'browser',
): Promise<Size> {
  const bundle = await rolldown({
    input: program,
    cwd: import.meta.dirname,
    platform,
    resolve: {
      conditionNames: [
        '@wechatpay-entrust/source',
        ...(platform === 'node' ? ['node'] : []),
        'import',
        'default',
      ],
    },
    external: /^node:/,
    logLevel: 'silent',
    plugins: [
      {
        name: 'merchant',
        resolveId: (id) => (id === program ? program : undefined),
        load: (id) => (id === program ? code : undefined),
        resolveDynamicImport: (source) =>
          part === 'own' || (part === 'initial' && !neededByCalls.includes(source))
            ? { id: `later:${source}`, external: true }
            : undefined,
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  const [chunk] = output
  const shares: Record<string, number> = {}
  for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
    const name =
      /\/packages\/(\w+)\//.exec(id)?.[1] ??
      /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ??
      'program'
    shares[name] = (shares[name] ?? 0) + renderedLength
  }
  return {
    minified: Buffer.byteLength(chunk.code),
    gzip: gzipSync(chunk.code, { level: 9 }).length,
    shares,
  }
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
const own = await sizeOf(ours, 'own', 'node')
const initial = await sizeOf(ours, 'initial', 'node')
const all = Object.values(initial.shares).reduce((sum, share) => sum + share, 0)
const shares = Object.entries(initial.shares).sort(([, a], [, b]) => b - a)
const rows: readonly (readonly [string, Size])[] = [
  ['calls: core, auth and facade; what is loaded at once', own],
  ['calls: the same, with ky and the texts of errors', initial],
  ['calls: with all that may be loaded later', await sizeOf(ours, 'total', 'node')],
  ['calls, on WebCrypto: the same', await sizeOf(ours, 'initial', 'browser')],
  [
    'calls and notifications: with all that may be loaded later',
    await sizeOf(receiving, 'total', 'node'),
  ],
  ['calls: wechatpay-axios-plugin and what it needs', await sizeOf(plugin, 'total', 'node')],
]
const text = [
  '# bundle',
  '',
  `\`npm run bench -- bundle\` on ${machine()}, by rolldown, for Node unless said otherwise.`,
  '',
  '| | minified | gzip |',
  '| --- | ---: | ---: |',
  ...rows.map(([name, { minified, gzip }]) => `| ${name} | ${kB(minified)} | ${kB(gzip)} |`),
  '',
  'Loaded at the first use: ky and the texts of errors, the receiver of notifications, downloads and uploads of files, the signature of a payment page, the download of platform certificates, the check of a given `spec`, and the explanation of a SIGN_ERROR.',
  '',
  `Of all that a call needs, before minification: ${shares.map(([name, share]) => `${name} ${Math.round((share / all) * 100)} %`).join(', ')}.`,
  '',
  `- core, auth and facade: ${kB(own.gzip)}, target under ${kB(ownAtMost)}: ${own.gzip < ownAtMost ? 'reached' : 'MISSED'}`,
  '',
].join('\n')
process.stdout.write(text)
if (process.argv.includes('--write')) {
  mkdirSync(join(import.meta.dirname, '../results'), { recursive: true })
  writeFileSync(join(import.meta.dirname, '../results', 'bundle.md'), text)
}
if (own.gzip >= ownAtMost) process.exitCode = 1
