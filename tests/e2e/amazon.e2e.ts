import { expect, test } from '#tests/support/app-test.ts'
import { makeS10 } from '#core/shipping/s10.ts'
import { keepEveryLook } from '#tests/e2e/keep-pictures.ts'
import { SKIPPED, specsFolder } from '#tests/contracts/specs-folder.ts'
import {
  choosePassphrase,
  completeCustoms,
  fillSender,
  handOver,
  importNumbers,
  listRows,
  makeLabel,
  openOrder,
  openPage,
  printLabel,
} from '#tests/support/desk-walk.ts'
import { startFaultProxy, type FaultProxy } from '#tests/support/fault-proxy.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'
import { startFakeAmazon, type FakeAmazon } from '../fakes/amazon/account-server.ts'
import { createAccount, type FakeAccount } from '../fakes/amazon/account-state.ts'
import { placeListing, priceIn, quantityOf, titleIn } from '../fakes/amazon/listings-state.ts'
import { placeOrder } from '../fakes/amazon/make-orders.ts'
import { startModelsGate, type ModelsGate } from '../peers/amazon-models/models.ts'

/**
 * A seller's Amazon account: connected through a gateway, 250 orders pulled with a 429 in between, a listing changed in two languages, two
 * marketplaces and its stock, a parcel told with its answer lost, many prices as one feed. Where the official models are at hand, every call is held to them.
 */

const ORDERS = 250
const [DE, GB] = ['A1PA6795UKMFR9', 'A1F83G8C2ARO7P'] as const
const MODELS = [
  ...(['orders_2026-01-01', 'ordersV0', 'sellers', 'listingsItems_2021-08-01'] as const),
  ...(['definitionsProductTypes_2020-09-01', 'feeds_2021-06-30'] as const),
]
/** Enough of them for a feed. */
const PLATES = Array.from({ length: 21 }, (_, n) => `PLATE-${String(n + 1).padStart(2, '0')}`)

test.describe.configure({ mode: 'serial' })

let fake: FakeAmazon
let gate: ModelsGate | null = null
let proxy: FaultProxy
let caravel: LaunchedApp

test.beforeAll(async () => {
  test.setTimeout(120_000)
  let clock = Date.now() - 3_600_000
  const account = createAccount({ now: () => clock })
  // This account's own plan lets it search once a second.
  fake = await startFakeAmazon(account, { rates: { SearchOrders: 1 } })
  for (let n = 0; n < ORDERS; n += 1) {
    clock += 1_000
    placeOrder(account)
  }
  fillListings(account)
  account.now = Date.now
  if (specsFolder) gate = await startModelsGate(MODELS, fake.baseUrl)
  proxy = await startFaultProxy(gate?.baseUrl ?? fake.baseUrl)
  account.definitions.storageUrl = proxy.baseUrl
  caravel = await launchApp()
})

test.afterAll(async () => {
  await caravel.close()
  await proxy.stop()
  await gate?.stop()
  await fake.stop()
})

/** A mug in two marketplaces, with bullet points, a sale and a price for businesses that must stay; and other things. */
function fillListings(account: FakeAccount): void {
  const prices = { [DE]: { currency: 'EUR', amount: 19.99 }, [GB]: { currency: 'GBP', amount: 17.5 } }
  const titles = {
    de_DE: { title: 'Becher', marketplaceId: DE },
    en_GB: { title: 'Mug', marketplaceId: GB },
  }
  placeListing(account, { sku: 'MUG-01', prices, titles, quantity: 20 })
  placeListing(account, { sku: 'BOX-03', prices, titles: {}, quantity: null })
  for (const sku of PLATES)
    placeListing(account, {
      ...{ sku, prices, quantity: 5, isPlain: true },
      titles: { de_DE: { title: `Teller ${sku}`, marketplaceId: DE } },
    })
}

const storedOrders = () => readStore<{ number: string; stage: string }>(caravel.page, 'caravel', 'orders')
const searches = () => proxy.log.filter(({ path }) => path.startsWith('/orders/2026-01-01/orders?'))

