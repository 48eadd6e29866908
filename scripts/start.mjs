// @ts-check
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'

import { buildApp, isBuildFresh } from './runtime/app-build.mjs'
import { describeRuntime, ensureElectron, PROJECT_ROOT } from './runtime/electron-runtime.mjs'
import { electronCommand, startDisplay } from './runtime/launch.mjs'
import { printProgress } from './runtime/progress.mjs'
import { aptLine, ensureSystemPackages } from './runtime/system-packages.mjs'

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/** @param {string[]} args   for the app */
async function start(args) {
  const onProgress = printProgress()
  const packages = await ensureSystemPackages(['electron'], { onProgress })
  if (packages.missing.length > 0) say(`Better with: ${aptLine(packages.missing)}`)
  const runtime = await ensureElectron({ onProgress })
  if (!(await isBuildFresh(PROJECT_ROOT))) await buildApp(PROJECT_ROOT, onProgress)
  say(describeRuntime(runtime))

  const { executablePath } = runtime
  const { needsDisplay, ...command } = electronCommand({ executablePath, appDir: PROJECT_ROOT, args })
  const display = needsDisplay ? await startDisplay() : undefined
  if (display) {
    say(
      `There is no screen here, so the app runs on a virtual one (Xvfb ${display.env.DISPLAY}) and cannot be seen.`,
    )
  }
  try {
    const code = await runInForeground({ ...command, env: { ...command.env, ...display?.env } })
    if (code !== 0 && sandboxIsRestricted()) say(SANDBOX_HINT)
    return code
  } finally {
    await display?.stop()
  }
}

/**
 * @param {{ command: string, args: string[], env: NodeJS.ProcessEnv }} command
 * @returns {Promise<number>} the exit code, 128 + n when it was ended by signal n
 */
function runInForeground({ command, args, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: PROJECT_ROOT, env, stdio: 'inherit' })
    // A listener also keeps this process alive until the app has ended by itself.
    const forward = FORWARDED.map((signal) => ({ signal, listener: () => void child.kill(signal) }))
    for (const { signal, listener } of forward) process.on(signal, listener)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      for (const { signal: name, listener } of forward) process.removeListener(name, listener)
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}

const SANDBOX_HINT =
  'This system does not let programs make their own sandbox (AppArmor). Once, as root: chown root and chmod 4755 the ' +
  'file chrome-sandbox next to the Electron executable (`node scripts/ensure-runtime.mjs --print-path`).'

function sandboxIsRestricted() {
  try {
    const file = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'
    return process.getuid?.() !== 0 && readFileSync(file, 'utf8').trim() === '1'
  } catch {
    return false
  }
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`)
}
