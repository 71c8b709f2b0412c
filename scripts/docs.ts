/**
 * npm run docs: builds the documentation site into .cache/site-dist. `-- --dev` serves it instead
 * and shows each change. Other arguments, such as `--base /sub/` and `--port 5173`, go to VitePress.
 */
import { watch } from 'node:fs'
import { join } from 'node:path'
import { siteOutput, vitepress, writeSite } from './docs/site/build-site.ts'
import { installAside } from './packing/install-aside.ts'
import { runCommand } from './process/run-command.ts'
import { root } from './workspace.ts'

const args = process.argv.slice(2).filter((arg) => arg !== '--dev')
const dev = process.argv.includes('--dev')

const problem = await installAside('docs')
if (problem !== undefined) {
  console.error(problem)
  process.exitCode = 1
} else {
  await writeSite()
  if (dev) {
    let timer: NodeJS.Timeout | undefined
    const rewrite = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void writeSite().catch(console.error), 200)
    }
    for (const path of [
      'README.md',
      'README.zh-CN.md',
      'docs/index.md',
      'docs/guide',
      'docs/decisions',
      'spec/openapi.yaml',
    ])
      watch(join(root, path), rewrite)
  }
  // runCommand ends VitePress when this process exits, so a signal has to become an exit.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(1))
  const { code } = await runCommand(
    process.execPath,
    [vitepress, dev ? 'dev' : 'build', 'docs', ...args],
    {
      show: true,
    },
  )
  if (code === 0) console.log(`The site is in ${siteOutput}.`)
  process.exitCode = code
}