test(`connected through a gateway; what is wrong stands at its field${SKIPPED}`, async () => {
  const { page } = caravel
  const { clientId, clientSecret, refreshToken } = fake.keys
  await page.getByRole('button', { name: 'Connect a shop' }).click()
  await page.getByTestId('shop-system').selectOption('amazon')
  await expect(page.getByText('Direct-to-Consumer Delivery').first()).toBeVisible()
  await page.getByLabel('Client ID', { exact: true }).fill(clientId)
  await page.getByLabel('Client secret', { exact: true }).fill(clientSecret)
  const token = page.getByLabel('Refresh token', { exact: true })
  await token.fill('Atzr|withdrawn')
  await page.getByLabel('Seller ID (optional)').fill(fake.account.sellerId)
  await page.getByLabel('Address of the gateway').fill(proxy.baseUrl)
  await page.getByLabel('Address for tokens').fill(`${proxy.baseUrl}/auth/o2/token`)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await choosePassphrase(page, page.getByRole('alert').first())
  await expect(token).toHaveAccessibleDescription(/authorisation was withdrawn/, { timeout: 20_000 })
  await expect(token).toBeFocused()

  proxy.plan({
    match: ({ path }) => path.startsWith('/orders/2026-01-01/orders?') && searches().length === 2,
    fault: { kind: 'status', status: 429 },
  })
  await token.fill(refreshToken)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  // What the account sells in is known once it was tested.
  const boxes = page.getByRole('group', { name: 'Marketplaces of the account' })
  await expect(boxes.getByRole('checkbox')).toHaveCount(3, { timeout: 20_000 })
  await expect(boxes.getByRole('checkbox').first()).toBeFocused()
  await boxes.getByRole('checkbox', { name: 'France' }).press('Space')
  await page.getByRole('button', { name: 'Test and connect' }).press('Enter')
  await expect(page.getByText(/Lantern Row.* is connected/).first()).toBeVisible({ timeout: 20_000 })
  const settings = await readStore<{ key: string; value: { retentionDays?: number } }>(
    page,
    'caravel',
    'settings',
  )
  expect(settings.find(({ key }) => key === 'desk')?.value.retentionDays).toBe(30)
})

test('each of its orders is pulled once, over several pages and a 429', async () => {
  await expect.poll(async () => (await storedOrders()).length, { timeout: 60_000 }).toBe(ORDERS)
  const numbers = (await storedOrders()).map(({ number }) => number).sort()
  expect(numbers).toEqual([...fake.account.orders.keys()].sort())
  expect(searches().filter(({ clientStatus }) => clientStatus === 429)).toHaveLength(1)
  expect(fake.calls.filter((name) => name === 'SearchOrders')).toHaveLength(3)
})

test('a listing is changed where only reading is allowed, checked with Amazon, and sent: Amazon has exactly that', async () => {
  const { page } = caravel
  // They are read after the orders.
  await expect
    .poll(async () => (await readStore(page, 'caravel', 'listings')).length, { timeout: 60_000 })
    .toBe(fake.account.listings.bySku.size)
  await openPage(page, '/channels')
  await page.getByRole('button', { name: 'Read only' }).click()
  await openPage(page, '/listings/all')
  await listRows(page).filter({ hasText: 'Becher' }).click()
  const panel = page.getByRole('complementary', { name: 'Listing details' })
  const set = async (label: string, value: string) => {
    const field = panel.getByLabel(label, { exact: true })
    await field.fill(value)
    await field.press('Enter')
  }
  await set('Title', 'Becher aus Steinzeug')
  await panel.getByRole('tab', { name: 'British English' }).click()
  await panel.getByLabel('Title', { exact: true }).fill('Stoneware mug!! '.repeat(14))
  // The press keeps the title, and what is wrong with it comes under it: the button moves while it is held.
  await panel.getByTestId('check-listing').click({ delay: 300 })
  await expect(panel.getByText("'item_name' has excess punctuation.")).toBeVisible()
  await expect(panel.getByText('item_name · British English · GB').first()).toBeVisible()
  await set('Title', 'Stoneware mug')
  await expect(panel.getByText("'item_name' has excess punctuation.")).toBeHidden()
  await panel.getByTestId('check-listing').click()
  await expect(panel.getByTestId('check-verdict')).toContainText('would take it')
  await set('Price of MUG-01 in DE EUR', '21.49')
  await set('Price of MUG-01 in GB GBP', '18.00')
  await set('Stock of MUG-01', '18')
  const { effects, bySku } = fake.account.listings
  expect(effects).toEqual([])

  // Without a line the rules of the product type hold, which were read once for each marketplace.
  await proxy.cut('refuse')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Type a command' }).fill('Sync')
  await page.keyboard.press('Enter')
  await expect(panel.getByTestId('check-listing')).toBeDisabled({ timeout: 20_000 })
  await expect(panel.getByText('cannot be asked while offline')).toBeVisible()
  await set('Title', 'Stoneware mug '.repeat(15))
  await expect(panel.getByText('210 characters, at most 200 are allowed')).toBeVisible()
  await expect(panel.getByTestId('rules-verdict')).toContainText('Breaks')
  await set('Price of MUG-01 in DE EUR', '60000')
  await expect(panel.getByText('At most 50,000 EUR is allowed')).toBeVisible()
  await set('Title', 'Stoneware mug')
  await set('Price of MUG-01 in DE EUR', '21.49')
  await expect(panel.getByTestId('rules-verdict')).toContainText('Keeps')
  await expect(panel.getByTestId('rule-findings')).toHaveCount(0)
  await proxy.heal()
  expect(fake.calls.filter((name) => name === 'Document')).toHaveLength(2)

  // Amazon accepts what it does not show yet.
  fake.account.listings.delayMs = 1_000
  await openPage(page, '/channels')
  await page.getByRole('button', { name: 'Allow changes' }).click()
  await page.getByRole('button', { name: 'Allow changes' }).last().click()
  await expect.poll(() => effects.length, { timeout: 30_000 }).toBe(5)
  await expect(async () => {
    await page.getByRole('button', { name: 'Sync now' }).click()
    const rows = await readStore(page, 'caravel', 'outbox')
    expect(rows).toEqual([])
  }).toPass({ timeout: 30_000, intervals: [1_500] })
  const mug = bySku.get('MUG-01')!
  expect(['de_DE', 'en_GB'].map((tag) => titleIn(mug, tag))).toEqual([
    'Becher aus Steinzeug',
    'Stoneware mug',
  ])
  expect([priceIn(mug, DE), priceIn(mug, GB), quantityOf(mug)]).toEqual([21.49, 18, 18])
  expect(mug.attributes.get('bullet_point')).toHaveLength(2)
})

