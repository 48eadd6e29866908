import type { Page } from '@playwright/test'
import { connectBigShop, openBenchDesk, waitUntilPulled } from '#tests/bench/bench-desk.ts'
import { benchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { startBigShop } from '#tests/bench/big-shop.ts'
import { feel, longest, percentile, type FeltBeside } from '#tests/bench/felt.ts'
import { traceTasks } from '#tests/bench/task-times.ts'

/**
 * What a person feels while 10,000 orders are pulled and applied, scrolling and typing in the list meanwhile: the longest task of the
 * page's thread, and the longest time without a frame. The floor is the same work when nothing is pulled. What the figures mean
 * is in docs/spec/smoothness.md.
 */

const ORDERS = Number(process.env['CARAVEL_BENCH_ORDERS'] ?? 10_000)

/** One notch of a wheel, in px; 25 of them a second. */
const NOTCH = 120

interface Measured extends FeltBeside {
  /** Of every task, what it took of a processor, in ms. */
  cpu: number[]
}

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  const shop = await startBigShop(ORDERS)
  const app = await desk.startApp()
  try {
    const { page } = app
    await connectBigShop(page, shop)
    await page.evaluate(() => (location.hash = '#/orders/all'))
    await page.locator('[role="grid"] [role="row"][aria-rowindex="2"]').waitFor({ timeout: 60_000 })
    // tsx compiles inner functions to calls of a helper that a page does not have.
    await page.evaluate('globalThis.__name = (named) => named')
    let pullMs = 0
    const busy = await measure(page, async () => {
      const pulling = waitUntilPulled(page, shop, ORDERS).then((done) => (pullMs = done.pullMs))
      await useList(page, () => pullMs > 0)
      await pulling
    })
    await page.waitForTimeout(5_000)
    const from = Date.now()
    const calm = await measure(page, () => useList(page, () => Date.now() - from > Math.min(pullMs, 10_000)))
    say(`pulled in ${(pullMs / 1000).toFixed(1)} s; tasks over 50 ms: ${describe(busy)}`)
    say(`without a pull: ${describe(calm)}`)
    return [
      benchRow('tasks over 50 ms during the pull', busy.tasks.length, 'tasks', calm.tasks.length),
      benchRow('longest of them', longest(busy.tasks), 'ms', longest(calm.tasks)),
      benchRow('most that a task took of a processor', longest(busy.cpu), 'ms', longest(calm.cpu)),
      benchRow('longest time without a frame', longest(busy.gaps), 'ms', longest(calm.gaps)),
      benchRow(
        'time between frames, 99th percentile',
        percentile(busy.gaps, 0.99),
        'ms',
        percentile(calm.gaps, 0.99),
      ),
    ]
  } finally {
    await app.close()
    await shop.stop()
    await desk.stop()
  }
}
export default run

async function measure(page: Page, work: () => Promise<void>): Promise<Measured> {
  const endTrace = await traceTasks(page)
  const felt = await feel(page, work)
  return { ...felt, cpu: await endTrace() }
}

function describe({ tasks, others }: Measured): string {
  const sorted = tasks.map(Math.round).sort((a, b) => b - a)
  const share = others === null ? '' : `; other programs took ${Math.round(others * 100)} % of the machine`
  return (sorted.join(', ') || 'none') + share
}

/** A person who looks for something: scrolls, types, takes it back. */
async function useList(page: Page, done: () => boolean): Promise<void> {
  const search = page.getByPlaceholder('Search orders', { exact: false })
  await page.mouse.move(600, 400)
  for (let turn = 0; !done(); turn++) {
    for (let step = 0; step < 12; step++) {
      await page.mouse.wheel(0, turn % 2 === 0 ? NOTCH : -NOTCH)
      await page.waitForTimeout(40)
    }
    if (turn % 3 !== 2) continue
    await search.click()
    await page.keyboard.type('mari', { delay: 60 })
    for (let left = 0; left < 4; left++) await page.keyboard.press('Backspace', { delay: 20 })
    await page.mouse.move(600, 400)
  }
}
