import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { ensureElectron, PROJECT_ROOT } from '../../scripts/runtime/electron-runtime.mjs'
import { electronCommand, startDisplay } from '../../scripts/runtime/launch.mjs'

export interface LaunchOptions {
  /** Kept afterwards; without it a new one is made and removed by `close` and `kill`. */
  userDataDir?: string
  args?: readonly string[]
  /** Added to the environment of this process. */
  env?: Readonly<Record<string, string>>
  /** Goes in front of the executable, e.g. a program that gives it a session bus. */
  executablePath?: string
}

export interface LaunchedApp {
  app: ElectronApplication
  page: Page
  userDataDir: string
  /** Ends the app as a person would. */
  close(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

const open = new Set<Page>()

/** Pages of the apps that were launched here and still run. */
export function openPages(): readonly Page[] {
  return [...open].filter((page) => !page.isClosed())
}

const HOLD_START = path.join(PROJECT_ROOT, 'tests/support/hold-start.cjs')

/** The built app (`npm run build`) in whatever Electron this machine has, on a virtual display where there is none. */
export async function launchApp(options: LaunchOptions = {}): Promise<LaunchedApp> {
  const userDataDir = options.userDataDir ?? (await mkdtemp(path.join(tmpdir(), 'caravel-e2e-')))
  const command = await appCommand({ ...options, userDataDir })
  const display = command.needsDisplay ? await startDisplay() : undefined
  // Chromium leaves folders in it when it is killed.
  const scratch = await mkdtemp(path.join(tmpdir(), 'caravel-tmp-'))
  const end = async (): Promise<void> => {
    await display?.stop()
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
    if (options.userDataDir === undefined)
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 })
  }
  const env = definedOnly({
    ...command.env,
    ...display?.env,
    TMPDIR: scratch,
    CARAVEL_PRINT_FOLDER: path.join(userDataDir, 'labels'),
    ...options.env,
  })
  try {
    const app = await _electron.launch({
      executablePath: options.executablePath ?? command.command,
      args: ['-r', HOLD_START, ...command.args],
      env,
    })
    await app.evaluate(({ app: main }) => main.emit('test-attached'))
    const page = await app.firstWindow()
    await page.waitForLoadState('domcontentloaded')
    open.add(page)
    return {
      app,
      page,
      userDataDir,
      close: () => closeApp(app).then(end),
      kill: () => killApp(app).then(end),
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** How the app is started here; for tests that start a process of their own. */
export async function appCommand(options: LaunchOptions & { userDataDir: string }) {
  const { executablePath } = await ensureElectron()
  const args = [`--user-data-dir=${options.userDataDir}`, ...(options.args ?? [])]
  // A build of one's own to look at, e.g. while another is being made in the project.
  const appDir = process.env.CARAVEL_APP_DIR ?? PROJECT_ROOT
  return electronCommand({ executablePath, appDir, args })
}

async function closeApp(app: ElectronApplication): Promise<void> {
  await app.close()
}

async function killApp(app: ElectronApplication): Promise<void> {
  const child = app.process()
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
