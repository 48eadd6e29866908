import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { firstOrder, makeLabel, openOrder, openPage } from '#tests/support/desk-walk.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** The whole workspace out to one file on one machine, and in again on a fresh one. */

const PASSPHRASE = 'correct horse battery'
let folder: string
let place: string

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'caravel-storage-'))
  place = path.join(folder, 'desk.caravel')
})
test.afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const demo = (profile: string) => launchApp({ userDataDir: path.join(folder, profile), args: ['--demo'] })

/** The system's dialogs answer with the place. */
async function answerDialogs({ app }: LaunchedApp): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    Object.assign(dialog, {
      showSaveDialog: () => Promise.resolve({ canceled: false, filePath }),
      showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: [filePath] }),
    })
  }, place)
}

const STORES = [
  'connections',
  'orders',
  'orderRows',
  'counters',
  'products',
  'shipments',
  'documents',
  'pools',
  'outbox',
]

async function contents(page: Page): Promise<{ counts: Record<string, number>; labels: string[] }> {
  const databases = await page.evaluate(async () =>
    (await indexedDB.databases()).map(({ name }) => name ?? ''),
  )
  const moved = databases.filter((name) => name.startsWith('caravel-demo.')).sort()
  const name = moved.at(-1) ?? 'caravel-demo'
  const counts: Record<string, number> = {}
  for (const store of STORES) counts[store] = (await readStore(page, name, store)).length
  const documents = await readStore<{ bytes: Record<string, number> }>(page, name, 'documents')
  return { counts, labels: documents.map(({ bytes }) => Object.values(bytes).join(' ')) }
}

async function typeExport(page: Page): Promise<void> {
  await openPage(page, '/settings/storage')
  await page.locator('[name="export-passphrase"]').fill(PASSPHRASE)
  await page.locator('[name="export-passphrase-again"]').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Export…' }).click()
}

let before: Awaited<ReturnType<typeof contents>>

test('a stop leaves nothing; then everything goes into one file', async () => {
  test.setTimeout(120_000)
  const caravel = await demo('first')
  const { page } = caravel
  try {
    await expect(page.getByTestId('queue-all')).toContainText('400', { timeout: 60_000 })
    const number = await firstOrder(page, 'to_ship')
    await openOrder(page, number)
    await makeLabel(page, 1900)
    await answerDialogs(caravel)

    // A dialog that was closed begins nothing.
    await caravel.app.evaluate(({ dialog }) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: true }) })
    })
    await typeExport(page)
    await expect(page.getByRole('button', { name: 'Export…' })).toBeEnabled()
    expect((await readdir(folder)).filter((name) => name.startsWith('desk'))).toEqual([])

    await answerDialogs(caravel)
    await typeExport(page)
    await expect(page.getByText(/^Exported, /).first()).toBeVisible({ timeout: 30_000 })
    expect((await readdir(folder)).filter((name) => name.startsWith('desk'))).toEqual(['desk.caravel'])
    before = await contents(page)
    expect(before.counts).toMatchObject({ orders: 400, documents: 1, shipments: 1 })
  } finally {
    await caravel.close()
  }
})

test('a fresh machine has the same counts and the same label after the import', async () => {
  test.setTimeout(120_000)
  const caravel = await demo('second')
  const { page } = caravel
  try {
    await expect(page.getByTestId('queue-all')).toContainText('400', { timeout: 60_000 })
    await answerDialogs(caravel)
    await openPage(page, '/settings/storage')
    await page.getByRole('button', { name: 'Choose file…' }).click()
    await page.locator('[name="import-passphrase"]').fill('wrong horse battery')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText('The passphrase does not open this file')).toBeVisible()
    await page.locator('[name="import-passphrase"]').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByText(/400 orders, 1 shipments, 1 labels/)).toBeVisible()
    const imports = page.getByRole('group', { name: 'Import' })
    await imports.getByRole('button', { name: 'Replace' }).click()
    await Promise.all([
      page.waitForEvent('load', { timeout: 60_000 }),
      imports.getByRole('group').getByRole('button', { name: 'Replace' }).click(),
    ])
    await openPage(page, '/orders/label_ready')
    await expect(page.getByTestId('queue-label_ready')).toContainText('1', { timeout: 30_000 })
    expect(await contents(page)).toEqual(before)
  } finally {
    await caravel.close()
  }
})
