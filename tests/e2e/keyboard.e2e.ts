import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { firstOrders, panel } from '#tests/support/desk-walk.ts'
import { expectFocus, press, readFocus } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** The desk without a mouse: nothing in this file clicks. The focus is on something visible after every step. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-keys-'))
  // Without a line, so that nothing leaves the outbox on its own.
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
  await command('Cut the demo')
  await page.keyboard.press('Control+Shift+S')
  await expect(page.getByTestId('connection-pill')).toContainText('Offline since', { timeout: 30_000 })
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const row = (number: string) => page.getByRole('row').filter({ hasText: number })
const marked = () => page.locator('[role="grid"] [role="row"].bg-selected')

/** Runs a command by typing a part of its name. */
async function command(words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Type a command' })).toBeFocused()
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
}

async function search(text: string): Promise<void> {
  await page.keyboard.press('/')
  await expectFocus(page, { tag: 'input' })
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 order found')).toBeVisible()
  await expectFocus(page, { role: 'grid' })
}

/** Finds an order and opens it. */
async function open(number: string): Promise<void> {
  await search(number)
  await press(page, 'j Enter')
  await expect(panel(page).getByRole('heading', { name: number }).first()).toBeVisible()
  await expectFocus(page)
}

/** Closes the panel and clears the search. */
async function leave(): Promise<void> {
  await page.keyboard.press('Escape')
  if (await panel(page).isVisible()) {
    await page.keyboard.press('Escape')
    await expect(panel(page)).toBeHidden()
  }
  await expectFocus(page, { role: 'grid' })
}

test('search, move, select, open and go back', async () => {
  const [first = '', second = ''] = await firstOrders(page, 'to_ship', 2)
  await press(page, 'g o')
  await expectFocus(page, { role: 'grid' })
  await press(page, 'j')
  await expect(marked()).toContainText(first)
  await press(page, 'j')
  await expect(marked()).toContainText(second)
  await press(page, 'k')
  await expect(marked()).toContainText(first)

  await press(page, 'x j x')
  await expect(page.getByRole('toolbar', { name: 'Selected orders' })).toContainText('2 selected')
  await press(page, 'Escape')
  await expect(page.getByRole('toolbar', { name: 'Selected orders' })).toBeHidden()
  await expectFocus(page, { role: 'grid' })

  await press(page, 'Enter')
  await expect(panel(page).getByRole('heading', { name: second }).first()).toBeVisible()
  await press(page, 'Escape')
  await expect(panel(page)).toBeHidden()
  await expectFocus(page, { role: 'grid' })
  await expect(marked()).toContainText(second)

  await search(first)
  await expect(row(first)).toBeVisible()
  await press(page, 'Escape')
  await expect(page.getByText('1 order found')).toBeHidden()
  await expectFocus(page, { role: 'grid' })
})

