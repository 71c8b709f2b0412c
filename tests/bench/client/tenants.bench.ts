// The cost of one more merchant: thousands of them in one process, each with its own keys, each
// after its first request.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createMock } from '@wechatpay-entrust/mock'
import { createWeChatPay, type WeChatPay } from 'wechatpay-entrust'
import { machine } from '../support/report.ts'

const count = process.argv.includes('--quick') ? 100 : 3000
const mock = createMock()
const { publicKey, platformCertificates, ...merchant } = mock.merchant
const modes = {
  'public key': { publicKey },
  'public key and certificate': { publicKey, platformCertificates },
  'downloaded certificates': { platformCertificates: 'download' },
} as const

/** A merchant after its first request, so its keys are loaded and were used. */
async function createTenant(keys: (typeof modes)[keyof typeof modes]): Promise<WeChatPay> {
  const tenant = createWeChatPay({ ...merchant, ...keys, fetch: mock.fetch })
  await tenant.getCertificates({})
  return tenant
}

/**
 * Measured after garbage collection. OpenSSL's keys are outside of the heap, so resident memory
 * counts too.
 */
async function memory() {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  mock.reset()
  for (let round = 0; round < 5; round++) {
    gc()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return process.memoryUsage()
}

/** In its own process, because one mode would reuse the free memory of another. */
async function measure(mode: keyof typeof modes): Promise<string> {
  const tenants: WeChatPay[] = []
  const add = async (more: number) => {
    for (let index = 0; index < more; index++) {
      tenants.push(await createTenant(modes[mode]))
      if (index % 100 === 0) mock.reset()
    }
  }
  // Code and pools that are loaded once do not count for a merchant.
  await add(count / 4)
  const before = await memory()
  const start = performance.now()
  await add(count)
  const took = performance.now() - start
  const after = await memory()
  const each = (name: 'heapUsed' | 'rss') =>
    `${((after[name] - before[name]) / count / 1024).toFixed(1)} kB`
  for (const tenant of tenants) tenant.close()
  return `| ${mode} | ${each('heapUsed')} | ${each('rss')} | ${(took / count).toFixed(1)} ms |`
}

const mode = process.env.TENANT_MODE as keyof typeof modes | undefined
if (mode !== undefined) {
  process.stdout.write(`${await measure(mode)}\n`)
} else {
  const rows = Object.keys(modes).map((name) => {
    const env = { ...process.env, TENANT_MODE: name }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...process.execArgv, ...process.argv.slice(1)],
      {
        env,
      },
    )
    if (status !== 0) throw new Error(String(stderr))
    return String(stdout)
  })
  const text = [
    '# tenants\n',
    `\`npm run bench -- tenants\` on ${machine()}: ${count} merchants in one process, a process for each line.\n`,
    '| keys | heap a merchant | resident memory a merchant | made, with its first request and the mock’s answer |',
    '| --- | ---: | ---: | ---: |',
    rows.join(''),
  ].join('\n')
  process.stdout.write(text)
  if (process.argv.includes('--write')) {
    const folder = join(import.meta.dirname, '../results')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'tenants.md'), text)
  }
}
