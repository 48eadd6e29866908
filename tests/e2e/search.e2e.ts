import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/app-test.ts'
import { openDemoDesk, resize } from '../../scripts/demo-desk.ts'
import { axeViolations } from '#tests/e2e/axe.ts'
import { panel } from '#tests/support/desk-walk.ts'
import { expectFocus, press } from '#tests/support/keyboard.ts'
import type { LaunchedApp } from '#tests/support/launch-app.ts'

/** The search box, by keyboard alone: what each kind of word and operator finds, what is marked, what is kept. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(120_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-search-'))
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const box = () => page.getByRole('combobox', { name: 'Search orders' })
const popup = () => page.getByRole('listbox', { name: 'Search results and help' })
const options = () => popup().getByRole('option')
const orders = () => popup().getByRole('group', { name: 'Orders' }).getByRole('option')

/** Types into the box and waits for the answer to this very text: how many orders fit. */
async function find(text: string): Promise<number> {
  await press(page, '/ Control+a')
  await page.keyboard.type(text)
  const answer = page.getByTestId('search-popup').getByRole('status')
  await expect(answer).toHaveText(/^(\d+ orders? fits?|No order has all of this.*)$/)
  return Number(/^\d+/.exec(await answer.innerText())?.[0] ?? 0)
}

const marks = () => orders().locator('mark').allInnerTexts()

test('finds words in any script, by their beginning, and marks them', async () => {
  for (const [text, mark] of [
    ['grunwald', 'Grünwald'],
    ['ΚΥΠΑΡ', 'Κυπαρ'],
    ['дуб', 'Дуб'],
    ['青木', '青木'],
    ['木', '木'],
    ['lukasz', 'Łukasz'],
    ['hh20', 'HH-20'],
    ['ｈｈ－２０', 'HH-20'],
  ] as const) {
    expect([text, (await find(text)) > 0]).toEqual([text, true])
    await expect.poll(async () => new Set(await marks())).toEqual(new Set([mark]))
  }
  expect(await find('nothing is called this')).toBe(0)
  await expect(orders()).toHaveCount(0)
})

test('operators, phrases and minus narrow it down; what they do not know is said', async () => {
  const all = await find('country:JP')
  expect(all).toBeGreaterThan(5)
  const pines = await find('country:JP 青木')
  expect(await find('country:JP -青木')).toBe(all - pines)
  expect(await find('-country:JP')).toBe(400 - all)
  const german = await find('country:DE')
  expect((await find('country:DE total:>50')) + (await find('country:DE total:<=50'))).toBe(german)
  expect(await find('is:blocked')).toBeGreaterThan(0)
  await expect(orders().first()).toContainText('Blocked')
  expect(await find('"Anna Birke"')).toBeGreaterThan(0)
  await expect.poll(async () => new Set(await marks())).toEqual(new Set(['Anna Birke']))
  expect(await find('"Birke Anna"')).toBe(0)
  await press(page, '/ Control+a')
  await page.keyboard.type('anna country:d')
  await expect(popup().getByRole('group', { name: 'Values' }).getByRole('option').first()).toContainText(
    'Germany',
  )
  await expect(page.getByText('does not know')).toBeHidden()
  await press(page, 'ArrowDown Enter')
  await expect(box()).toHaveValue('anna country:DE ')
  await find('country:qqq')
  await expect(page.getByText('“country:” does not know “qqq”')).toBeVisible()
  await find('colour:red')
  await expect(page.getByText('There is no operator “colour:”')).toBeVisible()
})

test('the keyboard chooses an order, the whole list, an operator and its value', async () => {
  const count = await find('grunwald')
  await press(page, 'ArrowDown')
  await expect(options().first()).toHaveAttribute('aria-selected', 'true')
  const number = /[A-Z]{2}-\d{5}/.exec(await options().first().innerText())?.[0] ?? ''
  await press(page, 'Enter')
  await expect(popup()).toBeHidden()
  await expect(panel(page).getByRole('heading', { name: number }).first()).toBeVisible()
  await expectFocus(page)
  await press(page, 'Escape')

  await find('grunwald')
  await press(page, 'Enter')
  await expect(popup()).toBeHidden()
  expect(new URL(page.url()).hash).toContain('q=grunwald')
  await expectFocus(page, { role: 'grid' })
  await expect(page.getByText(`${count} orders found`)).toBeVisible()

  await press(page, '/ Control+a')
  await page.keyboard.type('i')
  await press(page, 'ArrowUp')
  await expect(popup().locator('[aria-selected="true"]')).toContainText('is:')
  await press(page, 'Enter')
  await expect(box()).toHaveValue('is:')
  await page.keyboard.type('par')
  await press(page, 'ArrowDown Enter')
  await expect(box()).toHaveValue('is:parked ')
  expect(await axeViolations(page)).toEqual([])
})

test('without an answer it says so, goes on, and asks again', async () => {
  await page.evaluate(() => {
    const scope = globalThis as unknown as { silent: boolean }
    scope.silent = true
    const tell = Worker.prototype.postMessage as (this: Worker, message: unknown, rest?: unknown) => void
    Worker.prototype.postMessage = function (this: Worker, message: unknown, rest?: unknown) {
      const { kind, ask } = message as { kind?: string; ask?: number }
      if (kind !== 'orders' || !scope.silent) return tell.call(this, message, rest)
      const data = { kind: 'unanswered', ask, reason: 'test' }
      this.dispatchEvent(new MessageEvent('message', { data }))
    }
  })
  await press(page, '/ Control+a')
  await page.keyboard.type('anna')
  const failed = page.getByTestId('search-popup').getByRole('alert')
  await expect(failed).toContainText('The search was not answered')
  expect(await axeViolations(page)).toEqual([])
  await press(page, 'Escape Escape / Control+a')
  await page.keyboard.type('anna')
  await expect(failed).toBeVisible()
  await page.evaluate(() => ((globalThis as unknown as { silent: boolean }).silent = false))
  await failed.getByRole('button').click()
  await expect(orders().first()).toContainText('Anna')
  await expect(failed).toBeHidden()
  await press(page, 'Escape Escape Escape')
  // The list could not say what is new in it either.
  await page.reload()
  await expect(page.locator('main [role="grid"]')).toBeVisible()
})

test('Escape closes, then clears, then leaves', async () => {
  await find('grunwald')
  expect(await axeViolations(page)).toEqual([])
  await press(page, 'Escape')
  await expect(popup()).toBeHidden()
  await expect(box()).toHaveValue('grunwald')
  await press(page, 'Escape')
  await expect(box()).toHaveValue('')
  expect(new URL(page.url()).hash).not.toContain('q=')
  await press(page, 'Escape')
  await expect(box()).not.toBeFocused()
})

test('keeps what was searched for until it is cleared', async () => {
  await find('дуб')
  await press(page, 'Enter / Control+a Delete')
  const recent = popup().getByRole('group', { name: 'Recent searches' }).getByRole('option')
  await expect(recent).toHaveText(['дуб', 'grunwald'])
  await expect(popup().getByRole('group', { name: 'Narrow down' }).getByRole('option')).toHaveCount(17)
  expect(await axeViolations(page)).toEqual([])
  await press(page, 'ArrowDown ArrowDown Enter')
  await expect(box()).toHaveValue('grunwald')
  await press(page, 'Control+a Delete Tab')
  await expectFocus(page, { text: 'Clear recent searches' })
  await press(page, 'Enter')
  await expect(recent).toHaveCount(0)
})
