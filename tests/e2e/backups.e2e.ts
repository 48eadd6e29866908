import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { closeNotices, openDemoDesk, runCommand } from '../../scripts/demo-desk.ts'
import { firstOrder, makeLabel, openOrder, openPage, panel, PASSPHRASE } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** A backup by hand, its row in the list, the way back to it; and buyers' data that leaves after a time. */

test.describe.configure({ mode: 'serial' })

let profile: string
let caravel: LaunchedApp
let page: Page
let number: string

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-backups-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await runCommand(caravel.app, 'view.english')
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

interface Stored {
  id: string
  number: string
  stage: string
  buyerName: string
  updatedAt: number
  remoteUpdatedAt: number
}

const group = (name: string) => page.getByRole('group', { name, exact: true })

async function database(): Promise<string> {
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''))
  return (
    names
      .filter((name) => name.startsWith('caravel-demo.'))
      .sort()
      .at(-1) ?? 'caravel-demo'
  )
}

async function orders(): Promise<Stored[]> {
  return readStore<Stored>(page, await database(), 'orders')
}

test('by hand: it asks for the vault once, and says when and how large', async () => {
  test.setTimeout(60_000)
  number = await firstOrder(page, 'to_ship')
  await openOrder(page, number)
  await makeLabel(page, 1900)
  await openPage(page, '/settings/storage')
  const backups = group('Backups')
  await backups.getByRole('button', { name: 'Back up now' }).click()
  const again = page.getByLabel('Once more').and(page.getByRole('dialog').locator('input'))
  const done = page.getByText(/^Backed up, /).first()
  await expect(again.or(done)).toBeVisible({ timeout: 20_000 })
  if (await again.isVisible()) {
    await page.getByRole('dialog').getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await again.fill(PASSPHRASE)
    await again.press('Enter')
  }
  await expect(done).toBeVisible({ timeout: 30_000 })
  await expect(page.getByTestId('last-backup')).toContainText(/^Last backup .+, .+B$/)
  await expect(backups.getByRole('row')).toHaveCount(2)
  await expect(backups.getByRole('row').last()).toContainText('By hand')
  const files = (await readdir(profile, { recursive: true })).filter((name) =>
    name.endsWith('.caravel-backup'),
  )
  expect(files).toHaveLength(1)
})

test('restored from the list, without a passphrase: what was done since is gone, what was there is back', async () => {
  test.setTimeout(90_000)
  await openOrder(page, number)
  await page.keyboard.press('n')
  await panel(page).locator('[data-field="note"]').fill('written after the backup')
  await page.keyboard.press('Control+Enter')
  await expect
    .poll(async () =>
      (await readStore<{ note: string }>(page, 'caravel-demo', 'orders')).some((one) => one.note !== ''),
    )
    .toBe(true)
  await openPage(page, '/settings/storage')
  await group('Backups').getByRole('button', { name: 'Restore…' }).click()
  const imports = group('Import')
  await expect(imports.getByText(/400 orders, 1 shipments, 1 labels/)).toBeVisible({ timeout: 20_000 })
  await imports.getByRole('button', { name: 'Replace' }).click()
  await Promise.all([
    page.waitForEvent('load', { timeout: 60_000 }),
    imports.getByRole('group').getByRole('button', { name: 'Replace' }).click(),
  ])
  await openPage(page, '/orders/label_ready')
  await expect(page.getByTestId('queue-label_ready')).toContainText('1', { timeout: 30_000 })
  const name = await database()
  expect(name).not.toBe('caravel-demo')
  const restored = await readStore<{ note: string }>(page, name, 'orders')
  expect(restored).toHaveLength(400)
  expect(restored.filter(({ note }) => note !== '')).toEqual([])
})

test('retention: chosen, asked, and only finished orders of that age lose their buyer', async () => {
  test.setTimeout(60_000)
  const old = Date.now() - 31 * 86_400_000
  const name = await database()
  // The demo's orders are younger than any choice: some finished ones and an open one are made older.
  const aged = await page.evaluate(
    ([db, at]) =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open(db)
        opening.onerror = () => reject(new Error('cannot be opened'))
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(['orders', 'orderRows'], 'readwrite')
          const store = transaction.objectStore('orders')
          const numbers: string[] = []
          store.getAll().onsuccess = (event) => {
            const all = (event.target as IDBRequest<Stored[]>).result
            const shipped = all.filter(({ stage }) => stage === 'shipped').slice(0, 4)
            const open = all.filter(({ stage }) => stage === 'to_ship').slice(0, 1)
            for (const order of [...shipped, ...open]) {
              store.put({ ...order, updatedAt: at, remoteUpdatedAt: at })
              // Where the list has it: the newest of what is done comes first.
              const rows = transaction.objectStore('orderRows')
              rows.get(order.id).onsuccess = (found) => {
                const row = (found.target as IDBRequest<object>).result
                if (order.stage === 'shipped') rows.put({ ...row, sortKey: 10_000_000_000_000 - at })
              }
              numbers.push(order.number)
            }
          }
          transaction.oncomplete = () => {
            opening.result.close()
            resolve(numbers)
          }
        }
      }),
    [name, old] as const,
  )
  await openPage(page, '/settings/storage')
  const retention = group("Buyers' data")
  await retention.getByLabel('Purge after').selectOption({ label: '30 days' })
  expect((await orders()).filter(({ buyerName }) => buyerName === '')).toEqual([])
  await retention.getByRole('button', { name: 'Purge after 30 days' }).click()
  const question = retention.getByRole('group')
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Purge after 30 days' }).click()
  await expect(page.getByText("Buyers' data of 4 orders purged").first()).toBeVisible({ timeout: 30_000 })
  const bare = (await orders()).filter(({ buyerName }) => buyerName === '').map((order) => order.number)
  expect(bare.sort()).toEqual(aged.slice(0, 4).sort())
  await closeNotices(page)

  // Asked again there is nothing left to do; turned off it asks nothing.
  await retention.getByRole('button', { name: 'Purge now' }).click()
  await expect(page.getByText("Buyers' data of 0 orders purged").first()).toBeVisible()
  await retention.getByLabel('Purge after').selectOption({ label: 'Never' })
  await expect(retention.getByRole('button')).toHaveCount(0)
})
