import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { mkdirSync, existsSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const lockStaleMs = 60_000
const heartbeatMs = 5_000

export type InstallResult = { installed: boolean; seconds: number }

export interface PeerFolder {
  dir: string
  /** For progress on the terminal. */
  name: string
}

/**
 * Brings a peer's node_modules in line with its lockfile, once: `npm ci` when it is missing or was made from another lockfile, nothing
 * otherwise. Several test workers may call it at the same time; one installs, the others wait.
 */
export async function installPeer(
  { dir, name }: PeerFolder,
  options: { onProgress?: (line: string) => void; timeoutMs?: number } = {},
): Promise<InstallResult> {
  const place = placeOf(dir)
  const say = options.onProgress ?? ((line: string) => void process.stdout.write(`[${name}] ${line}\n`))
  const started = Date.now()
  const deadline = started + (options.timeoutMs ?? 600_000)
  if (isInstalled(place)) return { installed: false, seconds: 0 }

  if (!(await takeLock(place, say, deadline))) return { installed: false, seconds: secondsSince(started) }
  const heartbeat = setInterval(() => touchLock(place), heartbeatMs)
  try {
    if (isInstalled(place)) return { installed: false, seconds: secondsSince(started) }
    say('installing (npm ci; up to a minute or two the first time) ...')
    await runNpmCi(place, say, Math.max(1_000, deadline - Date.now()))
    writeFileSync(place.markerFile, lockfileHash(place))
    const seconds = secondsSince(started)
    say(`installed in ${seconds} s`)
    return { installed: true, seconds }
  } finally {
    clearInterval(heartbeat)
    rmSync(place.lockDir, { recursive: true, force: true })
  }
}

interface Place {
  dir: string
  lockDir: string
  markerFile: string
}

function placeOf(dir: string): Place {
  return {
    dir,
    lockDir: join(dir, '.install-lock'),
    markerFile: join(dir, 'node_modules', '.installed-lockfile'),
  }
}

function lockfileHash({ dir }: Place): string {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(dir, file)))
  return hash.digest('hex')
}

function isInstalled(place: Place): boolean {
  return existsSync(place.markerFile) && readFileSync(place.markerFile, 'utf8') === lockfileHash(place)
}

/** True when this process holds the lock; false when another one finished the installation meanwhile. */
async function takeLock(place: Place, say: (line: string) => void, deadline: number): Promise<boolean> {
  let told = false
  for (;;) {
    try {
      mkdirSync(place.lockDir)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if (isLockStale(place)) {
      say('taking over a lock left behind')
      rmSync(place.lockDir, { recursive: true, force: true })
      continue
    }
    if (!told) say('another process is installing, waiting ...')
    told = true
    if (Date.now() > deadline)
      throw new Error(`Waited too long for another installation; remove ${place.lockDir}`)
    await sleep(500)
    if (!existsSync(place.lockDir) && isInstalled(place)) return false
  }
}

function isLockStale(place: Place): boolean {
  try {
    return Date.now() - statSync(place.lockDir).mtimeMs > lockStaleMs
  } catch {
    return false
  }
}

function touchLock({ lockDir }: Place): void {
  try {
    utimesSync(lockDir, new Date(), new Date())
  } catch {
    // Taken away by someone: the installation goes on, npm ci is safe to repeat.
  }
}

function runNpmCi({ dir }: Place, say: (line: string) => void, timeoutMs: number): Promise<void> {
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
        cwd: dir,
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
      reject(new Error(`npm ci in ${dir} failed (${signal ?? code}):\n${lines.slice(-40).join('\n')}`))
    })
  })
}

function secondsSince(started: number): number {
  return Math.round((Date.now() - started) / 100) / 10
}
