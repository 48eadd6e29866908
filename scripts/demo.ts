import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { buildApp, isBuildFresh } from './runtime/app-build.mjs'
import { describeRuntime, ensureElectron, PROJECT_ROOT } from './runtime/electron-runtime.mjs'
import { hasDisplay } from './runtime/launch.mjs'
import { printProgress } from './runtime/progress.mjs'
import { ensureSystemPackages } from './runtime/system-packages.mjs'
import { closeNotices, openDemoDesk, resize, runCommand, takePicture } from './demo-desk.ts'
import {
  completeCustoms,
  handOver,
  makeLabel,
  openOrder,
  openPage,
  printLabel,
  type Facts,
} from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/**
 * The main job on the demo workspace: `npm run demo`. With a display it opens the window; without one (or with --headless) it
 * walks the job in the same app and leaves pictures and labels in demo-output/.
 */

const OUTPUT = path.join(PROJECT_ROOT, 'demo-output')
const PICTURES = path.join(OUTPUT, 'screenshots')
const LABELS = path.join(OUTPUT, 'labels')
const PROFILE = path.join(OUTPUT, 'profile')

const started = Date.now()
const say = (text: string) =>
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`)

try {
  await prepare()
  const walk = process.argv.includes('--headless') || !hasDisplay(process.env)
  if (walk) await walkTheJob()
  else process.exitCode = await openWindow()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error('The demo did not finish. Run `npm test` to see which part is broken.')
  process.exitCode = 1
}

async function prepare(): Promise<void> {
  const onProgress = printProgress()
  await ensureSystemPackages(['electron', 'documents'], { onProgress })
  const runtime = await ensureElectron({ onProgress })
  execFileSync(path.join(PROJECT_ROOT, 'node_modules/.bin/tsx'), ['scripts/fonts.ts'], {
    cwd: PROJECT_ROOT,
    stdio: 'inherit',
  })
  if (!(await isBuildFresh(PROJECT_ROOT))) await buildApp(PROJECT_ROOT, onProgress)
  say(describeRuntime(runtime))
}

/** The window stays open until the person closes it; the demo keeps what was done in it. */
function openWindow(): Promise<number> {
  say('Opening the demo workspace. Cut the line with Ctrl+K, “demo”.')
  const child = spawn(process.execPath, ['scripts/start.mjs', '--demo', `--user-data-dir=${PROFILE}`], {
    cwd: PROJECT_ROOT,
    stdio: 'inherit',
  })
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}

async function walkTheJob(): Promise<void> {
  rmSync(OUTPUT, { recursive: true, force: true })
  mkdirSync(PICTURES, { recursive: true })
  say('No display: the same app runs on a virtual one and does the job by itself.')

  let desk = await openDemoDesk(PROFILE, LABELS)
  try {
    await resize(desk, 1280, 800)
    say('Three shops connected, 400 orders pulled from them.')
    await openPage(desk.page, '/orders/to_ship')
    await picture(desk.page, '1-orders-online')

    await setLine(desk, false)
    say('Line cut. The app noticed by its failed calls.')
    const numbers = await chooseOrders(desk.page)
    const labels = await labelAll(desk.page, numbers)
    await openPage(desk.page, '/outbox')
    await closeNotices(desk.page)
    await picture(desk.page, '3-outbox-offline')

    await desk.kill()
    desk = await openDemoDesk(PROFILE, LABELS, 'cut')
    await resize(desk, 1280, 800)
    await openPage(desk.page, '/orders/handed_over')
    await expect(desk.page.getByTestId('queue-handed_over')).toContainText(String(numbers.length))
    say('App killed and started again, still without a line: all there.')

    await setLine(desk, true)
    await expect(desk.page.getByTestId('connection-pill')).not.toContainText('waiting', { timeout: 60_000 })
    say('Line healed. Every shop has been told; the outbox is empty.')
    await checkShipped(desk.page, numbers)
    await moods(desk)
    rasterise()
    for (const [number, tracking] of labels) say(`${number}  shipped as ${tracking}`)
  } finally {
    await desk.close()
  }
  say(`Pictures in demo-output/screenshots, labels in demo-output/labels.`)
}

async function picture(page: Page, name: string): Promise<void> {
  await takePicture(page, path.join(PICTURES, `${name}.png`))
}

async function setLine({ app, page }: LaunchedApp, online: boolean): Promise<void> {
  await runCommand(app, online ? 'demo.online' : 'demo.offline')
  await runCommand(app, 'app.sync')
  await expect(page.getByTestId('connection-pill')).toContainText(online ? 'Online' : 'Offline since', {
    timeout: 60_000,
  })
}

/** One order each to three countries with scripts of their own. */
async function chooseOrders(page: Page): Promise<string[]> {
  await openPage(page, '/orders/to_ship')
  const numbers: string[] = []
  for (const country of ['Japan', 'Ukraine', 'Greece']) {
    const row = page.getByRole('row').filter({ hasText: country }).filter({ hasNotText: 'missing' }).first()
    const text = await row.innerText({ timeout: 15_000 })
    const number = /[A-Z]{2}-\d{5}/.exec(text)?.[0]
    if (number === undefined)
      throw new Error(`No order to ${country} is ready to ship in the demo workspace.`)
    numbers.push(number)
  }
  return numbers
}

const FACTS: Facts = {
  description: 'Household article, ceramic',
  hs6: '691200',
  origin: 'CN',
  unitNetGrams: '200',
}

async function labelAll(page: Page, numbers: string[]): Promise<Map<string, string>> {
  const labels = new Map<string, string>()
  for (const number of numbers) {
    await openOrder(page, number)
    await completeCustoms(page, () => FACTS)
    const tracking = await makeLabel(page, 1900)
    await printLabel(page)
    if (labels.size === 0) {
      await closeNotices(page)
      await picture(page, '2-label-ready-offline')
    }
    await handOver(page)
    labels.set(number, tracking)
    say(`${number}: customs complete, label ${tracking} printed, handed over; the shop is to be told.`)
  }
  return labels
}

async function checkShipped(page: Page, numbers: string[]): Promise<void> {
  for (const number of numbers) {
    await openOrder(page, number)
    await expect(page.getByRole('complementary', { name: 'Order details' })).toContainText('Shipped')
  }
}

/** The order list in both languages and both themes, at both widths. */
async function moods(desk: LaunchedApp): Promise<void> {
  await openPage(desk.page, '/orders/to_ship')
  await closeNotices(desk.page)
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await resize(desk, width, height)
    for (const language of ['english', 'chinese']) {
      for (const theme of ['light', 'dark']) {
        await runCommand(desk.app, `view.${language}`)
        await runCommand(desk.app, `view.${theme}`)
        await picture(desk.page, `4-orders-${language}-${theme}-${String(width)}`)
      }
    }
  }
}

function rasterise(): void {
  for (const name of readdirSync(LABELS).filter((file) => file.endsWith('.pdf'))) {
    const file = path.join(LABELS, name)
    execFileSync('pdftoppm', ['-r', '203', '-png', '-singlefile', file, file.replace(/\.pdf$/, '')])
  }
}
