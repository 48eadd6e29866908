import type { Page } from '@playwright/test'
import { writeBareAgain } from '#tests/bench/bare-orders.ts'
import { benchRow, type BenchRow } from '#tests/bench/bench-row.ts'
import { feel, longest } from '#tests/bench/felt.ts'
import { settle } from '#tests/bench/order-steps.ts'
import type { SeededDesk } from '#tests/bench/seeded-desk.ts'

/** So many orders are tagged, or as near to it as one of the lists is. */
const WANTED = 10_000

/** All orders of a list get a tag and lose it again, beside the records that either has to write, put 500 of each to a transaction. */
export async function bulkRows(desk: SeededDesk, size: number): Promise<BenchRow[]> {
  const { page } = desk.caravel
  await settle(page, '#/orders/all')
  const { queue, count } = await nearestQueue(page)
  await settle(page, `#/orders/${queue}`)
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

async function nearestQueue(page: Page): Promise<{ queue: string; count: number }> {
  const tabs = await page
    .locator('[data-testid^="queue-"]')
    .evaluateAll((all) => all.map((tab) => [tab.dataset['testid'] ?? '', tab.textContent] as const))
  const queues = tabs.map(([id, text]) => ({
    queue: id.slice('queue-'.length),
    count: Number(/[\d,]+\s*$/.exec(text)?.[0].replaceAll(',', '') ?? 0),
  }))
  const far = ({ count }: { count: number }) => Math.abs(count - WANTED)
  return queues.reduce((best, each) => (far(each) < far(best) ? each : best), { queue: 'all', count: 0 })
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
