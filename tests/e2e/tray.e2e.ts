import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from '#tests/support/app-test.ts'
import { startKeyring } from '../../scripts/runtime/keyring.mjs'
import { hasDisplay, startDisplay } from '../../scripts/runtime/launch.mjs'
import { toldToShops } from '#tests/support/demo-state.ts'
import { firstOrder, handOver, makeLabel, openOrder, openPage } from '#tests/support/desk-walk.ts'
import { appCommand, launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { startTrayWatcher } from '#tests/support/tray-watcher.ts'

/** A window that is closed while the desk keeps running: hidden, at work, and never out of reach. */

type Keyring = Awaited<ReturnType<typeof startKeyring>>

let keyring: Keyring
let display: Awaited<ReturnType<typeof startDisplay>> | undefined
let profile: string

test.beforeAll(async () => {
  keyring = await startKeyring()
  display = hasDisplay(process.env) ? undefined : await startDisplay()
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-tray-'))
})
test.afterAll(async () => {
  await keyring.stop()
  await display?.stop()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const environment = () => ({ ...process.env, ...display?.env, ...keyring.env })

function start(): Promise<LaunchedApp> {
  const env = { ...(display === undefined ? {} : { DISPLAY: display.env.DISPLAY }), ...keyring.env }
  return launchApp({ userDataDir: profile, args: ['--demo', ...keyring.args], env })
}

const isShown = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))
const closeWindow = ({ app }: LaunchedApp) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

test('where no desktop shows an icon, the choice is not offered and closing quits', async () => {
  test.setTimeout(120_000)
  const caravel = await start()
  const { page } = caravel
  await openPage(page, '/settings/look')
  await expect(page.getByText('closing the window quits Caravel')).toBeVisible()
  await expect(page.getByRole('switch')).toBeDisabled()
  const gone = new Promise<void>((resolve) => caravel.app.once('close', () => resolve()))
  await closeWindow(caravel)
  await gone
  await caravel.close().catch(() => undefined)
})

test('hidden, the desk tells the shop; a second start shows the window, and quitting quits', async () => {
  test.setTimeout(180_000)
  const watcher = await startTrayWatcher(keyring.env.DBUS_SESSION_BUS_ADDRESS)
  const caravel = await start()
  const { page } = caravel
  try {
    await expect(page.getByTestId('queue-all')).toContainText('400', { timeout: 60_000 })
    await openPage(page, '/settings/look')
    const choice = page.getByRole('switch')
    await expect(choice).toBeEnabled()
    await expect(choice).not.toBeChecked()
    await choice.click()
    await expect(choice).toBeChecked()

    const number = await firstOrder(page, 'to_ship')
    await openOrder(page, number)
    const tracking = await makeLabel(page, 1900)
    await handOver(page)
    // Told after a moment in which it can be undone: by then nobody sees the window.
    await closeWindow(caravel)
    expect(toldToShops(profile, number)).toEqual([])
    await expect.poll(() => toldToShops(profile, number), { timeout: 60_000 }).toEqual([tracking])
    expect(await isShown(caravel)).toEqual([false])

    const { command, args } = await appCommand({ userDataDir: profile, args: ['--demo', ...keyring.args] })
    const second = spawn(command, args, { env: environment(), stdio: 'ignore' })
    await new Promise((resolve) => second.once('exit', resolve))
    await expect.poll(() => isShown(caravel)).toEqual([true])
    await openPage(page, '/orders/shipped')
    await expect(page.getByRole('row').filter({ hasText: number })).toBeVisible()

    await openPage(page, '/settings/look')
    await choice.click()
    await expect(choice).not.toBeChecked()
    await choice.click()
    await expect(choice).toBeChecked()
    const gone = new Promise<void>((resolve) => caravel.app.once('close', () => resolve()))
    await caravel.app.evaluate(({ app }) => app.quit())
    await gone
  } finally {
    await caravel.close().catch(() => undefined)
    watcher.stop()
  }
})
