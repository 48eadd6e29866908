import type { Page } from '@playwright/test'
import { writeBareAgain } from '#tests/bench/bare-orders.ts'
import { benchRow, type BenchRow } from '#tests/bench/bench-row.ts'
import { feel, longest } from '#tests/bench/felt.ts'
import { settle } from '#tests/bench/order-steps.ts'
import { SEED_COUNTRIES } from '../../scripts/seed/seed-countries.ts'
import type { SeededDesk } from '#tests/bench/seeded-desk.ts'

/** So many orders are tagged, or as near to it as a list of some countries is. */
const WANTED = 10_000

/** All orders of a list get a tag and lose it again, beside the records that either has to write, put 500 of each to a transaction. */
export async function bulkRows(desk: SeededDesk, size: number): Promise<BenchRow[]> {
  const { page } = desk.caravel
  await settle(page, '#/orders/all')
  const { address, count } = await nearestList(page)
  await settle(page, address)
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByRole('grid').focus()
  await page.keyboard.press('t')
  await page.keyboard.type('Bench')
  const times = { tag: 0, undo: 0 }
  const felt = await feel(page, async () => {
    times.tag = await untilOver(page, () => page.keyboard.press('Enter'))
    await page.keyboard.press('Control+k')
    await page.keyboard.type('Recent bulk')
    await page.keyboard.press('Enter')
    const undo = page.getByTestId('bulk-list').getByRole('button', { name: 'Undo' }).first()
    await undo.waitFor()
    times.undo = await untilOver(page, () => undo.click())
    await page.keyboard.press('Escape')
  })
  const bare = await page.evaluate(writeBareAgain, { name: desk.name, most: count })
  return [
    benchRow(`bulk tag of ${count}, ${size}`, times.tag, 'ms', bare),
    benchRow(`its undo, ${size}`, times.undo, 'ms', bare),
    benchRow(`tasks over 50 ms during both, ${size}`, felt.tasks.length, 'tasks'),
    benchRow(`longest of these, ${size}`, longest(felt.tasks), 'ms'),
  ]
}

interface List {
  address: string
  count: number
}

const nearer = (a: List, b: List): List => (Math.abs(b.count - WANTED) < Math.abs(a.count - WANTED) ? b : a)

/** The smallest of the queues that has enough, narrowed to as many countries as it takes. */
async function nearestList(page: Page): Promise<List> {
  const queues = await readQueues(page)
  const enough = queues.filter(({ count }) => count >= WANTED).sort((a, b) => a.count - b.count)[0]
  if (enough === undefined) return queues.reduce(nearer)
  let best = enough
  // Those with the fewest buyers first: each adds a little.
  const codes = SEED_COUNTRIES.toSorted((a, b) => a.weight - b.weight).map(({ code }) => code)
  for (let n = 1; n <= codes.length; n++) {
    const countries = codes.slice(0, n)
    const address = `${enough.address}?country=${countries.join(',')}`
    await settle(page, address)
    const count = await page.getByRole('grid').evaluate((grid) => Number(grid.ariaRowCount) - 1)
    best = nearer(best, { address, count })
    if (count >= WANTED) break
  }
  return best
}

async function readQueues(page: Page): Promise<List[]> {
  const tabs = await page
    .locator('[data-testid^="queue-"]')
    .evaluateAll((all) => all.map((tab) => [tab.dataset['testid'] ?? '', tab.textContent] as const))
  return tabs.map(([id, text]) => ({
    address: `#/orders/${id.slice('queue-'.length)}`,
    count: Number(/[\d,]+\s*$/.exec(text)?.[0].replaceAll(',', '') ?? 0),
  }))
}

/** From the act until its progress has come and gone on the screen, in ms. */
async function untilOver(page: Page, act: () => Promise<void>): Promise<number> {
  const progress = page.locator('[data-testid="bulk-strip"] progress')
  const from = Date.now()
  await act()
  await progress.waitFor({ timeout: 60_000 })
  await progress.waitFor({ state: 'detached', timeout: 600_000 })
  return Date.now() - from
}
