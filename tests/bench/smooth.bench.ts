import type { Page } from '@playwright/test'
import { connectBigShop, openBenchDesk, waitUntilPulled } from '#tests/bench/bench-desk.ts'
import { benchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { startBigShop } from '#tests/bench/big-shop.ts'

/**
 * What a person feels while 10,000 orders are pulled and applied, scrolling and typing in the list meanwhile: the longest task of the
 * page's thread, and the longest time without a frame. The floor is the same minute of work when nothing is pulled.
 */

const ORDERS = Number(process.env['CARAVEL_BENCH_ORDERS'] ?? 10_000)

/** One notch of a wheel, in px; 25 of them a second. */
const NOTCH = 120

interface Felt {
  /** Length of every task over 50 ms, in ms. */
  tasks: number[]
  /** Times between two frames, in ms. */
  gaps: number[]
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
    await page.evaluate(beginToFeel)
    let pulled = false
    const pulling = waitUntilPulled(page, shop, ORDERS).then((done) => {
      pulled = true
      return done
    })
    await useList(page, () => pulled)
    const { pullMs } = await pulling
    const busy = await page.evaluate(endToFeel)
    await page.waitForTimeout(5_000)
    await page.evaluate(beginToFeel)
    const from = Date.now()
    await useList(page, () => Date.now() - from > Math.min(pullMs, 10_000))
    const calm = await page.evaluate(endToFeel)
    const tasks = busy.tasks.toSorted((a, b) => b - a)
    say(
      `pulled in ${(pullMs / 1000).toFixed(1)} s; tasks over 50 ms: ${tasks.map(Math.round).join(', ') || 'none'}`,
    )
    say(`without a pull: ${calm.tasks.map(Math.round).join(', ') || 'none'}`)
    return [
      benchRow('tasks over 50 ms during the pull', busy.tasks.length, 'tasks', calm.tasks.length),
      benchRow('longest of them', longest(busy.tasks), 'ms', longest(calm.tasks)),
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

const longest = (values: readonly number[]): number => Math.max(0, ...values)

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? 0
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

interface Feeling {
  feeling?: { tasks: number[]; gaps: number[]; stop: () => void }
}

/** Runs in the page. */
function beginToFeel(): void {
  const scope = window as unknown as Feeling
  const tasks: number[] = []
  const gaps: number[] = []
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration)
  })
  observer.observe({ type: 'longtask' })
  let last = performance.now()
  let frame = requestAnimationFrame(function next(now) {
    gaps.push(now - last)
    last = now
    frame = requestAnimationFrame(next)
  })
  const stop = () => {
    for (const entry of observer.takeRecords()) tasks.push(entry.duration)
    observer.disconnect()
    cancelAnimationFrame(frame)
  }
  scope.feeling = { tasks, gaps, stop }
}

/** Runs in the page. */
function endToFeel(): Felt {
  const { feeling } = window as unknown as Feeling
  feeling?.stop()
  return { tasks: feeling?.tasks ?? [], gaps: feeling?.gaps ?? [] }
}
