import { expect, type Page } from '@playwright/test'
import { axeViolations } from '#tests/e2e/axe.ts'
import {
  answer,
  atGrid,
  bar,
  countOfRows,
  goToShip,
  grid,
  hash,
  leaveOrder,
  marked,
  numberIn,
  openFirst,
  orders,
  tabTo,
  tabToGrid,
} from '#tests/e2e/day/keys.ts'
import { panel } from '#tests/support/desk-walk.ts'
import { expectFocus, press, readFocus } from '#tests/support/keyboard.ts'

/** The parts of a day that are about orders. */

export async function lookAtWhatIsLate(page: Page): Promise<void> {
  await goToShip(page)
  const all = await countOfRows(page)
  await tabTo(page, 'Clock', 'Shift+Tab')
  await press(page, 'Enter')
  const late = page.getByRole('checkbox', { name: /^Late/ }).first()
  await expect(late).toBeVisible()
  for (let step = 0; step < 5 && !(await late.evaluate((box) => box === document.activeElement)); step++)
    await press(page, 'ArrowDown')
  await expect(late).toBeFocused()
  await expectFocus(page)
  await press(page, 'Space Escape')
  await expectFocus(page, { tag: 'button' })
  await expect.poll(() => hash(page)).toContain('clock=late')
  await expect.poll(() => countOfRows(page)).toBeLessThan(all)
  expect(await countOfRows(page)).toBeGreaterThan(0)
  expect(await axeViolations(page)).toEqual([])
  await tabTo(page, 'Clear all')
  await press(page, 'Enter')
  await expect.poll(() => countOfRows(page)).toBe(all)
  await expectFocus(page)
}

const FACTS: Record<string, string> = {
  description: 'Cotton scarf',
  hs6: '621420',
  origin: 'CN',
  unitNetGrams: '180',
}

