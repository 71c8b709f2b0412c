// The processes npm → bootstrap → task start and end together: signals are passed down, the exit
// code is passed up, and when a process is killed, the ones below it end too.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const graceMs = 1_500

/**
 * Runs a command and passes SIGTERM, SIGINT and SIGHUP on to it. Kills it when it has not ended
 * 1.5 s after the first signal. For a detached command, everything that it started gets the signal
 * too.
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
        // it has already ended
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
 * Runs a command and ends this process the same way: with its exit code, or by its signal.
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
 * Calls back once the parent npm process is gone. npm passes SIGTERM and SIGINT on, but cannot when
 * it is killed. Only under npm: a task started in the background by hand may outlive its shell.
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
