import { delimiter, join, sep } from 'node:path'

/** @typedef {Record<string, string | undefined>} Environment */

// The npm settings that describe how to reach the registry. The caller's other settings (omit,
// ignore-scripts, prefix …) would change what is installed.
const registrySettings = new Set(
  [
    'registry',
    'proxy',
    'http_proxy',
    'https_proxy',
    'noproxy',
    'ca',
    'cafile',
    'strict_ssl',
    'cache',
    'userconfig',
    'globalconfig',
  ].map((name) => `npm_config_${name}`),
)

/**
 * The environment for an install: the caller's, without what `npm run` and the caller's npm settings
 * added to it.
 * @param {string} root
 * @param {Environment} env
 * @returns {Environment}
 */
export function installEnvironment(root, env) {
  const kept = Object.entries(env).filter(([name]) => {
    const lower = name.toLowerCase()
    if (lower === 'node_env') return false // `production` would leave out the development tools
    return !/^(npm|pnpm)_/.test(lower) || registrySettings.has(lower) || lower === 'pnpm_home'
  })
  // With the workspace's own .bin first, npx would run on the Node that is being replaced.
  const path = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules') + sep))
  // With CI set, pnpm asks no questions.
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), CI: 'true' }
}

/**
 * The environment of a task: the workspace's tools come first on PATH, NODE_OPTIONS holds only our
 * own options, and INIT_CWD is the folder that the caller's relative paths start from.
 * @param {string} root
 * @param {Environment} env
 * @param {string} cwd
 * @param {string[]} [options] for Node
 * @returns {Environment}
 */
export function taskEnvironment(root, env, cwd, options = []) {
  const { NODE_OPTIONS: _, ...rest } = env
  const nodeOptions = options.length > 0 ? { NODE_OPTIONS: options.join(' ') } : {}
  const path = [join(root, 'node_modules', '.bin'), ...(env.PATH ? [env.PATH] : [])].join(delimiter)
  return { ...rest, ...nodeOptions, PATH: path, INIT_CWD: env.INIT_CWD ?? cwd }
}
