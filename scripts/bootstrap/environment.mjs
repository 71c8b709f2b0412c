import { delimiter, join, sep } from 'node:path'

/** @typedef {Record<string, string | undefined>} Environment */

// How a machine reaches the registry. All other npm settings of the caller (omit, ignore-scripts,
// prefix …) would change what is installed.
const keptSettings = new Set(
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
 * The environment to install in: the caller's, less what `npm run` and the caller's npm settings
 * add to it.
 * @param {string} root
 * @param {Environment} env
 * @returns {Environment}
 */
export function installEnvironment(root, env) {
  const kept = Object.entries(env).filter(([name]) => {
    const lower = name.toLowerCase()
    if (lower === 'node_env') return false // production would leave out the tools
    return !/^(npm|pnpm)_/.test(lower) || keptSettings.has(lower) || lower === 'pnpm_home'
  })
  // With the workspace's own .bin first, npx would run on the Node that is being replaced.
  const path = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules') + sep))
  // CI: pnpm asks nothing.
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), CI: 'true' }
}

/**
 * The environment of a task: the workspace's tools first on PATH, no options for Node but ours,
 * INIT_CWD for paths that the caller gave.
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
