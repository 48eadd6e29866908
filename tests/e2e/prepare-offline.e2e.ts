import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { Listing } from '#core/listing/listing.ts'
import { newestRatesDay } from '#core/money/rate-days.ts'
import type {
  Activity,
  Connection,
  ListingPicture,
  StockReserve,
  StoredRateSet,
} from '#renderer/data/records.ts'
import { openDemoDesk, runCommand, takePicture } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { cutDemoLine, firstOrder, openOrder, panel } from '#tests/support/desk-walk.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'
import { putRecord, readStore } from '#tests/support/stored.ts'

/** Going without a line on purpose, at the demo's shops: what is taken out of them comes back, and what is needed is here. */

test.describe.configure({ mode: 'serial' })

const DB = 'caravel-demo'
let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-away-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
})
test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const dialog = () => page.getByRole('dialog')
const stored = <T>(store: string) => readStore<T>(page, DB, store)

async function openDialog(): Promise<void> {
  await page.keyboard.press('Control+Shift+O')
  await expect(dialog()).toBeVisible()
}

async function setLook(language: 'en' | 'zh-CN', theme: 'light' | 'dark'): Promise<void> {
  await runCommand(caravel.app, language === 'en' ? 'view.english' : 'view.chinese')
  await runCommand(caravel.app, `view.${theme}`)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
}

/** What the shops themselves say they have, offer by offer: read past everything that is stored here. */
async function stockAtShops(): Promise<Record<string, number>> {
  const connections = await stored<Connection>('connections')
  const listings = await stored<Listing>('listings')
  const answers = await page.evaluate(
    (asked) =>
      Promise.all(
        asked.map(({ connectionId, remoteIds }) =>
          (
            window as unknown as {
              host: Record<string, (input: unknown) => Promise<{ ok: boolean; value: unknown }>>
            }
          ).host['connector.read-listings']!({ connectionId, remoteIds }),
        ),
      ),
    connections.map(({ id }) => ({
      connectionId: id,
      remoteIds: listings.filter(({ connectionId }) => connectionId === id).map(({ remoteId }) => remoteId),
    })),
  )
  const found: Record<string, number> = {}
  answers.forEach((answer, i) => {
    const { listings: read } = answer?.value as { listings: Listing[] }
    for (const { offers } of read)
      for (const { remoteId, stock } of offers)
        if (stock !== null) found[`${connections[i]?.name} ${remoteId}`] = stock
  })
  return found
}

const total = (stocks: Record<string, number>) => Object.values(stocks).reduce((sum, each) => sum + each, 0)

let before: Record<string, number>
let frozen: number

test('prepares with 20 %: every shop gives a share, the pictures are here, and it says until when', async () => {
  test.setTimeout(90_000)
  await expect
    .poll(async () => (await stored<Listing>('listings')).length, { timeout: 30_000 })
    .toBeGreaterThan(0)
  await expect
    .poll(
      async () => (await stored<Connection>('connections')).every((one) => one.catalogue?.lastSuccessAt),
      { timeout: 30_000 },
    )
    .toBe(true)
  before = await stockAtShops()
  expect(total(before)).toBeGreaterThan(0)

  await openDialog()
  await expect(dialog().getByTestId('offline-safety')).toContainText('Fit to work on until')
  await dialog().getByLabel('Stock for this desk, %').fill('95')
  await expect(dialog().getByRole('alert')).toContainText('0 to 90')
  await dialog().getByLabel('Stock for this desk, %').fill('20')
  await dialog().getByRole('button', { name: 'Prepare now' }).click()
  await expect(dialog().getByTestId('offline-report')).toBeVisible({ timeout: 60_000 })

  const report = dialog().getByTestId('offline-report')
  await expect(report).toContainText('Every shop answered')
  await expect(report).toContainText('Nothing waits to be sent')
  await expect(report).toContainText(/Exchange rates of \w+ \d+, \d{4} \(.*\), safe until \w+ \d+, \d{4}/)
  await expect(report).toContainText('No carrier is connected')
  await expect(dialog().getByTestId('offline-safety')).not.toContainText('may be sold twice')

  const reserves = await stored<StockReserve>('reserves')
  frozen = reserves.flatMap(({ offers }) => offers).reduce((sum, { pieces }) => sum + pieces, 0)
  const left = await stockAtShops()
  expect(frozen).toBeGreaterThan(0)
  expect(total(before) - total(left)).toBe(frozen)
  for (const [offer, stock] of Object.entries(before))
    expect(left[offer] ?? 0).toBeGreaterThanOrEqual(stock * 0.8)
  const pictures = await stored<ListingPicture>('pictures')
  const wanted = (await stored<Listing>('listings')).filter(({ pictureUrl }) => pictureUrl !== '')
  expect(pictures.length).toBe(wanted.length)
  const sets = await stored<StoredRateSet>('rateSets')
  expect(sets.length).toBeGreaterThan(55)
  expect(sets.every(({ source, from }) => source === 'demo' && from === 'line')).toBe(true)
  expect(
    sets
      .map(({ date }) => date)
      .sort()
      .at(-1),
  ).toBe(newestRatesDay(Date.now()))
})

