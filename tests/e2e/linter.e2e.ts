import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import type { Order } from '#core/order/order.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { cutDemoLine, openPage } from '#tests/support/desk-walk.ts'
import { FAULTY_ORDERS, NOWHERE, VAGUE, writeFaultyShop } from '#tests/support/faulty-shop.ts'
import { press, readFocus } from '#tests/support/keyboard.ts'
import { launchApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'

/** A seller mends twenty faulty orders with the linter alone and the keyboard alone, with a line and without one. */

/** What a seller knows, by the field that the linter opens. */
const KNOWN: Readonly<Record<string, string>> = {
  'product.description': 'Cotton cap, adult',
  'product.hs6': '650500',
  'product.origin': 'CN',
  'product.unitNetGrams': '120',
  'product.unitValue': '12.90',
}
const PLACE: Readonly<Record<string, string>> = {
  'HH-115 shipTo.postcode': '10115',
  'HH-116 shipTo.postcode': '75003',
  'HH-117 shipTo.city': 'London',
  'HH-119 shipTo.postcode': '150-0001',
}

const kinds = (page: Page) => page.getByRole('grid', { name: 'Findings' }).getByRole('row')
const stopping = (page: Page) => kinds(page).filter({ hasText: 'Stops the parcel' })
const panel = (page: Page) => page.getByRole('complementary')
const findings = (page: Page) => page.getByRole('heading', { name: 'Findings', level: 1 })

for (const line of ['up', 'cut'] as const)
  test(`twenty faulty orders are ready to ship, the line ${line}`, async () => {
    test.setTimeout(300_000)
    const profile = await mkdtemp(path.join(tmpdir(), 'caravel-linter-'))
    writeFaultyShop(profile, Date.now())
    const caravel = await launchApp({ userDataDir: profile, args: ['--demo'] })
    const { page } = caravel
    try {
      await expect(page.getByTestId('queue-all')).toContainText(String(FAULTY_ORDERS), { timeout: 60_000 })
      await spoil(page)
      await expect(page.getByTestId('queue-blocked')).toContainText(String(FAULTY_ORDERS))
      if (line === 'cut') await loseLine(page)
      await mendAll(page)
      const orders = await readStore<Order>(page, 'caravel-demo', 'orders')
      expect(orders.map(({ number, blocked }) => ({ number, blocked }))).toEqual(
        orders.map(({ number }) => ({ number, blocked: null })),
      )
      expect(orders).toHaveLength(FAULTY_ORDERS)
      await letPass(page)
    } finally {
      await caravel.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    }
  })

/** Somebody wrote wrong facts before: words that say nothing, a chapter that there is not, no country of this world. */
async function spoil(page: Page): Promise<void> {
  const wrong: [string, Record<string, string>][] = [
    [VAGUE, { description: 'Gift', hs6: '770000' }],
    [NOWHERE, { origin: 'XX', unitNetGrams: '' }],
  ]
  for (const [sku, facts] of wrong) {
    await openPage(page, '/customs')
    await page.getByRole('button', { name: /All products/ }).press('Enter')
    await page.getByRole('row').filter({ hasText: sku }).dblclick()
    for (const [field, value] of Object.entries(facts))
      await panel(page).locator(`[data-field="product.${field}"]`).fill(value)
    await page.keyboard.press('Enter')
    await expect(page.getByText(new RegExp(`Customs facts of ${sku} saved`)).first()).toBeVisible()
  }
  await openPage(page, '/orders/blocked')
}

/** The list says how old it is, and its rows stay where a person points at them. */
async function loseLine(page: Page): Promise<void> {
  const row = page.getByRole('row').nth(1)
  const before = await row.boundingBox()
  await cutDemoLine(page)
  await expect(page.getByText(/orders are as of then/)).toBeVisible()
  expect(await row.boundingBox()).toEqual(before)
}

/** From the first finding that stops a parcel to the last: what the linter opens is typed in, Enter, and on to the next. */
async function mendAll(page: Page): Promise<void> {
  await press(page, 'g u')
  await page.getByTestId('customs-findings').press('Enter')
  await expect(findings(page)).toBeVisible()
  await expect(stopping(page).first()).toBeVisible()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('grid', { name: 'Findings' }).press('j')
  await page.keyboard.press('Enter')
  for (let step = 0; (await stopping(page).count()) > 0; step++) {
    expect(step, 'steps that mend nothing').toBeLessThan(60)
    const isDone = async () => (await stopping(page).count()) === 0
    const asks = async () => (await isDone()) || (await readFocus(page)).field !== ''
    await expect.poll(asks, { timeout: 15_000 }).toBe(true)
    if (await isDone()) break
    if (step === 0) expect(await axeViolations(page)).toEqual([])
    const { field, place } = await readPlace(page)
    const value = KNOWN[field] ?? PLACE[`${place} ${field}`]
    expect(value, `nothing is known for ${field} of ${place}`).toBeDefined()
    await page.keyboard.press('Control+a')
    await page.keyboard.type(value ?? '')
    await page.keyboard.press('Enter')
    // The next place, or the next kind, or nothing that stops a parcel.
    await expect(
      panel(page).locator(`[data-place="${place}"]:has(form)`).locator(`[data-field="${field}"]:focus`),
    ).toHaveCount(0)
  }
  await expect(page.getByText(`${FAULTY_ORDERS} of ${FAULTY_ORDERS} open orders ready`)).toBeVisible()
}

/** The field with the cursor and the place that it is of, at one and the same moment: others may come before it. */
function readPlace(page: Page): Promise<{ field: string; place: string }> {
  return page.evaluate(() => {
    const at = document.activeElement
    const read = (name: string) => at?.closest(`[${name}]`)?.getAttribute(name) ?? ''
    return { field: read('data-field'), place: read('data-place') }
  })
}

/** A warning is let pass on all its orders for a reason, which every order shows; one key takes it back. */
async function letPass(page: Page): Promise<void> {
  const text = 'Name has no Latin form, which carriers and customs need'
  const row = kinds(page).filter({ hasText: text })
  await expect(row).toBeVisible()
  while (!(await panel(page).getByRole('heading', { name: text }).isVisible())) {
    await press(page, 'Escape Escape')
    await page.keyboard.press('.')
  }
  await panel(page)
    .getByRole('button', { name: /^Let pass on/ })
    .press('Enter')
  await page.keyboard.type('The post reads kanji')
  await page.keyboard.press('Enter')
  await expect(row).toHaveCount(0)
  await press(page, 'Escape')
  await openPage(page, '/orders/to_ship')
  await page.getByRole('row').filter({ hasText: 'HH-119' }).dblclick()
  await expect(panel(page).getByText('“The post reads kanji”')).toBeVisible()
  await panel(page)
    .getByRole('button', { name: `Count again: ${text}` })
    .press('Enter')
  await expect(panel(page).getByText('“The post reads kanji”')).toHaveCount(0)
}