export async function fixCustomsFacts(page: Page): Promise<void> {
  const wanted = new Set(
    (await orders(page))
      .filter((order) => order.blocked === 'customs-incomplete' && order.lines.length === 1)
      .map(({ number }) => number),
  )
  await press(page, 'g x')
  await atGrid(page)
  await tabTo(page, 'Customs facts', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(() => hash(page)).toContain('blocked=customs-incomplete')
  await tabToGrid(page)
  await press(page, 'Home')
  while (!wanted.has(numberIn(await marked(page).innerText()))) await press(page, 'j')
  const number = numberIn(await marked(page).innerText())
  await tabTo(page, `Fix order ${number}`)
  await press(page, 'Enter')
  await expect.poll(async () => (await readFocus(page)).field).toMatch(/^lines\.0\.customs\./)
  for (const [name, value] of Object.entries(FACTS)) {
    const field = panel(page).locator(`[data-field="lines.0.customs.${name}"]`)
    for (let step = 0; step < 12 && !(await field.evaluate((at) => at === document.activeElement)); step++)
      await press(page, name === 'description' ? 'Shift+Tab' : 'Tab')
    await expect(field).toBeFocused()
    await expectFocus(page)
    await press(page, 'Control+a')
    await page.keyboard.type(value)
  }
  await press(page, 'Enter')
  await expect(page.getByText(/^Customs facts of .* saved/).first()).toBeVisible()
  await expectFocus(page)
  await expect
    .poll(async () => (await orders(page)).find((order) => order.number === number)?.blocked ?? null)
    .toBe(null)
  await leaveOrder(page)
}

export async function searchAndLook(page: Page): Promise<string> {
  const german = (await orders(page)).filter(
    (order) => order.stage === 'to_ship' && !order.blocked && order.shipTo?.country === 'DE',
  )
  const [sku = ''] = german.map(({ lines }) => lines[0]?.sku ?? '')
  const number = await openFirst(page, `country:DE is:to_ship sku:${sku}`)
  const place = page.getByTestId('order-place')
  await expect(page.getByText(/^\d+ orders? found$/)).toBeVisible()
  await expect(marked(page)).toContainText(number)
  await press(page, 'Escape')
  await atGrid(page)
  // Out of the box: closed, cleared, left for the list.
  await press(page, '/')
  await expectFocus(page, { tag: 'input' })
  await press(page, 'Escape Escape')
  await expect.poll(() => hash(page)).not.toContain('q=')
  await press(page, 'Escape')
  await atGrid(page)
  await goToShip(page)
  await press(page, 'Home Enter')
  await expect(place).toHaveText(/^1 of/)
  await press(page, 'j')
  await expect(place).toHaveText(/^2 of/)
  await expectFocus(page)
  await press(page, 'f')
  await expect.poll(() => hash(page)).toContain('full=1')
  await expectFocus(page)
  await press(page, 'j')
  await expect(place).toHaveText(/^3 of/)
  await expectFocus(page)
  await press(page, 'k')
  await expect(place).toHaveText(/^2 of/)
  await expectFocus(page)
  await press(page, 'f')
  await expect.poll(() => hash(page)).not.toContain('full=1')
  await expectFocus(page)
  await leaveOrder(page)
  return number
}

export async function assignAndTag(page: Page, number: string): Promise<void> {
  await openFirst(page, number)
  await press(page, 'a')
  await answer(page, 'Mei')
  await expect(panel(page).getByText('Mei', { exact: true })).toBeVisible()
  await press(page, 't')
  await answer(page, 'Gift')
  await expect(panel(page).getByText('Gift', { exact: true })).toBeVisible()
  await leaveOrder(page)
}

export async function tagARange(page: Page): Promise<void> {
  await goToShip(page)
  await press(page, 'Home Shift+ArrowDown Shift+ArrowDown Shift+ArrowDown')
  await expect(bar(page)).toContainText('4 selected')
  await press(page, 't')
  await answer(page, 'Morning')
  await expect(page.getByText('Tag “Morning”: 4 orders changed').first()).toBeVisible()
  await press(page, 'z')
  await expect(page.getByText('Tag “Morning”: 4 taken back').first()).toBeVisible()
  expect((await orders(page)).filter(({ tags }) => tags?.includes('Morning'))).toEqual([])
  await press(page, 'Escape')
  await expect(bar(page)).toBeHidden()
  await atGrid(page)
}

export async function parkAndBringBack(page: Page): Promise<void> {
  await press(page, 'Home j')
  const number = numberIn(await marked(page).innerText())
  await press(page, 'b')
  await expect(page.getByTestId('bulk-dialog')).toBeVisible()
  await expectFocus(page)
  await tabTo(page, 'Park 1 order')
  await press(page, 'Enter')
  await expect(page.getByTestId('bulk-dialog')).toBeHidden()
  await expectFocus(page)
  await expect(grid(page).getByText(number)).toHaveCount(0)
  await tabTo(page, 'Parked', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(() => hash(page)).toContain('#/orders/parked')
  await expect(grid(page).getByText(number)).toBeVisible()
  await tabToGrid(page)
  await press(page, 'Home')
  while (numberIn(await marked(page).innerText()) !== number) await press(page, 'j')
  await press(page, 'B')
  await expectFocus(page, { tag: 'button', text: 'Bring 1 order back' })
  await press(page, 'Enter')
  await expect(page.getByTestId('bulk-dialog')).toBeHidden()
  await expect
    .poll(async () => (await orders(page)).find((order) => order.number === number)?.parked)
    .toBe(undefined)
  await expectFocus(page)
}

export async function send(page: Page, number: string): Promise<void> {
  await openFirst(page, number)
  await press(page, 'l')
  await expectFocus(page, { field: 'grossGrams' })
  await page.keyboard.type('1900')
  await press(page, 'Enter')
  await expect(page.getByTestId('tracking-number')).toBeVisible({ timeout: 20_000 })
  await expectFocus(page)
  await press(page, 'p')
  await expect(page.getByText('Label sent to').first()).toBeVisible({ timeout: 20_000 })
  await expectFocus(page)
  await press(page, 'o')
  await expect(panel(page).getByText('Handed over').first()).toBeVisible()
  await expectFocus(page)
  expect(await axeViolations(page)).toEqual([])
  await leaveOrder(page)
}
