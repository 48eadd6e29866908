import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { StoredOrder } from '#renderer/data/records.ts'
import { closeNotices, openDemoDesk } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { openPage } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** Numbers for customs: the seller's in the vault, the recipient's on the order, codes and duties from a tariff file. */

test.describe.configure({ mode: 'serial' })

const NUMBER = 'IM0123456789'
const PCCC = 'P123456789012'
const PASSPHRASE = 'correct horse 馬'
const HTS = [
  'HTS Number,Indent,Description,General Rate of Duty',
  '6912.00,0,Ceramic tableware:,',
  '6912.00.44.00,1,Mugs and other steins,10%',
  '69I2.00.50,1,Typo,6%',
].join('\n')

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-numbers-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const panel = () => page.getByRole('complementary')
/** Everything that the page's store holds. */
async function wholeStore(): Promise<string> {
  const stores = ['settings', 'activity', 'orders', 'orderRows', 'outbox', 'referenceFiles'] as const
  return JSON.stringify(await Promise.all(stores.map((store) => readStore(page, 'caravel-demo', store))))
}

test('a tax id goes into the vault by keyboard alone, is shown masked, and is nowhere in the store', async () => {
  await openPage(page, '/customs/tax-ids')
  await page.getByRole('button', { name: 'Add a tax id' }).first().press('Enter')
  await page.locator('[data-field="tax-id.number"]').fill('IM012')
  await page.keyboard.press('Enter')
  // Here without a keyring, so the vault wants a passphrase first.
  const gate = page.locator('#vault-form input')
  await expect(gate.first()).toBeVisible()
  for (const field of await gate.all()) await field.fill(PASSPHRASE)
  await page.keyboard.press('Enter')
  await expect(panel().getByRole('alert')).toContainText('IM and ten digits')
  await page.locator('[data-field="tax-id.number"]').fill(NUMBER)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row').filter({ hasText: 'IOSS number' })).toContainText('••••789')
  expect(await axeViolations(page)).toEqual([])
  expect(await wholeStore()).not.toContain(NUMBER)
  expect(await readFile(path.join(profile, 'vault.json'), 'utf8')).not.toContain(NUMBER)
})

test('an order to the Union says that the number goes with it', async () => {
  const german = (await readStore<StoredOrder>(page, 'caravel-demo', 'orders')).find(
    ({ shipTo, stage, total }) =>
      shipTo?.country === 'DE' && stage === 'to_ship' && total.currency === 'EUR' && total.minor < 15_000,
  )
  if (german === undefined) throw new Error('no small order to Germany')
  await openPage(page, `/orders/all?order=${german.id}`)
  await expect(page.getByTestId('own-tax-ids')).toContainText('IOSS number')
})

test('the recipient’s number is checked, shown masked, and seen by press', async () => {
  const korean = (await readStore<StoredOrder>(page, 'caravel-demo', 'orders')).find(
    ({ shipTo, stage }) => shipTo?.country === 'KR' && stage === 'to_ship',
  )
  if (korean === undefined) throw new Error('no order to Korea')
  await openPage(page, `/orders/all?order=${korean.id}&field=consigneeId`)
  const field = page.locator('[data-field="consigneeId"]')
  await expect(field).toBeFocused()
  await page.keyboard.type('P12')
  await page.keyboard.press('Enter')
  await expect(panel().getByRole('alert')).toContainText('PCCC')
  await field.fill(PCCC)
  await page.keyboard.press('Enter')
  const shown = page.getByTestId('order-id')
  await expect(shown).toHaveText('••••012')
  await page.getByRole('button', { name: 'Show', exact: true }).press('Enter')
  await expect(shown).toHaveText(PCCC)
  const journal = JSON.stringify(await readStore(page, 'caravel-demo', 'activity'))
  expect(journal).toContain('order-ids-edited')
  expect(journal).not.toContain(PCCC)
})

test('a tariff from its file: lines that are damaged are named, its codes are found and taken over', async () => {
  await openPage(page, '/customs')
  await page
    .locator('input[accept=".csv,.json,.txt"]')
    .setInputFiles({ name: 'hts.csv', mimeType: 'text/csv', buffer: Buffer.from(HTS) })
  await expect(page.getByTestId('line-problems')).toContainText('Line 4')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'All products' }).click()
  await page.getByRole('row').filter({ hasText: 'MUG-BLU' }).click()
  await page.getByTestId('hs-find').press('Enter')
  await page.getByTestId('hs-search').locator('input').fill('steins')
  await page
    .getByTestId('hs-search')
    .getByRole('button', { name: /6912004400/ })
    .press('Enter')
  await expect(page.locator('[data-field="product.national.0.code"]')).toHaveValue('6912004400')
  await page.getByRole('button', { name: 'Save customs facts' }).press('Enter')
  await closeNotices(page)
  expect(await axeViolations(page)).toEqual([])
})

test('a parcel to the US is reckoned by that row, which is named', async () => {
  const mug = (await readStore<StoredOrder>(page, 'caravel-demo', 'orders')).find(
    ({ shipTo, lines, stage }) =>
      shipTo?.country === 'US' && stage !== 'cancelled' && lines.some(({ sku }) => sku === 'MUG-BLU'),
  )
  if (mug === undefined) throw new Error('no order to the US with this mug')
  await openPage(page, `/orders/all?order=${mug.id}`)
  await page.getByTestId('landed-cost').getByRole('button').first().press('Enter')
  await expect(page.getByTestId('tariff-rows')).toContainText('6912004400, 10%')
})

test('a file whose columns nobody knows asks which is what', async () => {
  await openPage(page, '/customs')
  await page.locator('input[accept=".csv,.json,.txt"]').setInputFiles({
    ...{ name: 'zoll.csv', mimeType: 'text/csv' },
    buffer: Buffer.from('Nummer;Text;Zoll\n69120021;Steingut;5 %\n'),
  })
  const take = page.getByRole('button', { name: 'Import', exact: true })
  await expect(take).toBeDisabled()
  await page.locator('[data-field="tariff.code"]').selectOption('0')
  await page.locator('[data-field="tariff.text"]').selectOption('1')
  await page.locator('[data-field="tariff.duty"]').selectOption('2')
  expect(await axeViolations(page)).toEqual([])
  await take.press('Enter')
  await expect(
    page.getByText('Tariff EU: codes 1, duties 1, lines left out 0', { exact: true }),
  ).toBeVisible()
})
