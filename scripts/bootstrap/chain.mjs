// One chain of processes, npm → (sh) → bootstrap → task, that ends as one: signals go down, the
// exit code comes up, and when a link above is killed the ones below end too.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const graceMs = 1_500

/**
 * Runs a command, hands on SIGTERM, SIGINT and SIGHUP, and kills it when it has not ended 1.5 s
 * after the first of them. A detached command is signalled with everything that it started.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function runChild(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options)
    /** @param {NodeJS.Signals} signal */
    const kill = (signal) => {
      try {
        if (options.detached && child.pid !== undefined) process.kill(-child.pid, signal)
        else child.kill(signal)
      } catch {
        // it has ended already
      }
    }
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      kill(signal)
      setTimeout(() => kill('SIGKILL'), graceMs).unref()
    }
    const signals = /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP'])
    for (const signal of signals) process.on(signal, end)
    const stopWatching = onParentGone(() => end('SIGTERM'))
    const finish = () => {
      for (const signal of signals) process.removeListener(signal, end)
      stopWatching()
    }
    child.once('error', (error) => {
      finish()
      const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
      reject(missing ? new Error(`${command} was not found; it comes with Node and npm.`) : error)
    })
    child.once('exit', (code, signal) => {
      finish()
      resolve({ code, signal })
    })
  })
}

/**
 * Runs a command as the rest of this process: ends with its code, or by its signal.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export async function runInChain(command, args, options) {
  const { code, signal } = await runChild(command, args, options)
  if (signal === null) process.exitCode = code ?? 1
  else if (process.platform === 'win32') process.exitCode = 128 + (constants.signals[signal] ?? 0)
  else process.kill(process.pid, signal)
}

/**
 * Calls back once the npm above is gone. npm hands on SIGTERM and SIGINT by itself, but cannot when
 * it is killed. Only under npm: a task put into the background by hand may outlive the shell that
 * started it.
 * @param {() => void} callback
 * @returns {() => void} stops watching
 */
function onParentGone(callback) {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  // The scripts of package.json use `exec`, so the parent is npm itself and no shell.
  const npm = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    callback()
  }, 200)
  return () => clearInterval(timer)
}
