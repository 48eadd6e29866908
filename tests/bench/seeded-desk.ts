import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { buildApp, isBuildFresh } from '../../scripts/runtime/app-build.mjs'
import { PROJECT_ROOT } from '../../scripts/runtime/electron-runtime.mjs'
import { writeSeededWorkspace } from '../../scripts/seed/write-seeded-workspace.ts'
import { offerBareDatabase } from '#tests/bench/bare-database.ts'
import { beginToFeel, feltSoFar, longest, type Felt } from '#tests/bench/felt.ts'
import { emptySearch, settle, timeStep } from '#tests/bench/order-steps.ts'
import { beginReplace, unlockFile } from '#tests/support/import-walk.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'

const PASSPHRASE = 'bench passphrase'
const NAMED = 'globalThis.__name = (named) => named'
/** One product for so many orders. */
const ORDERS_A_PRODUCT = 5

/** The app, started anew on a profile with so many seeded orders, which it has taken in by its own import. */
export interface SeededDesk {
  caravel: LaunchedApp
  /** The workspace's database. */
  name: string
  /** From the click to the page that loads anew. */
  importMs: number
  /** From the start of the app on the full profile to the first rows; the first one after the import, and any later one. */
  firstStartMs: number
  startMs: number
  /** The longest time without a frame, and the longest task, while it ran. */
  longestGapMs: number
  longestTaskMs: number
  stop(): Promise<void>
}

/** `open`: how many of the orders are not done, where it is to be more than usual. */
export async function openSeededDesk(
  orders: number,
  say: (text: string) => void,
  open?: number,
): Promise<SeededDesk> {
  if (!(await isBuildFresh(PROJECT_ROOT))) await buildApp(PROJECT_ROOT, () => {})
  const folder = await mkdtemp(path.join(tmpdir(), 'caravel-seeded-'))
  const place = path.join(folder, 'seeded.caravel')
  const products = Math.max(500, Math.floor(orders / ORDERS_A_PRODUCT))
  const size = { orders, products, open, now: Date.now(), seed: 1 }
  const { bytes } = await writeSeededWorkspace({ ...size, place, passphrase: PASSPHRASE })
  say(`${orders} orders, ${products} products: a file of ${Math.round(bytes / 2 ** 20)} MB`)
  const userDataDir = path.join(folder, 'profile')
  let caravel = await openApp(userDataDir)
  const { page } = caravel
  await unlockFile(caravel, { place, passphrase: PASSPHRASE })
  await page.evaluate(beginToFeel)
  const { felt, ms } = await importFile(page)
  await rm(place)
  say(`imported in ${Math.round(ms / 1000)} s`)
  await page.evaluate(NAMED)
  await waitUntilSearchable(page)
  await caravel.close()
  // What is measured is a day at the desk, not the window that took the file in.
  const first = await startTimed(userDataDir)
  await first.caravel.close()
  const second = await startTimed(userDataDir)
  caravel = second.caravel
  say(`started anew in ${first.ms} ms, and again in ${second.ms} ms`)
  const name = await workspaceName(caravel.page)
  const worst = { longestGapMs: longest(felt.gaps), longestTaskMs: longest(felt.tasks) }
  const stop = async () => {
    await caravel.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { caravel, name, importMs: ms, firstStartMs: first.ms, startMs: second.ms, ...worst, stop }
}

async function openApp(userDataDir: string): Promise<LaunchedApp> {
  const caravel = await launchApp({ userDataDir })
  // tsx compiles inner functions to calls of a helper that neither has.
  await caravel.app.evaluate(NAMED)
  await caravel.page.evaluate(NAMED)
  await caravel.page.evaluate(offerBareDatabase)
  return caravel
}

async function startTimed(userDataDir: string): Promise<{ caravel: LaunchedApp; ms: number }> {
  const startedAt = Date.now()
  const caravel = await openApp(userDataDir)
  await caravel.page
    .locator('main [role="grid"] [role="row"][aria-rowindex="2"]')
    .waitFor({ timeout: 120_000 })
  return { caravel, ms: Date.now() - startedAt }
}

/** The index over the orders is made from the rows after an import. */
async function waitUntilSearchable(page: Page): Promise<void> {
  await settle(page, '#/orders/all')
  for (let tries = 0; tries < 60; tries++) {
    await emptySearch(page)
    if ((await timeStep(page, { act: 'type', value: 'mug', until: 'found' })) !== null) break
  }
  await emptySearch(page)
  // It is stored a while after it is made; before that each start would make it anew.
  const name = await workspaceName(page)
  for (let tries = 0; tries < 120 && !(await page.evaluate(isIndexStored, name)); tries++)
    await page.waitForTimeout(1_000)
}

/** The newest database of the person's own work. */
function workspaceName(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((each) => each.name ?? '')
    return (
      names.filter((each) => each.startsWith('caravel.') && each !== 'caravel.places').at(-1) ?? 'caravel'
    )
  })
}

/** Runs in the page. */
async function isIndexStored(name: string): Promise<boolean> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => resolve(opening.result)
  })
  const found = await new Promise<number>((resolve) => {
    const counting = db.transaction('indexParts').objectStore('indexParts').count('head')
    counting.onsuccess = () => resolve(counting.result)
  })
  db.close()
  return found > 0
}

/** What was felt is asked for all along: the page that felt it is gone in the end. */
async function importFile(page: Page): Promise<{ felt: Felt; ms: number }> {
  let felt: Felt = { tasks: [], gaps: [] }
  let over = false
  const loaded = page.waitForEvent('load', { timeout: 3_600_000 }).then(() => (over = true))
  const from = Date.now()
  await beginReplace(page)
  while (!over) {
    await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 1_000))])
    if (!over) felt = await page.evaluate(feltSoFar).catch(() => felt)
  }
  return { felt, ms: Date.now() - from }
}

/** What the processes of the window hold, in MB. */
export async function windowMemory({ app }: Pick<LaunchedApp, 'app'>): Promise<number> {
  const bytes = await app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ type }) => type === 'Tab')
      .reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  )
  return bytes / 1024
}

/** Of the page itself; that of its worker is left to the engine. */
export async function collectGarbage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  await page.waitForTimeout(2_000)
}
