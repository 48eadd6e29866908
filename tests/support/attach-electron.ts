import { spawn, type ChildProcess } from 'node:child_process'
import { chromium, type Browser, type Page } from '@playwright/test'

export interface AttachedApp {
  page: Page
  process: ChildProcess
  /** Epoch ms, right before the process was made. */
  spawnedAt: number
  /** What it has written so far, both streams. */
  output(): string
  close(): Promise<void>
}

interface Start {
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  timeoutMs?: number
  /** Attached to only when the page shows this address: Chromium 114 now and then never answers whoever attaches while it loads. */
  whenAt?: RegExp
}

/**
 * Starts an Electron without Playwright's own launcher: that one needs `--inspect`, which our fuses turn off, and holds the
 * main process until it is attached, which would spoil a measurement. The page is reached by Chromium's own protocol.
 */
export async function attachElectron({
  command,
  args,
  env,
  timeoutMs = 30_000,
  whenAt,
}: Start): Promise<AttachedApp> {
  const spawnedAt = Date.now()
  const child = spawn(command, ['--remote-debugging-port=0', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let output = ''
  const hear = (chunk: Buffer) => (output += chunk.toString())
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  let browser: Browser | undefined
  const close = async () => {
    await browser?.close().catch(() => undefined)
    await end(child)
  }
  try {
    const endpoint = await waitFor(child, timeoutMs, () => /DevTools listening on (ws:\S+)/.exec(output)?.[1])
    if (whenAt !== undefined) await waitForAddress(endpoint, whenAt, timeoutMs)
    browser = await chromium.connectOverCDP(endpoint, { noDefaults: true, timeout: timeoutMs })
    const context = browser.contexts()[0]
    if (context === undefined) throw new Error('there is no browser context')
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: timeoutMs }))
    return { page, process: child, spawnedAt, output: () => output, close }
  } catch (error) {
    await close()
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${output.slice(-2000)}`)
  }
}

/** Asked over HTTP, which attaches to nothing. */
async function waitForAddress(endpoint: string, wanted: RegExp, timeoutMs: number): Promise<void> {
  const list = `http://${new URL(endpoint).host}/json/list`
  const until = Date.now() + timeoutMs
  for (;;) {
    const pages = (await (await fetch(list)).json()) as { url: string }[]
    if (pages.some(({ url }) => wanted.test(url))) return
    if (Date.now() > until) throw new Error(`no page at ${String(wanted)} within ${timeoutMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function waitFor<T>(child: ChildProcess, timeoutMs: number, look: () => T | undefined): Promise<T> {
  const until = Date.now() + timeoutMs
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`)
    if (Date.now() > until) throw new Error(`it did not start within ${timeoutMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Asks first, so that storage is written; its whole group, because Chromium is several processes. */
async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const late = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  }, 5_000)
  await gone
  clearTimeout(late)
}
