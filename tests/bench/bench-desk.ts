import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { buildApp, isBuildFresh } from '../../scripts/runtime/app-build.mjs'
import { ensureElectron, PROJECT_ROOT } from '../../scripts/runtime/electron-runtime.mjs'
import { startKeyring } from '../../scripts/runtime/keyring.mjs'
import { electronCommand, hasDisplay, startDisplay } from '../../scripts/runtime/launch.mjs'
import { startBigShop, type BigShop } from '#tests/bench/big-shop.ts'
import { attachElectron, type AttachedApp } from '#tests/support/attach-electron.ts'

/** The built app in this machine's Electron, with a display and a keyring of its own, and a window with nothing in it. */
export interface BenchDesk {
  /** The app on the profile of this desk. */
  startApp(): Promise<AttachedApp>
  /** The same Electron with an empty page. */
  startBlank(): Promise<AttachedApp>
  stop(): Promise<void>
}

export async function openBenchDesk(): Promise<BenchDesk> {
  const { executablePath } = await ensureElectron()
  if (!(await isBuildFresh(PROJECT_ROOT))) await buildApp(PROJECT_ROOT, () => {})
  const home = await mkdtemp(path.join(tmpdir(), 'caravel-bench-'))
  const app = await copyApp(path.join(home, 'caravel'))
  const blank = await writeBlankApp(path.join(home, 'blank'))
  const display = hasDisplay(process.env) ? undefined : await startDisplay()
  // So that the vault opens by itself: a passphrase prompt would stand before the list.
  const keyring = await startKeyring()
  const start = (appDir: string, profile: string) => {
    const args = [`--user-data-dir=${path.join(home, profile)}`, ...keyring.args]
    const { command, args: all, env } = electronCommand({ executablePath, appDir, args })
    return attachElectron({ command, args: all, env: { ...env, ...display?.env, ...keyring.env } })
  }
  return {
    startApp: () => start(app, 'app'),
    startBlank: () => start(blank, 'empty'),
    stop: async () => {
      await keyring.stop()
      await display?.stop()
      await rm(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export interface Pulled {
  orders: number
  /** From the first request for orders until the last order is stored. */
  pullMs: number
  /** How many orders were stored when, in ms after the first request. */
  curve: Sample[]
}

export type Sample = [ms: number, orders: number]

/** Connects the shop as a person does and waits until every order is stored. The app is left running. */
export async function pullEverything(page: Page, shop: BigShop, count: number): Promise<Pulled> {
  await connectBigShop(page, shop)
  return waitUntilPulled(page, shop, count)
}

/** Connects the shop as a person does; its first pull begins. */
export async function connectBigShop(page: Page, shop: BigShop): Promise<void> {
  await page.locator('main button').first().waitFor()
  await page.evaluate(storeProducts)
  await page.locator('main button').first().click()
  await page.locator('#connect-form input').first().fill('Bench shop')
  for (const field of ['baseUrl', 'username', 'password'] as const)
    await page.locator(`#connect-form [name="${field}"]`).fill(shop[field])
  await page.locator('button[type="submit"][form="connect-form"]').click()
}

export async function waitUntilPulled(page: Page, shop: BigShop, count: number): Promise<Pulled> {
  const samples = await page.evaluate(waitForOrders, count)
  const from = shop.asked[0]?.at
  if (from === undefined) throw new Error('the shop was never asked')
  const curve = samples.map(([at, orders]): Sample => [at - from, orders])
  return { orders: count, pullMs: curve.at(-1)?.[0] ?? 0, curve }
}

/** Runs in the page: the demo's products with their customs facts, without which every order would be blocked. */
async function storeProducts(): Promise<void> {
  type Product = { sku: string; customs: { hs6: string } }
  type Describe = (input: object) => Promise<{ ok: boolean; value: { products: Product[] } }>
  const { host } = window as unknown as { host: Record<string, Describe> }
  const seed = await host['demo.describe']?.({})
  if (seed?.ok !== true) throw new Error('the demo cannot be described')
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('caravel')
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('products', 'readwrite')
      for (const product of seed.value.products) {
        const incomplete = product.customs.hs6 === '' ? 1 : 0
        transaction
          .objectStore('products')
          .put({ ...product, id: `bench-${product.sku}`, updatedAt: Date.now(), incomplete })
      }
      transaction.oncomplete = () => {
        opening.result.close()
        resolve()
      }
      transaction.onabort = () => reject(new Error('the products were not stored'))
    }
  })
}

/** Runs in the page: how many orders are stored when (epoch ms), by the kept counter, until there are that many. */
async function waitForOrders(count: number): Promise<[at: number, orders: number][]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('caravel')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(new Error('the database cannot be opened'))
  })
  const until = Date.now() + 900_000
  const samples: [number, number][] = []
  for (;;) {
    const stored = await new Promise<number>((resolve) => {
      const reading = database.transaction('counters').objectStore('counters').get('all')
      reading.onsuccess = () => resolve((reading.result as { count: number } | undefined)?.count ?? 0)
    })
    if (stored > (samples.at(-1)?.[1] ?? 0)) samples.push([Date.now(), stored])
    if (stored >= count) break
    if (Date.now() > until) throw new Error(`only ${stored} of ${count} orders arrived in 15 minutes`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  database.close()
  return samples
}

/** A profile in which the app has pulled so many orders and was closed again; the shop goes on. */
export async function seedProfile(
  desk: BenchDesk,
  count: number,
): Promise<{ shop: BigShop; pulled: Pulled }> {
  const shop = await startBigShop(count)
  const app = await desk.startApp()
  try {
    const pulled = await pullEverything(app.page, shop, count)
    // What the engine still does after the last page belongs to that session, not to the next start.
    await app.page.waitForTimeout(2_000)
    return { shop, pulled }
  } catch (error) {
    await shop.stop()
    throw error
  } finally {
    await app.close()
  }
}

/** A build that somebody starts meanwhile must not change what is measured. */
async function copyApp(folder: string): Promise<string> {
  await cp(path.join(PROJECT_ROOT, 'out'), path.join(folder, 'out'), { recursive: true })
  await cp(path.join(PROJECT_ROOT, 'package.json'), path.join(folder, 'package.json'))
  await symlink(path.join(PROJECT_ROOT, 'resources'), path.join(folder, 'resources'))
  return folder
}

async function writeBlankApp(folder: string): Promise<string> {
  await mkdir(folder)
  const main = `const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { sandbox: true } })
  window.once('ready-to-show', () => window.show())
  window.loadFile('index.html')
})
app.on('window-all-closed', () => app.quit())
`
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: 'blank', main: 'main.cjs' }))
  await writeFile(path.join(folder, 'main.cjs'), main)
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>blank</title><p>blank</p>')
  return folder
}
