import type { Page } from '@playwright/test'
import { openBenchDesk, seedProfile } from '#tests/bench/bench-desk.ts'
import { benchRow, median, type RunBench } from '#tests/bench/bench-row.ts'
import type { AttachedApp } from '#tests/support/attach-electron.ts'

/**
 * Cold start with 10,000 orders: from the process to rows on the screen, beside the same Electron with an empty page. The two
 * take turns, so that whatever else the machine does falls on both.
 */

const ORDERS = 10_000
const RUNS = 9

interface Start {
  paint: number
  usable: number
}

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  try {
    const { shop } = await seedProfile(desk, ORDERS)
    say(`pulled ${ORDERS} orders; ${RUNS} starts each`)
    try {
      const app: Start[] = []
      const blank: Start[] = []
      for (let turn = 0; turn < RUNS; turn++) {
        const startBlank = async () => blank.push(await measure(await desk.startBlank(), ''))
        const startApp = async () => app.push(await measure(await desk.startApp(), FIRST_ROW))
        for (const start of turn % 2 === 0 ? [startBlank, startApp] : [startApp, startBlank]) await start()
        say(
          `start ${turn + 1}: blank ${blank.at(-1)?.paint.toFixed(0)} ms, list ${app.at(-1)?.usable.toFixed(0)} ms`,
        )
      }
      return toRows(app, blank)
    } finally {
      await shop.stop()
    }
  } finally {
    await desk.stop()
  }
}
export default run

/** The header is row 1. */
const FIRST_ROW = '[role="grid"] [role="row"][aria-rowindex="2"]'

function toRows(app: readonly Start[], blank: readonly Start[]) {
  const floor = median(blank.map(({ paint }) => paint))
  return [
    benchRow(
      `start to usable list, ${ORDERS} orders, median of ${app.length}`,
      median(app.map(({ usable }) => usable)),
      'ms',
      floor,
    ),
    benchRow(
      `start to first paint, median of ${app.length}`,
      median(app.map(({ paint }) => paint)),
      'ms',
      floor,
    ),
    benchRow(
      'slowest start to usable list',
      Math.max(...app.map(({ usable }) => usable)),
      'ms',
      Math.max(...blank.map(({ paint }) => paint)),
    ),
  ]
}

/** Both times count from the moment before the process was made. */
async function measure(app: AttachedApp, row: string): Promise<Start> {
  try {
    const usableAt = row === '' ? null : await waitForRow(app.page, row)
    const paintAt = await waitForPaint(app.page)
    return { paint: paintAt - app.spawnedAt, usable: (usableAt ?? paintAt) - app.spawnedAt }
  } finally {
    await app.close()
  }
}

/** Looked for in every frame, with no dialog over it; the time is that of the page's own clock. */
async function waitForRow(page: Page, row: string): Promise<number> {
  const seen = await page.waitForFunction((selector) => {
    const shown = document.querySelector(selector)
    if (
      shown === null ||
      shown.getClientRects().length === 0 ||
      document.querySelector('[role="dialog"]') !== null
    )
      return 0
    return performance.timeOrigin + performance.now()
  }, row)
  return seen.jsonValue()
}

async function waitForPaint(page: Page): Promise<number> {
  const seen = await page.waitForFunction(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return paint === undefined ? 0 : performance.timeOrigin + paint.startTime
  })
  return seen.jsonValue()
}
