// Runs one of the project's tasks on a machine that may have nothing but Node 20, npm and git:
//   node scripts/bootstrap.mjs TASK [arguments…]
// Installs the workspace when it is missing or out of date, picks a Node that can run TypeScript,
// and runs the task's script. Plain JavaScript without dependencies, because it runs before anything
// is installed. See docs/decisions/0001-bootstrap.md.
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { runInChain } from './bootstrap/chain.mjs'
import { taskEnvironment } from './bootstrap/environment.mjs'
import { ensureInstalled } from './bootstrap/install.mjs'
import { chooseNode, pinnedNode } from './bootstrap/node-choice.mjs'
import { findTask } from './bootstrap/tasks.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [name, ...args] = process.argv.slice(2)

try {
  const script = findTask(name)
  await ensureInstalled(root)
  const node = chooseNode(pinnedNode(root), {
    path: process.execPath,
    version: process.versions.node,
  })
  const endWithParent = pathToFileURL(
    join(root, 'scripts', 'bootstrap', 'end-with-parent.mjs'),
  ).href
  await runInChain(
    node.path,
    [
      '--conditions=@wechatpay-entrust/source',
      `--import=${endWithParent}`,
      join(root, 'scripts', script),
      ...args,
    ],
    {
      cwd: root,
      env: taskEnvironment(root, process.env, process.cwd(), node.flags),
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  )
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
}
