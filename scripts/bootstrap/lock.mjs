import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const oldestMs = 15 * 60_000 // no install takes longer; the process id may be someone else's by then

/**
 * Runs `work` while no other process does so under the same lock folder. A lock whose holder is
 * gone is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @param {{ pollMs?: number }} [options]
 * @returns {Promise<T>}
 */
export async function withLock(folder, work, { pollMs = 200 } = {}) {
  mkdirSync(dirname(folder), { recursive: true })
  for (let told = false; !tryLock(folder); told = true) {
    if (!told) process.stderr.write('Waiting for another set-up of this checkout to end …\n')
    await sleep(pollMs)
  }
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

/** @param {string} folder */
function tryLock(folder) {
  try {
    mkdirSync(folder)
    writeFileSync(join(folder, 'pid'), String(process.pid))
    return true
  } catch {
    const holder = readHolder(folder)
    if (isStale(folder, holder)) takeAway(folder, holder)
    return false
  }
}

/**
 * @param {string} folder
 * @returns {number | undefined} undefined before the holder has written its id
 */
function readHolder(folder) {
  try {
    return Number(readFileSync(join(folder, 'pid'), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} folder
 * @param {number | undefined} holder
 */
function isStale(folder, holder) {
  try {
    const age = Date.now() - statSync(folder).mtimeMs
    return (
      age > (holder === undefined ? 5_000 : oldestMs) || (holder !== undefined && !isAlive(holder))
    )
  } catch {
    return false // released in between
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH'
  }
}

/**
 * Renames before removing, so that of two who saw the same dead holder one acts; put back if a live
 * one took its place meanwhile.
 * @param {string} folder
 * @param {number | undefined} holder
 */
function takeAway(folder, holder) {
  const aside = `${folder}.${process.pid}`
  try {
    renameSync(folder, aside)
    if (readHolder(aside) !== holder) return renameSync(aside, folder)
  } catch {
    return // another one was quicker
  }
  rmSync(aside, { recursive: true, force: true })
}
