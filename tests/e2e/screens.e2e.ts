import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { closeNotices, openDemoDesk, resize, runCommand } from '../../scripts/demo-desk.ts'
import { cutDemoLine, handOver, makeLabel, openOrder, openPage, panel } from '#tests/support/desk-walk.ts'
import { stirDemo } from '#tests/support/stir-demo.ts'
import { changeAtShop } from '#tests/support/demo-state.ts'
import { launchApp, type LaunchedApp } from '#tests/support/launch-app.ts'
import { readStore } from '#tests/support/stored.ts'
import { axeViolations } from './axe.ts'

/** Every screen in both languages and both themes: usable for everybody, within its window, in words; and its five states. */

let profile: string
let caravel: LaunchedApp
let page: Page

test.beforeAll(async () => {
  test.setTimeout(180_000)
  profile = await mkdtemp(path.join(tmpdir(), 'caravel-screens-'))
  // Orders that cannot be read, so that their page has something to say.
  await (await openDemoDesk(profile, path.join(profile, 'labels'))).close()
  changeAtShop(profile, 'kettle', (orders) => {
    for (const order of orders.filter(({ state }) => state === 'Delivered').slice(0, 2))
      Object.assign(order, { code: `${order.code}${'-x'.repeat(120)}`, updatedAt: Date.now() })
  })
  caravel = await openDemoDesk(profile, path.join(profile, 'labels'))
  page = caravel.page
  await resize(caravel, 1280, 800)
  await expect(async () => {
    await runCommand(caravel.app, 'app.sync')
    expect(await readStore(page, 'caravel-demo', 'quarantine')).toHaveLength(2)
  }).toPass({ timeout: 30_000, intervals: [1000, 2000] })
  await makeConflict()
  // One change that waits, so that the outbox and the stale bars have something to say.
  await runCommand(caravel.app, 'demo.offline')
  await runCommand(caravel.app, 'app.sync')
  await expect(page.getByTestId('connection-pill')).toContainText('Offline since', { timeout: 30_000 })
  const number = await firstNumber('to_ship')
  await openOrder(page, number)
  await makeLabel(page, 1900)
  await handOver(page)
})

test.afterAll(async () => {
  await caravel.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const rows = () => page.locator('[role="grid"] [role="row"][aria-rowindex]:not([aria-rowindex="1"])')

/** A listing that was changed here and at its shop. */
async function makeConflict(): Promise<void> {
  await openPage(page, '/listings/all')
  await expect(page.getByTestId('listings-all')).toContainText('84', { timeout: 60_000 })
  await cutDemoLine(page)
  await page.getByPlaceholder('Search titles and SKUs').fill('Geschirrtuch')
  await page
    .getByRole('row')
    .filter({ hasText: 'Geschirrtuch' })
    .filter({ hasText: 'Harbour & Heath' })
    .click()
  for (const part of ['Title', 'Description']) {
    const field = page.getByRole('complementary').getByLabel(part, { exact: true })
    await field.fill(`${await field.inputValue()}, neu`)
    await field.press('Control+Enter')
  }
  await stirDemo(page, 'Harbour & Heath', { what: 'title', target: 'TWL-BLU', value: 'Geschirrtuch (2)' })
  await runCommand(caravel.app, 'demo.online')
  await runCommand(caravel.app, 'app.sync')
  await expect(page.getByTestId('listings-conflict')).toContainText('1', { timeout: 60_000 })
}

async function firstNumber(queue: string): Promise<string> {
  await openPage(page, `/orders/${queue}`)
  await expect(page.getByTestId(`queue-${queue}`)).toHaveAttribute('aria-current', 'page')
  await expect(panel(page)).toBeHidden()
  await expect(rows().first()).toBeVisible()
  return /[A-Z]{2}-\d{5}/.exec(await rows().first().innerText())?.[0] ?? ''
}

interface Screen {
  name: string
  open: () => Promise<void>
  close?: () => Promise<void>
}

const at = (hash: string, ready: () => Promise<void>) => async () => {
  await openPage(page, hash)
  await ready()
}
const shows = (selector: string) => () => expect(page.locator(selector).first()).toBeVisible()
const overlay = (name: string, command: string): Screen => ({
  name,
  open: async () => {
    await openPage(page, '/orders/to_ship')
    await runCommand(caravel.app, command)
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  close: async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  },
})
const firstRow = 'main [role="grid"] [aria-rowindex="2"]'
const SECTIONS = ['sender', 'printer', 'numbers', 'rates', 'look', 'vault', 'storage', 'about']

const SCREENS: Screen[] = [
  { name: 'orders', open: at('/orders/to_ship', shows(firstRow)) },
  {
    name: 'orders, blocked, with the panel',
    open: async () => {
      await openPage(page, '/orders/blocked')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).not.toBeEmpty()
      await expect(page.getByRole('complementary').getByRole('heading', { level: 3 }).first()).toBeVisible()
    },
  },
  {
    name: 'outbox, with a row open',
    open: async () => {
      await openPage(page, '/outbox')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible()
    },
  },
  {
    name: 'outbox, with rows selected',
    open: async () => {
      await openPage(page, '/outbox')
      await page.locator(firstRow).first().locator('input').check()
      await expect(page.getByRole('toolbar')).toBeVisible()
    },
    close: () => page.locator(firstRow).first().locator('input').uncheck(),
  },
  { name: 'activity', open: at('/activity', shows(firstRow)) },
  {
    name: 'activity, with the panel',
    open: async () => {
      await openPage(page, '/activity')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').getByRole('heading', { level: 2 })).toBeVisible()
    },
  },
  {
    name: 'quarantine, with the panel',
    open: async () => {
      await openPage(page, '/quarantine')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').locator('pre')).toBeVisible()
    },
  },
  { name: 'listings', open: at('/listings/all', shows(firstRow)) },
  {
    name: 'listings, with the panel',
    open: async () => {
      await openPage(page, '/listings/all')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').getByRole('table')).toBeVisible()
    },
  },
  {
    name: 'conflicts, with one open',
    open: async () => {
      await openPage(page, '/conflicts')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').getByRole('table').first()).toBeVisible()
    },
  },
  { name: 'channels', open: at('/channels', shows('main article')) },
  {
    name: 'channels, with the form',
    open: at('/channels?connect=1', shows('aside form')),
  },
  { name: 'customs', open: at('/customs', shows(firstRow)) },
  {
    name: 'customs, with the panel',
    open: async () => {
      await openPage(page, '/customs')
      await page.locator(firstRow).first().click()
      await expect(page.getByRole('complementary').locator('form, input').first()).toBeVisible()
    },
  },
  ...SECTIONS.map((section) => ({
    name: `settings: ${section}`,
    open: at(`/settings/${section}`, shows('main section h2')),
  })),
  overlay('palette', 'app.palette'),
  overlay('sheet of keys', 'app.shortcuts'),
]

/** Text that is the key of a text, with or without its file; also where only a screen reader meets it. */
function untranslated(on: Page): Promise<string[]> {
  return on.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) found.push(walker.currentNode.textContent ?? '')
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]'))
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    const key = /^(?:[a-z-]+:[a-z.-]+|[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)+)$/
    return found.map((text) => text.trim()).filter((text) => key.test(text) || text.includes('{{'))
  })
}

