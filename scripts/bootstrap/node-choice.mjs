import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** @typedef {{ path: string, version: string }} Node */

/**
 * The Node from the optional dependency `node`, or undefined when it is missing or does not run on
 * this machine.
 * @param {string} root
 * @returns {Node | undefined}
 */
export function pinnedNode(root) {
  const path = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  const { status, stdout } = spawnSync(path, ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return status === 0 ? { path, version: stdout.trim().replace(/^v/, '') } : undefined
}

/**
 * The Node that runs a task: the pinned one, or the current one if it can strip types. Child
 * processes need the flags too, so they go into NODE_OPTIONS.
 * @param {Node | undefined} pinned
 * @param {Node} current
 * @returns {{ path: string, flags: string[] }}
 */
export function chooseNode(pinned, current) {
  if (pinned !== undefined) return { path: pinned.path, flags: [] }
  const [major = 0, minor = 0] = current.version.split('.').map(Number)
  const hideWarning = '--disable-warning=ExperimentalWarning'
  // Node strips types without a flag since 22.18 and 23.6, and with a flag since 22.6; the packages
  // require 22.12.
  if (major >= 24 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18))
    return { path: current.path, flags: [hideWarning] }
  if (major === 23 || (major === 22 && minor >= 12))
    return { path: current.path, flags: ['--experimental-strip-types', hideWarning] }
  throw new Error(
    `Node ${current.version} is too old, and the pinned Node could not be installed for ${process.platform}-${process.arch}: ` +
      'install Node 22.18 or newer, or delete node_modules and try again with a connection to the npm registry.',
  )
}
