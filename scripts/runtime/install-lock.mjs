// @ts-check
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const STALE_MS = 30 * 60_000
const POLL_MS = 200

/**
 * Runs `work` while no other process runs work under the same lock file. The lock saves double work, correctness does not
 * rest on it: what is made under it is put in place by a rename.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: () => void }} [options]
 * @returns {Promise<T>}
 */
export async function withInstallLock(file, work, { onWait } = {}) {
  await mkdir(path.dirname(file), { recursive: true })
  let waited = false
  while (!(await takeLock(file))) {
    if (!waited) onWait?.()
    waited = true
    if (await isAbandoned(file)) await rm(file, { force: true })
    else await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

/** @param {string} file */
async function takeLock(file) {
  try {
    await writeFile(file, `${process.pid} ${hostname()}`, { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/** @param {string} file */
async function isAbandoned(file) {
  try {
    const [pid, host] = (await readFile(file, 'utf8')).split(' ')
    const ageMs = Date.now() - (await stat(file)).mtimeMs
    if (ageMs > STALE_MS) return true
    // Between open and write of another process the file is empty for a moment.
    if (!pid || !host) return ageMs > 5_000
    return host === hostname() && !isAlive(Number(pid))
  } catch {
    return false
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