test('places, palette and the sheet of keys', async () => {
  const places = [
    ['g x', '#/orders/blocked'],
    ['g l', '#/listings/all'],
    ['g u', '#/customs'],
    ['g i', '#/insights'],
    ['g c', '#/channels'],
    ['g b', '#/outbox'],
    ['g f', '#/conflicts'],
    ['g s', '#/settings'],
    ['g o', '#/orders/to_ship'],
  ] as const
  for (const [keys, hash] of places) {
    await press(page, keys)
    await expect.poll(() => page.evaluate(() => location.hash)).toContain(hash)
    await expectFocus(page)
  }

  await command('outbox')
  await expect(page.getByRole('heading', { name: 'Outbox', level: 1 })).toBeVisible()
  await expectFocus(page)
  await press(page, 'Control+k')
  await expectFocus(page, { role: 'combobox' })
  await press(page, 'Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expectFocus(page)

  await press(page, 'g o')
  await expectFocus(page, { role: 'grid' })
  await press(page, '?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toBeVisible()
  const listed = await sheet.locator('dl > div').evaluateAll((lines) =>
    lines.map((line) => ({
      title: line.querySelector('dt')?.textContent.trim() ?? '',
      keys: line.querySelector('.sr-only')?.textContent.trim() ?? '',
    })),
  )
  // Written out: the sheet is made from the registry, so the registry cannot be its own witness.
  expect(new Map(listed.map(({ keys, title }) => [keys, title]))).toEqual(
    new Map([
      ['mod+k', 'Command palette'],
      ['/', 'Search orders'],
      ['?', 'Keyboard shortcuts'],
      ['z', 'Undo the last change'],
      ['mod+shift+s', 'Sync all shops now'],
      ['mod+shift+o', 'Go offline on purpose, or come back'],
      ['[', 'Collapse or expand the rail'],
      ['mod+[', 'Back'],
      ['mod+]', 'Forward'],
      ['g o', 'Orders to ship'],
      ['g x', 'Blocked orders'],
      ['g l', 'Listings'],
      ['g f', 'Conflicts'],
      ['g u', 'Customs'],
      ['g i', 'Insights'],
      ['g c', 'Channels'],
      ['g b', 'Outbox'],
      ['g a', 'Activity'],
      ['g q', 'What could not be read'],
      ['g s', 'Settings'],
      ['j', 'Next row'],
      ['k', 'Previous row'],
      ['x', 'Select the row'],
      ['Enter', 'Open the order'],
      ['f', 'Order over the whole page, or beside the list'],
      ['Escape', 'Close, or clear the selection'],
      ['u', 'Show new orders'],
      ['e', 'Edit the address'],
      ['n', 'Write a note'],
      ['h', 'Hold or release the order'],
      ['l', 'Make the label'],
      ['p', 'Print the label'],
      ['R', 'Print the stored label again'],
      ['o', 'Hand over to the carrier'],
      ['t', 'Tag'],
      ['T', 'Take a tag off'],
      ['a', 'Say who works on it'],
      ['b', 'Park'],
      ['B', 'Bring back from parking'],
    ]),
  )
  await press(page, 'Escape')
  await expect(sheet).toBeHidden()
  await expectFocus(page, { role: 'grid' })
})

test('label, print, hand over, and undo from the notice', async () => {
  const [number = ''] = await firstOrders(page, 'to_ship', 1)
  await open(number)
  await press(page, 'l')
  await expectFocus(page, { field: 'grossGrams' })
  // What was guessed is selected: typing replaces it.
  await page.keyboard.type('1900')
  await expect(panel(page).locator('[data-field="grossGrams"]')).toHaveValue('1900')
  await press(page, 'Enter')
  await expect(page.getByTestId('tracking-number')).toBeVisible({ timeout: 20_000 })
  await expectFocus(page)

  await press(page, 'p')
  await expect(page.getByText('Label sent to').first()).toBeVisible({ timeout: 20_000 })
  await expectFocus(page)
  await press(page, 'o')
  await expect(panel(page).getByText('Handed over').first()).toBeVisible()
  await expect(page.getByText('1 order handed over').first()).toBeVisible()
  await expect(page.getByTestId('connection-pill')).toContainText('1 change waiting')
  await expectFocus(page)
  await press(page, 'z')
  await expect(panel(page).getByText('Label ready').first()).toBeVisible()
  await expect(page.getByTestId('connection-pill')).not.toContainText('waiting')
  await expectFocus(page)

  // The notice itself can be reached as well; the one before has left, and given back the focus.
  const undo = page.getByRole('listitem').getByRole('button', { name: 'Undo' })
  await expect(undo).toHaveCount(0)
  await press(page, 'o')
  await expect(undo).toBeVisible()
  await press(page, 'F8')
  for (let step = 0; step < 12 && (await readFocus(page)).text !== 'Undo'; step++)
    await page.keyboard.press('Tab')
  await expectFocus(page, { tag: 'button', text: 'Undo' })
  await press(page, 'Enter')
  await expect(page.getByTestId('connection-pill')).not.toContainText('waiting')
  await expectFocus(page)
  await press(page, 'g o')
})

test('note, hold and address', async () => {
  const [, number = ''] = await firstOrders(page, 'to_ship', 2)
  await open(number)
  await press(page, 'n')
  await expectFocus(page, { field: 'note', tag: 'textarea' })
  await page.keyboard.type('Ring twice, then wait')
  await press(page, 'Control+Enter')
  await expect(panel(page).getByText('Ring twice, then wait')).toBeVisible()
  await expectFocus(page)

  await press(page, 'h')
  await expect(panel(page).getByText('Held on this desk').first()).toBeVisible()
  await expectFocus(page)
  await press(page, 'h')
  await expect(panel(page).getByText('Held on this desk')).toHaveCount(0)
  await expectFocus(page)

  await press(page, 'e')
  await expect.poll(async () => (await readFocus(page)).field).toMatch(/^shipTo\./)
  await expectFocus(page, { tag: 'input' })
  // The first Esc leaves the field and keeps the form, the second closes.
  await press(page, 'Escape')
  await expect(panel(page).getByRole('button', { name: 'Save address' })).toBeVisible()
  await expectFocus(page)
  await press(page, 'e')
  await expect.poll(async () => (await readFocus(page)).field).toMatch(/^shipTo\./)
  await press(page, 'Enter')
  await expect(page.getByText('Address saved').first()).toBeVisible()
  await expect(panel(page).getByRole('button', { name: 'Save address' })).toBeHidden()
  await expectFocus(page)
  await leave()
})

test('a blocked order: Enter on Fix lands in the very field', async () => {
  await press(page, 'g x')
  const fixable = page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Fix order/ }) })
  await expect(fixable.first()).toBeVisible()
  const number = /[A-Z]{2}-\d{5}/.exec(await fixable.first().innerText())?.[0] ?? ''
  await search(number)
  await press(page, 'j Tab')
  for (let step = 0; step < 4 && !(await readFocus(page)).text.startsWith('Fix order'); step++)
    await page.keyboard.press('Tab')
  await expectFocus(page, { tag: 'button', text: `Fix order ${number}` })
  await press(page, 'Enter')
  await expect(panel(page).getByRole('heading', { name: number }).first()).toBeVisible()
  await expect.poll(async () => (await readFocus(page)).field).toMatch(/^(shipTo|lines\.\d+\.customs)\./)
  await expectFocus(page, { tag: 'input' })
})
