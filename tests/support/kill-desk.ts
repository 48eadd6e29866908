import { spawn, type ChildProcess } from 'node:child_process'
import type { Page } from '@playwright/test'
import { hasDisplay, startDisplay } from '../../scripts/runtime/launch.mjs'
import { appCommand, launchApp } from '#tests/support/launch-app.ts'

/** Who gets the signal: the main process alone, or everything that it has started too. */
export type KillReach = 'main' | 'all'

export interface StartedApp {
  page: Page
  process: ChildProcess
  close(): Promise<void>
}

/** The app on one profile, to be killed and started again. Its vault has a passphrase: a keyring is one more process to be cut off from. */
export interface KillDesk {
  /** With a page to work on. */
  start(): Promise<StartedApp>
  /** As a person starts it who then does nothing. */
  startBlind(): Promise<ChildProcess>
  kill(process: ChildProcess, reach: KillReach): Promise<void>
  stop(): Promise<void>
}

const ARGS = ['--disable-gpu', '--password-store=basic']

export async function openKillDesk(userDataDir: string, printFolder: string): Promise<KillDesk> {
  // One display for all starts.
  const display = hasDisplay(process.env) ? undefined : await startDisplay()
  if (display !== undefined) process.env['DISPLAY'] = display.env.DISPLAY
  const { command, args, env } = await appCommand({ userDataDir, args: ARGS })
  return {
    start: async () => {
      const { app, page, close } = await launchApp({
        ...{ userDataDir, args: ARGS, env: { CARAVEL_PRINT_FOLDER: printFolder } },
      })
      return { page, process: app.process(), close }
    },
    startBlind: () => {
      const child = spawn(command, args, {
        ...{ env: { ...env, CARAVEL_PRINT_FOLDER: printFolder }, stdio: 'ignore', detached: true },
      })
      return new Promise((resolve, reject) => {
        child.once('spawn', () => resolve(child))
        child.once('error', reject)
      })
    },
    kill,
    stop: async () => {
      if (display !== undefined) delete process.env['DISPLAY']
      await display?.stop()
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