test('does nothing twice', async () => {
  await dialog().getByRole('button', { name: 'Prepare again' }).click()
  await expect(dialog().getByTestId('offline-report')).toBeHidden()
  await expect(dialog().getByTestId('offline-report')).toBeVisible({ timeout: 60_000 })
  expect(total(before) - total(await stockAtShops())).toBe(frozen)
  await page.keyboard.press('Escape')
  await expect(dialog()).toBeHidden()
})

test('without a line the pictures show, the pill says until when, and work goes on', async () => {
  test.setTimeout(90_000)
  await cutDemoLine(page)
  await expect(page.getByTestId('connection-pill')).toContainText('data safe until')
  await openDialog()
  const pictures = dialog().getByTestId('listing-picture')
  await expect(pictures.first()).toBeVisible()
  const widths = await pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth))
  expect(widths.length).toBeGreaterThan(3)
  expect(Math.min(...widths)).toBeGreaterThan(0)
  const sources = await pictures.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).src))
  expect(sources.every((src) => src.startsWith('blob:'))).toBe(true)
  await page.keyboard.press('Escape')

  const number = await firstOrder(page, 'to_ship')
  await openOrder(page, number)
  await page.keyboard.press('n')
  await panel(page).getByRole('textbox', { name: 'Note' }).fill('packed on the train')
  await page.keyboard.press('Control+Enter')
  await expect(panel(page)).toContainText('packed on the train')
})

for (const [language, theme] of [
  ['en', 'light'],
  ['en', 'dark'],
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`reads well: ${language}, ${theme}`, async () => {
    await setLook(language, theme)
    await openDialog()
    await expect(dialog().getByTestId('offline-report')).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await takePicture(page, test.info().outputPath(`offline-${language}-${theme}.png`))
    await page.keyboard.press('Escape')
  })

test('back online the shops have what they had', async () => {
  test.setTimeout(90_000)
  await setLook('en', 'light')
  await page.evaluate(() =>
    (window as unknown as { host: Record<string, (input: unknown) => Promise<unknown>> }).host[
      'demo.set-line'
    ]?.({
      online: true,
    }),
  )
  await openDialog()
  await dialog().getByRole('button', { name: 'Back online' }).click()
  await expect(dialog()).toBeHidden({ timeout: 60_000 })
  expect(await stored<StockReserve>('reserves')).toEqual([])
  await expect.poll(stockAtShops, { timeout: 30_000 }).toEqual(before)
  await openDialog()
  await expect(dialog().getByTestId('offline-report')).toBeHidden()
  await expect(dialog().getByRole('button', { name: 'Back online' })).toBeHidden()
  await page.keyboard.press('Escape')
})

/** As a restored file leaves them (tests/repositories/copied-reserves.test.ts): here only what a person sees and decides. */
test('frozen stock of a file is asked about, and nothing moves before the answer', async () => {
  test.setTimeout(90_000)
  const [listing] = await stored<Listing>('listings')
  if (listing === undefined) throw new Error('no listing')
  const { id: listingId, connectionId, remoteId } = listing
  const offers = [{ offerRemoteId: listing.offers[0]?.remoteId, pieces: 3 }]
  const copiedAt = Date.now() - 5 * 86_400_000
  const value = { copiedAt, reserves: [{ listingId, connectionId, remoteId, offers, since: copiedAt }] }
  const ask = async () => {
    await putRecord(page, DB, 'settings', { key: 'copied-reserves', value })
    await page.reload()
    const bar = page.locator('[data-testid="health-bar"][data-kind="stock-in-doubt"]')
    await expect(bar).toContainText('Frozen stock of 1 listing comes from a file written 5 days ago', {
      timeout: 30_000,
    })
    await bar.getByRole('button', { name: 'Decide' }).click()
    await expect(dialog().getByTestId('copied-stock')).toContainText('3 pieces of 1 listing')
  }
  await ask()
  expect(await axeViolations(page)).toEqual([])
  await takePicture(page, test.info().outputPath('copied-stock.png'))
  await expect(dialog().getByRole('button', { name: 'Back online' })).toBeHidden()
  await dialog().getByRole('button', { name: 'They were given back' }).click()
  await expect(dialog().getByTestId('copied-stock')).toBeHidden()
  expect(await stored<StockReserve>('reserves')).toEqual([])
  await page.keyboard.press('Escape')

  await ask()
  await dialog().getByRole('button', { name: 'They are still out' }).click()
  await expect(dialog().getByRole('button', { name: 'Back online' })).toBeVisible()
  expect(await stored<StockReserve>('reserves')).toMatchObject([{ listingId, offers }])
  expect(await stockAtShops()).toEqual(before)
  const whats = (await stored<Activity>('activity')).map(({ what }) => what)
  expect(whats).toEqual(expect.arrayContaining(['reserve-forgotten', 'reserve-taken-over']))
  await page.keyboard.press('Escape')
})