/** How far the page or its main region reach beyond their own width, in pixels. */
function overflow(on: Page): Promise<Record<string, number>> {
  return on.evaluate(() => {
    const places = {
      body: document.body,
      root: document.documentElement,
      main: document.querySelector('main'),
      queues: document.querySelector('main nav'),
      grid: document.querySelector('main [role="grid"]'),
      panel: document.querySelector('aside > div'),
    }
    return Object.fromEntries(
      Object.entries(places)
        .filter((entry): entry is [string, HTMLElement] => entry[1] !== null)
        .map(([name, element]) => [name, element.scrollWidth - element.clientWidth] as const)
        .filter(([, pixels]) => pixels > 0),
    )
  })
}

async function look(language: 'english' | 'chinese', theme: 'light' | 'dark'): Promise<void> {
  await runCommand(caravel.app, `view.${language}`)
  await runCommand(caravel.app, `view.${theme}`)
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'english' ? 'en' : 'zh-CN')
  await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
}

for (const language of ['english', 'chinese'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${language}, ${theme}: axe finds nothing, every text is a text`, async () => {
      test.setTimeout(120_000)
      await openPage(page, '/orders/all')
      await look(language, theme)
      await closeNotices(page)
      const wrong: Record<string, unknown> = {}
      for (const screen of SCREENS) {
        await screen.open()
        const violations = await axeViolations(page)
        const keys = await untranslated(page)
        if (violations.length > 0 || keys.length > 0) wrong[screen.name] = { violations, keys }
        await screen.close?.()
      }
      expect(wrong).toEqual({})
    })
  }

  test(`${language}: nothing is wider than its window`, async () => {
    test.setTimeout(120_000)
    await openPage(page, '/orders/all')
    await look(language, 'light')
    const wide: Record<string, unknown> = {}
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await resize(caravel, width, height)
      for (const screen of SCREENS) {
        await screen.open()
        const over = await overflow(page)
        if (Object.keys(over).length > 0) wide[`${screen.name} at ${width}`] = over
        await screen.close?.()
      }
    }
    await resize(caravel, 1280, 800)
    expect(wide).toEqual({})
  })
}

test('the language changes under the open page', async () => {
  await openPage(page, '/orders/to_ship')
  await look('english', 'light')
  await page.evaluate(() => Object.assign(window, { sameWindow: true }))
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible()
  await look('chinese', 'light')
  await expect(page.getByRole('link', { name: '设置' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('订单')
  await look('english', 'light')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Orders')
  expect(await page.evaluate(() => 'sameWindow' in window)).toBe(true)
})

test.describe('the states of a list', () => {
  test.beforeAll(async () => {
    await look('english', 'light')
    await closeNotices(page)
  })

  test('loading: a skeleton, while storage takes its time', async () => {
    await openPage(page, '/orders/shipped')
    await expect(rows().nth(3)).toBeVisible()
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('caravel-demo')
          opening.onsuccess = () => {
            const db = opening.result
            const store = db.transaction('orders', 'readwrite').objectStore('orders')
            const spin = (): void => {
              if ('release' in window) db.close()
              else store.get('').onsuccess = spin
            }
            store.get('').onsuccess = () => {
              spin()
              resolve()
            }
          }
        }),
    )
    await rows().nth(3).click()
    const skeleton = panel(page).getByRole('status', { name: 'Loading' })
    await expect(skeleton).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await page.evaluate(() => Object.assign(window, { release: true }))
    await expect(panel(page).getByRole('heading', { level: 2 })).toBeVisible()
    await expect(skeleton).toBeHidden()
  })

  test('nothing yet: says so, with the next action', async () => {
    await openPage(page, '/orders/label_ready')
    await expect(page.getByText('No parcel waits for its carrier')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Sync now' })).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
  })

  test('filtered to nothing: clear filters brings the rows back', async () => {
    await openPage(page, '/orders/to_ship?q=nothing-is-called-this')
    await expect(page.getByText('No order matches “nothing-is-called-this”')).toBeVisible()
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(rows().first()).toBeVisible()
    await expect(page.getByPlaceholder('Search orders', { exact: false })).toHaveValue('')
  })

  test('stale: the lists say since when', async () => {
    await openPage(page, '/orders/to_ship')
    await expect(page.getByText(/Offline since .*: orders are as of then/)).toBeVisible()
    await openPage(page, '/outbox')
    await expect(page.getByText(/Offline since .*: changes leave as soon as the line is back/)).toBeVisible()
  })

  test('broken: code, words, and a report without the buyer', async () => {
    const number = await firstNumber('to_ship')
    const buyer = await page.evaluate(
      (wanted) =>
        new Promise<string>((resolve) => {
          const opening = indexedDB.open('caravel-demo')
          opening.onsuccess = () => {
            const db = opening.result
            const transaction = db.transaction('orders', 'readwrite')
            const orders = transaction.objectStore('orders')
            let name = ''
            orders.getAll().onsuccess = (event) => {
              const all = (
                event.target as IDBRequest<{ number: string; buyerName: string; lines: unknown }[]>
              ).result
              const order = all.find((one) => one.number === wanted)
              if (!order) return
              name = order.buyerName
              orders.put({ ...order, lines: 'not a list' })
            }
            transaction.oncomplete = () => {
              db.close()
              resolve(name)
            }
          }
        }),
      number,
    )
    expect(buyer).not.toBe('')
    await page.getByRole('row').filter({ hasText: number }).click()
    const alert = page.getByRole('complementary').getByRole('alert')
    await expect(alert).toContainText('The stored order is damaged')
    await expect(alert).toContainText('malformed')
    expect(await axeViolations(page)).toEqual([])
    await alert.getByRole('button', { name: 'Copy report' }).click()
    await expect(page.getByText('Report copied').first()).toBeVisible()
    const report = await caravel.app.evaluate(({ clipboard }) => clipboard.readText())
    expect(report).toContain('stored-order')
    expect(report).not.toContain(buyer)
    // One damaged order does not take the desk with it.
    await page.keyboard.press('Escape')
    await expect(rows().nth(1)).toBeVisible()
  })
})

for (const language of ['en-US', 'zh-CN'] as const) {
  test(`the first page, ${language}`, async () => {
    const first = await launchApp({ args: [`--lang=${language}`] })
    try {
      const { page: own } = first
      const english = language === 'en-US'
      await expect(own.locator('html')).toHaveAttribute('lang', english ? 'en' : 'zh-CN')
      await expect(own.getByRole('heading', { level: 1 })).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await own.emulateMedia({ colorScheme })
        await expect(own.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
        expect(await axeViolations(own)).toEqual([])
      }
      expect(await untranslated(own)).toEqual([])
      for (const width of [1280, 1920]) {
        await resize(first, width, 800)
        expect(await overflow(own)).toEqual({})
      }
      // First use of a page: what it is for, and the one thing to do.
      await own.getByRole('button').first().click()
      await own.getByRole('complementary').getByRole('button').last().click()
      await expect(own.getByText(english ? 'No shop is connected' : '尚未连接店铺').first()).toBeVisible()
      await openPage(own, '/orders/to_ship')
      await expect(own.locator('main').getByRole('button')).toHaveText([
        english ? 'Connect a shop' : '连接店铺',
      ])
      expect(await axeViolations(own)).toEqual([])
      expect(await untranslated(own)).toEqual([])
    } finally {
      await first.close()
    }
  })
}
