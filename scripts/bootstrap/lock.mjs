import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while holding a lock file, which contains the id of this process. Waits while another
 * process holds it; removes a lock whose process has ended.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ pollMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { pollMs = 200 } = {}) {
  mkdirSync(dirname(file), { recursive: true })
  for (let isReported = false; !tryLock(file); isReported = true) {
    if (!isReported) process.stderr.write('Waiting for another set-up of this checkout to end …\n')
    await sleep(pollMs)
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

/** @param {string} file */
function tryLock(file) {
  // Created by a link: a lock file never exists without the id of its process.
  const own = `${file}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, file)
    return true
  } catch {
    if (!isHeld(file)) rmSync(file, { force: true })
    return false
  } finally {
    rmSync(own, { force: true })
  }
}

/** @param {string} file */
function isHeld(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0)
    return true
  } catch (error) {
    // EPERM: the process belongs to another user. ENOENT: the lock was released in the meantime.
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    return code === 'EPERM' || code === 'ENOENT'
  }
}