test('a parcel is told once, although the answer was lost', async () => {
  const { page } = caravel
  const [order] = [...fake.account.orders.values()]
  await fillSender(page)
  const [from, to] = [makeS10('RR', 47312482, 'CN'), makeS10('RR', 47312581, 'CN')]
  await importNumbers(page, { service: 'Registered packet', from, to })
  await openOrder(page, order!.id)
  await completeCustoms(page, () => ({
    ...{ description: 'Ceramic mug, stoneware', hs6: '691200', origin: 'CN', unitNetGrams: '150' },
  }))
  const number = await makeLabel(page, 300)
  await printLabel(page)
  proxy.plan({ match: ({ path }) => path.endsWith('/shipmentConfirmation'), fault: { kind: 'drop-answer' } })
  await handOver(page)
  await expect.poll(() => order!.packages.length, { timeout: 20_000 }).toBe(1)
  await openPage(page, '/channels')
  // Amazon is asked by itself whether it arrived.
  await expect
    .poll(async () => readStore<{ state: string }>(page, 'caravel', 'outbox'), { timeout: 60_000 })
    .toEqual([])
  await expect
    .poll(async () => (await storedOrders()).find((each) => each.number === order!.id)?.stage, {
      timeout: 60_000,
    })
    .toBe('shipped')
  expect(order).toMatchObject({
    status: 'SHIPPED',
    packages: [{ trackingNumber: number, carrier: expect.any(String) }],
  })
  expect(fake.calls.filter((name) => name === 'ConfirmShipment')).toHaveLength(1)
  expect([...(gate?.violations ?? []), ...fake.violations]).toEqual([])
})

test('many prices go as one feed; what its report refuses is said in Amazon’s words', async () => {
  test.setTimeout(180_000)
  const { page } = caravel
  const patches = () => fake.calls.filter((name) => name === 'PatchListingsItem').length
  const before = patches()
  await openPage(page, '/channels')
  await page.getByRole('button', { name: 'Read only' }).click()
  await openPage(page, '/listings/all')
  const [dear = ''] = PLATES
  for (const sku of PLATES) {
    await listRows(page)
      .filter({ hasText: `Teller ${sku}` })
      .click()
    const field = page.getByLabel(`Price of ${sku} in DE EUR`)
    await field.fill(sku === dear ? '150000' : '24')
    await field.press('Enter')
    await expect(field).toHaveValue(sku === dear ? '150000.00' : '24.00')
  }
  fake.account.feeds.delayMs = 1_000
  await openPage(page, '/channels')
  await page.getByRole('button', { name: 'Allow changes' }).click()
  await page.getByRole('button', { name: 'Allow changes' }).last().click()
  await expect.poll(() => fake.account.feeds.byId.size, { timeout: 30_000 }).toBe(1)
  const rows = () =>
    readStore<{ state: string; batch?: unknown; entityLabel: string }>(page, 'caravel', 'outbox')
  const feedId = [...fake.account.feeds.byId.keys()][0] ?? ''
  await expect
    .poll(async () =>
      (await rows()).map(({ batch }) => (batch as { remoteId?: string } | undefined)?.remoteId),
    )
    .toEqual(PLATES.map(() => feedId))
  await openPage(page, '/outbox')
  await listRows(page).first().click()
  await expect(page.getByText(`Part of batch ${feedId}`)).toBeVisible()
  await keepEveryLook(caravel, 'outbox batch')

  // The report is asked for after a quarter of a minute, and then what it does not refuse waits for a reading.
  await expect
    .poll(async () => (await rows()).filter(({ state }) => state === 'needs-attention').length, {
      timeout: 90_000,
    })
    .toBe(1)
  await expect(async () => {
    await page.keyboard.press('Control+Shift+S')
    expect((await rows()).map(({ state }) => state)).toEqual(['needs-attention'])
  }).toPass({ timeout: 30_000, intervals: [1_500] })
  await listRows(page).first().click()
  await expect(page.getByText('The price is too high.').first()).toBeVisible()
  await keepEveryLook(caravel, 'outbox refused price')
  const { bySku } = fake.account.listings
  expect(PLATES.map((sku) => priceIn(bySku.get(sku)!, DE))).toEqual([19.99, ...Array<number>(20).fill(24)])
  expect(patches()).toBe(before)
  expect([...(gate?.violations ?? []), ...fake.violations]).toEqual([])
})
