// How long `import()` takes: of the built facade, of the peers, and of nothing, each in new
// processes.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand, tool } from '../../../scripts/process/run-command.ts'
import { median } from '../support/compare.ts'
import { machine } from '../support/report.ts'

const rounds = process.argv.includes('--quick') ? 3 : 25
const names = [
  'wechatpay-entrust',
  'wechatpay-axios-plugin',
  'wechatpay-node-v3',
  'node:crypto',
] as const
/**
 * 60 ms on a machine where wechatpay-axios-plugin takes 89. Machines differ, so the target is the
 * ratio in the same run.
 */
const atMostOfPlugin = 60 / 89

/** Without the condition for sources, to measure what is published. */
function timeOf(name: string): number {
  const script = `const start = performance.now(); await import('${name}'); process.stdout.write(String(performance.now() - start))`
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    {
      cwd: import.meta.dirname,
      env: { ...process.env, NODE_OPTIONS: '' },
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return Number(stdout)
}

const { code } = await runCommand(tool('tsc'), ['-b'])
if (code !== 0) throw new Error('The packages do not build.')
const times = new Map<string, number[]>(names.map((name) => [name, []]))
for (const name of names) timeOf(name) // warms up the disk cache
for (let round = 0; round < rounds; round++) {
  for (let turn = 0; turn < names.length; turn++) {
    const name = names[(turn + round) % names.length] as string
    times.get(name)?.push(timeOf(name))
  }
}
const rows = names.map((name) => {
  const taken = times.get(name) as number[]
  const shown = [median(taken), Math.min(...taken), Math.max(...taken)].map((ms) => ms.toFixed(1))
  return `| ${name === 'node:crypto' ? 'node:crypto, for comparison' : name} | ${shown.join(' | ')} |`
})
const ratio =
  median(times.get('wechatpay-entrust') as number[]) /
  median(times.get('wechatpay-axios-plugin') as number[])
const text = [
  '# import',
  '',
  `\`npm run bench -- import\` on ${machine()}: milliseconds from \`import()\` to the module, ${rounds} fresh processes each, in turn.`,
  '',
  '| | median | shortest | longest |',
  '| --- | ---: | ---: | ---: |',
  ...rows,
  '',
  `- wechatpay-entrust / wechatpay-axios-plugin: ${ratio.toFixed(2)}, target under 60 / 89 = ${atMostOfPlugin.toFixed(2)}: ${ratio < atMostOfPlugin ? 'reached' : 'MISSED'}`,
  '',
].join('\n')
process.stdout.write(text)
if (process.argv.includes('--write')) {
  mkdirSync(join(import.meta.dirname, '../results'), { recursive: true })
  writeFileSync(join(import.meta.dirname, '../results', 'import.md'), text)
}
if (rounds > 3 && ratio >= atMostOfPlugin) process.exitCode = 1
