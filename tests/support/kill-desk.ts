import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hasDisplay, startDisplay } from '../../scripts/runtime/launch.mjs'
import { attachElectron, type AttachedApp } from '#tests/support/attach-electron.ts'
import { appCommand } from '#tests/support/launch-app.ts'

/** Who gets the signal: the main process alone, or everything that it has started too. */
export type KillReach = 'main' | 'all'

/** The app on one profile, to be killed and started again. Its vault has a passphrase: a keyring is one more process to be cut off from. */
export interface KillDesk {
  /** With a page to work on. */
  start(): Promise<AttachedApp>
  /** As a person starts it who then does nothing. */
  startBlind(): Promise<ChildProcess>
  kill(process: ChildProcess, reach: KillReach): Promise<void>
  stop(): Promise<void>
}

/** The router has chosen a page. */
const LOADED = /^app:\/\/caravel\/.*#\//
const ARGS = ['--disable-gpu', '--password-store=basic']

export async function openKillDesk(userDataDir: string, printFolder: string): Promise<KillDesk> {
  // One display for all starts.
  const display = hasDisplay(process.env) ? undefined : await startDisplay()
  const { command, args, env } = await appCommand({ userDataDir, args: ARGS })
  // Chromium leaves folders in it when it is killed.
  const scratch = await mkdtemp(path.join(tmpdir(), 'caravel-tmp-'))
  const wholeEnv = { ...env, ...display?.env, TMPDIR: scratch, CARAVEL_PRINT_FOLDER: printFolder }
  return {
    start: () => attachElectron({ command, args, env: wholeEnv, timeoutMs: 60_000, whenAt: LOADED }),
    startBlind: () => {
      const child = spawn(command, args, {
        ...{ env: wholeEnv, stdio: 'ignore', detached: true },
      })
      return new Promise((resolve, reject) => {
        child.once('spawn', () => resolve(child))
        child.once('error', reject)
      })
    },
    kill,
    stop: async () => {
      await display?.stop()
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function kill(child: ChildProcess, reach: KillReach): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
    throw new Error('the app ended before it was killed')
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(reach === 'all' ? -child.pid : child.pid, 'SIGKILL')
  await gone
}
