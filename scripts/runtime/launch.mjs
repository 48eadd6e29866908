// @ts-check
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * @typedef {object} ElectronCommand
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} needsDisplay   start a display first (`startDisplay`) and put its env over this one
 */

/**
 * The command line that starts the app in development and in tests. A packaged app is started by its own executable and
 * never gets these switches.
 * @param {object} options
 * @param {string} options.executablePath
 * @param {string} options.appDir
 * @param {readonly string[]} [options.args]       for the app
 * @param {boolean} [options.headless]             true: always on a virtual display; otherwise only where there is none
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {NodeJS.Platform} [options.platform]
 * @param {boolean} [options.root]
 * @returns {ElectronCommand}
 */
export function electronCommand({
  executablePath,
  appDir,
  args = [],
  headless = false,
  env = process.env,
  platform = process.platform,
  root = process.getuid?.() === 0,
}) {
  // Set in the terminals of some editors; Electron would start as plain Node.
  const { ELECTRON_RUN_AS_NODE: _dropped, ...clean } = env
  // Chromium refuses to sandbox for root.
  const sandbox = platform === 'linux' && root && !args.includes('--no-sandbox') ? ['--no-sandbox'] : []
  const needsDisplay = platform === 'linux' && (headless || !hasDisplay(env))
  return { command: executablePath, args: [...sandbox, appDir, ...args], env: clean, needsDisplay }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {boolean}
 */
export function hasDisplay(env) {
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * @typedef {object} Display
 * @property {{ DISPLAY: string, WAYLAND_DISPLAY: undefined }} env   to be spread over the environment of what shall use it
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a virtual display (Xvfb). It picks a free number itself and ends with this process. Better than `xvfb-run`,
 * which keeps signals from the app and leaves it alone when it is ended itself.
 * @param {{ width?: number, height?: number, timeoutMs?: number }} [options]
 * @returns {Promise<Display>}
 */
export async function startDisplay({ width = 1920, height = 1200, timeoutMs = 15_000 } = {}) {
  const server = [
    'Xvfb',
    '-displayfd',
    '3',
    '-screen',
    '0',
    `${width}x${height}x24`,
    '-nolisten',
    'tcp',
    '-noreset',
  ]
  // Without it the display would stay behind when this process is killed.
  const guard = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM'] : []
  const [command = '', ...args] = [...guard, ...server]
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const kill = () => void child.kill('SIGTERM')
  const stop = async () => {
    process.removeListener('exit', kill)
    child.ref()
    kill()
    await ended
  }
  process.once('exit', kill)
  try {
    const number = await displayNumber(child, timeoutMs)
    // It must not keep the process alive on its own.
    child.unref()
    for (const stream of child.stdio) if (stream && 'unref' in stream) /** @type {any} */ (stream).unref()
    return { env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: undefined }, stop }
  } catch (error) {
    if (child.pid !== undefined) await stop()
    throw error
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} timeoutMs
 * @returns {Promise<string>}
 */
function displayNumber(child, timeoutMs) {
  return new Promise((resolve, reject) => {
    let number = ''
    let stderr = ''
    const hint = 'Debian: apt-get install xvfb'
    const timer = setTimeout(
      () => reject(new Error(`Xvfb did not start within ${timeoutMs / 1000} s\n${stderr}`)),
      timeoutMs,
    )
    child.once('error', (error) => reject(new Error(`Xvfb cannot be started (${error.message}). ${hint}`)))
    child.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}. ${hint}\n${stderr.trim()}`)))
    child.stderr?.on('data', (chunk) => (stderr = `${stderr}${chunk}`.slice(-4_000)))
    child.stdio[3]?.on('data', (/** @type {Buffer} */ chunk) => {
      number += chunk.toString()
      if (!number.includes('\n')) return
      clearTimeout(timer)
      resolve(number.trim())
    })
    child.once('close', () => clearTimeout(timer))
  })
}
