import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdirSync, existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const peerDir = dirname(fileURLToPath(import.meta.url))

const lockDir = join(peerDir, '.install-lock')
const markerFile = join(peerDir, 'node_modules', '.installed-lockfile')
const lockStaleMs = 60_000
const heartbeatMs = 5_000

export type InstallResult = { installed: boolean; seconds: number }

/**
 * Brings tests/peers/vendure/node_modules in line with its lockfile, once: `npm ci` when it is missing or was made from
 * another lockfile, nothing otherwise. Several test workers may call it at the same time; one installs, the others wait.
 */
export async function installVendurePeer(
  options: { onProgress?: (line: string) => void; timeoutMs?: number } = {},
): Promise<InstallResult> {
  const say = options.onProgress ?? ((line: string) => void process.stdout.write(`[vendure peer] ${line}\n`))
  const started = Date.now()
  const deadline = started + (options.timeoutMs ?? 600_000)
  if (isInstalled()) return { installed: false, seconds: 0 }

  if (!(await takeLock(say, deadline))) return { installed: false, seconds: secondsSince(started) }
  const heartbeat = setInterval(touchLock, heartbeatMs)
  try {
    if (isInstalled()) return { installed: false, seconds: secondsSince(started) }
    say('installing (npm ci; a minute or two the first time) ...')
    await runNpmCi(say, Math.max(1_000, deadline - Date.now()))
    writeFileSync(markerFile, lockfileHash())
    const seconds = secondsSince(started)
    say(`installed in ${seconds} s`)
    return { installed: true, seconds }
  } finally {
    clearInterval(heartbeat)
    rmSync(lockDir, { recursive: true, force: true })
  }
}

function lockfileHash(): string {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(peerDir, file)))
  return hash.digest('hex')
}

function isInstalled(): boolean {
  return existsSync(markerFile) && readFileSync(markerFile, 'utf8') === lockfileHash()
}

/** True when this process holds the lock; false when another one finished the installation meanwhile. */
async function takeLock(say: (line: string) => void, deadline: number): Promise<boolean> {
  let told = false
  for (;;) {
    try {
      mkdirSync(lockDir)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (isLockStale()) {
      say('taking over a lock left behind')
      rmSync(lockDir, { recursive: true, force: true })
      continue
    }
    if (!told) say('another process is installing, waiting ...')
    told = true
    if (Date.now() > deadline) throw new Error(`Waited too long for another installation; remove ${lockDir}`)
    await sleep(500)
    if (!existsSync(lockDir) && isInstalled()) return false
  }
}

function isLockStale(): boolean {
  try {
    return Date.now() - statSync(lockDir).mtimeMs > lockStaleMs
  } catch {
    return false
  }
}

function touchLock(): void {
  try {
    utimesSync(lockDir, new Date(), new Date())
  } catch {
    // Taken away by someone: the installation goes on, npm ci is safe to repeat.
  }
}

function runNpmCi(say: (line: string) => void, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // npm's own variables (npm_config_*, set when the tests were started by `npm test`) belong to the outer project.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)_/i.test(name)),
    )
    const onWindows = process.platform === 'win32'
    const child = spawn(
      onWindows ? 'npm.cmd' : 'npm',
      ['ci', '--no-audit', '--no-fund', '--ignore-scripts'],
      {
        cwd: peerDir,
        env,
        shell: onWindows,
        timeout: timeoutMs,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const lines: string[] = []
    const take = (chunk: Buffer): void => {
      for (const line of chunk.toString('utf8').split('\n')) {
        if (line.trim() === '' || /EBADENGINE/.test(line)) continue
        lines.push(line)
        if (!line.startsWith('npm warn')) say(line)
      }
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) return resolve()
      reject(
        new Error(`npm ci for the Vendure peer failed (${signal ?? code}):\n${lines.slice(-40).join('\n')}`),
      )
    })
  })
}

function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 100) / 10
}
