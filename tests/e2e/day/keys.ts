import { expect, type Page } from '@playwright/test'
import type { Order } from '#core/order/order.ts'
import { panel } from '#tests/support/desk-walk.ts'
import { expectFocus, press, readFocus } from '#tests/support/keyboard.ts'
import { readStore } from '#tests/support/stored.ts'

/** How a person who has no mouse gets about on the desk. */

export const grid = (page: Page) => page.locator('main [role="grid"]')
export const rowAt = (page: Page, place: number) =>
  grid(page).locator(`[role="row"][aria-rowindex="${place + 2}"]`)
export const marked = (page: Page) => grid(page).locator('[role="row"].bg-selected')
export const header = (page: Page, column: string) =>
  page.locator(`[role="columnheader"][data-column="${column}"]`)
export const hash = (page: Page) => page.evaluate(() => decodeURIComponent(location.hash))
export const orders = (page: Page) => readStore<Order>(page, 'caravel-demo', 'orders')
export const numberIn = (text: string) => /[A-Z]{2}-\d{5}/.exec(text)?.[0] ?? ''
export const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected orders' })
export const atGrid = (page: Page) => expectFocus(page, { role: 'grid' })

/** Goes on with Tab (or back) until the focus is on what begins with `words`. */
export async function tabTo(page: Page, words: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press(key)
    const focus = await readFocus(page)
    if (focus.text.trim().startsWith(words)) return expectFocus(page)
  }
  throw new Error(`The keyboard does not come to “${words}”`)
}

/** To the list, from wherever the keyboard is on its page. */
export async function tabToGrid(page: Page): Promise<void> {
  for (let step = 0; step < 60 && (await readFocus(page)).role !== 'grid'; step++)
    await page.keyboard.press('Tab')
  await atGrid(page)
}

export async function countOfRows(page: Page): Promise<number> {
  return Number(await grid(page).getAttribute('aria-rowcount')) - 1
}

/** To the first list, all of it. */
export async function goToShip(page: Page): Promise<void> {
  await press(page, 'g o')
  const tab = page.getByTestId('queue-to_ship')
  await expect(tab).toHaveAttribute('aria-current', 'page')
  const count = Number(/\d+/.exec(await tab.innerText())?.[0])
  await expect.poll(() => countOfRows(page)).toBe(count)
  await tabToGrid(page)
}

/** Searches and opens the first order that fits. */
export async function openFirst(page: Page, text: string): Promise<string> {
  await press(page, '/ Control+a')
  await expectFocus(page, { tag: 'input' })
  await page.keyboard.type(text)
  const option = page.getByRole('listbox', { name: 'Search results and help' }).getByRole('option').first()
  await expect(page.getByTestId('search-popup').getByRole('status')).toHaveText(/^\d+ orders? fits?$/)
  const number = numberIn(await option.innerText())
  await press(page, 'ArrowDown')
  await expect(option).toHaveAttribute('aria-selected', 'true')
  await press(page, 'Enter')
  await expect(panel(page).getByRole('heading', { name: number }).first()).toBeVisible()
  await expectFocus(page)
  return number
}

/** Closes the order that is open, and the search; the keyboard is in the list. */
export async function leaveOrder(page: Page): Promise<void> {
  for (let step = 0; step < 4 && (await panel(page).isVisible()); step++) await press(page, 'Escape')
  await expect(panel(page)).toBeHidden()
  await atGrid(page)
}

export async function answer(page: Page, words: string): Promise<void> {
  const dialog = page.getByTestId('bulk-dialog')
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await expectFocus(page)
  await page.keyboard.type(words)
  await press(page, 'Enter')
  await expect(dialog).toBeHidden()
  await expectFocus(page)
}
