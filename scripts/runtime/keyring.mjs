// @ts-check
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * @typedef {object} Keyring
 * @property {{ DBUS_SESSION_BUS_ADDRESS: string }} env   for the app that shall use it
 * @property {string[]} args                              for that app: which store to use
 * @property {() => Promise<void>} stop
 */

const UNLOCK =
  'printf test | gnome-keyring-daemon --unlock --components=secrets >&2 && echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat'

/**
 * Starts a session bus with an unlocked, empty keyring of its own, so that `safeStorage` can be tested on a machine
 * without a desktop (package group `keyring`). The keyring of the user is not touched. It ends with this process: its
 * shell waits on our end of a pipe.
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<Keyring>}
 */
export async function startKeyring({ timeoutMs = 15_000 } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-keyring-'))
  const child = spawn('dbus-run-session', ['--', 'bash', '-c', UNLOCK], {
    env: { ...process.env, XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder, XDG_RUNTIME_DIR: folder },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  const stop = async () => {
    child.stdin.end()
    await ended
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const address = await busAddress(child, timeoutMs)
    return { env: { DBUS_SESSION_BUS_ADDRESS: address }, args: ['--password-store=gnome-libsecret'], stop }
  } catch (error) {
    child.kill()
    await stop()
    throw error
  }
}

/**
 * @param {import('node:child_process').ChildProcessWithoutNullStreams} child
 * @param {number} timeoutMs
 * @returns {Promise<string>}
 */
function busAddress(child, timeoutMs) {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    const fail = (/** @type {string} */ reason) => {
      clearTimeout(timer)
      reject(
        new Error(
          `The keyring cannot be started (${reason}). Debian: apt-get install gnome-keyring dbus\n${stderr}`,
        ),
      )
    }
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs / 1000} s`), timeoutMs)
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`code ${code}`))
    child.stderr.on('data', (chunk) => (stderr = `${stderr}${chunk}`.slice(-2_000)))
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      if (!stdout.includes('\n')) return
      clearTimeout(timer)
      resolve(stdout.trim())
    })
  })
}
