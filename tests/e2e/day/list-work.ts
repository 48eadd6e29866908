import { expect, type Page } from '@playwright/test'
import { DEMO_ORDERS } from '../../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import {
  atGrid,
  goToShip,
  grid,
  hash,
  header,
  leaveOrder,
  marked,
  openFirst,
  rowAt,
  tabTo,
  tabToGrid,
} from '#tests/e2e/day/keys.ts'
import { panel } from '#tests/support/desk-walk.ts'
import { expectFocus, press, readFocus } from '#tests/support/keyboard.ts'

/** The parts of a day that are about lists and figures. */

export async function keepAView(page: Page): Promise<void> {
  await goToShip(page)
  await tabTo(page, 'Country', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(async () => (await readFocus(page)).tag).toBe('input')
  await page.keyboard.type('Germ')
  await expect(page.getByRole('checkbox')).not.toHaveCount(0)
  await press(page, 'ArrowDown Space Escape')
  await expect.poll(() => hash(page)).toContain('country=DE')
  await tabTo(page, 'View')
  await press(page, 'Enter')
  await expect(page.getByRole('textbox', { name: 'Name of a new view' })).toBeFocused()
  await expectFocus(page)
  await page.keyboard.type('Morning round')
  await press(page, 'Enter')
  const tab = page.getByRole('link', { name: /^Morning round/ })
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expectFocus(page)

  await goToShip(page)
  await page.reload()
  await atGrid(page)
  await expect(tab).not.toHaveAttribute('aria-current', 'page')
  await tabTo(page, 'Morning round', 'Shift+Tab')
  await press(page, 'Enter')
  await expect(tab).toHaveAttribute('aria-current', 'page')
  await expect.poll(() => hash(page)).toContain('country=DE')
  await expectFocus(page)
}

export async function arrangeColumns(page: Page): Promise<void> {
  await goToShip(page)
  const columns = () =>
    page
      .locator('[role="columnheader"][data-column]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-column') ?? ''))
  const before = await columns()
  const at = before.indexOf('number')
  const inHead = () => page.evaluate(() => document.activeElement?.hasAttribute('data-head') === true)
  for (let step = 0; step < 4 && !(await inHead()); step++) await press(page, 'Tab')
  for (let step = 0; step < at; step++) await press(page, 'ArrowRight')
  await expect(header(page, 'number').getByRole('button')).toBeFocused()
  await expectFocus(page)
  const width = async () => (await header(page, 'number').boundingBox())?.width ?? 0
  const narrow = await width()
  await press(page, 'Shift+ArrowRight')
  await expect.poll(width).toBeGreaterThan(narrow + 8)
  await press(page, 'Alt+ArrowRight')
  await expect.poll(async () => (await columns()).indexOf('number')).toBe(at + 1)
  await expect(header(page, 'number').getByRole('button')).toBeFocused()
  await expectFocus(page)
}

export async function jumpInAll(page: Page): Promise<void> {
  await tabTo(page, 'All', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(() => hash(page)).toContain('#/orders/all')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(DEMO_ORDERS + 1))
  await tabToGrid(page)
  await press(page, 'End')
  await expect(marked(page)).toHaveAttribute('aria-rowindex', String(DEMO_ORDERS + 1))
  await expect(rowAt(page, DEMO_ORDERS - 1)).toBeVisible()
  const place = async () => Number(await marked(page).getAttribute('aria-rowindex'))
  for (let step = 0; step < 40 && (await place()) > DEMO_ORDERS / 2; step++) await press(page, 'PageUp')
  expect(await place()).toBeGreaterThan(DEMO_ORDERS / 3)
  await expect(marked(page)).toBeInViewport()
  await expect(marked(page)).toContainText(/[A-Z]{2}-\d{5}/)
  await atGrid(page)
}

export async function lookAtInsights(page: Page): Promise<void> {
  await press(page, 'g i')
  await expectFocus(page)
  const row = page.getByTestId('figures-countries').locator('tbody tr')
  const name = (await row.first().locator('th').innerText()).trim()
  const count = (await row.first().locator('td').first().innerText()).trim()
  await tabTo(page, name)
  await press(page, 'Enter')
  await expect(row).toHaveCount(1)
  await expectFocus(page, { tag: 'button', text: name })
  expect(await axeViolations(page)).toEqual([])
  const narrowed = await hash(page)
  await tabTo(page, 'Show these orders', 'Shift+Tab')
  await press(page, 'Enter')
  await expect.poll(() => hash(page)).toContain('#/orders/all')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(Number(count) + 1))
  await atGrid(page)
  await press(page, 'Control+[')
  await expect.poll(() => hash(page)).toBe(narrowed)
  await expect(row).toHaveCount(1)
  await expectFocus(page)
}

export async function lookBack(page: Page, number: string): Promise<void> {
  await press(page, 'g b')
  await expectFocus(page)
  await expect(page.getByRole('main').getByText(number).first()).toBeVisible()
  await openFirst(page, number)
  for (const words of [/^Handed over with/, 'Label sent to the printer', 'Tagged “Gift”', 'Assigned to Mei'])
    await expect(panel(page).getByText(words).first()).toBeAttached()
  await leaveOrder(page)
}
