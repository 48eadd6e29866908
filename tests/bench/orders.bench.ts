import { putBareOrders, readBare, type BareReads } from '#tests/bench/bare-orders.ts'
import { benchRow, median, type BenchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { feel, longest, percentile } from '#tests/bench/felt.ts'
import { answerRows } from '#tests/bench/order-answers.ts'
import { bulkRows } from '#tests/bench/order-bulk.ts'
import { emptySearch, settle, timeStep, type Step } from '#tests/bench/order-steps.ts'
import { collectGarbage, openSeededDesk, windowMemory, type SeededDesk } from '#tests/bench/seeded-desk.ts'

/**
 * The order list at 10,000, 100,000 and 500,000 orders on the screen of the real app, each row beside bare IndexedDB in the same page and
 * run. Sizes by CARAVEL_BENCH_SIZES, turns of each step by CARAVEL_BENCH_TURNS.
 */
const SIZES = (process.env['CARAVEL_BENCH_SIZES'] ?? '10000,100000,500000').split(',').map(Number)
const TURNS = Number(process.env['CARAVEL_BENCH_TURNS'] ?? 30)
/** The bare import is of no more than these: its records a second are what counts. */
const BARE_ORDERS = 100_000
const FRAME_MS = 1000 / 60

const run: RunBench = async (say) => {
  const rows: BenchRow[] = []
  for (const size of SIZES) {
    const desk = await openSeededDesk(size, say)
    try {
      rows.push(...(await measure(desk, size, say)))
    } finally {
      await desk.stop()
    }
  }
  return [...rows, ...slopes(rows)]
}
export default run

async function measure(desk: SeededDesk, size: number, say: (text: string) => void): Promise<BenchRow[]> {
  const { page } = desk.caravel
  await settle(page, '#/orders/all')
  await page.waitForTimeout(5_000)
  const rows = [
    benchRow(`first start after the import to the first rows, ${size}`, desk.firstStartMs, 'ms'),
    benchRow(`start to the first rows, ${size}`, desk.startMs, 'ms'),
    benchRow(`memory of the window after the start, ${size}`, await windowMemory(desk.caravel), 'MB'),
  ]
  const bare = await page.evaluate(readBare, { name: desk.name, turns: TURNS })
  rows.push(...(await answerRows(desk, { bare, size, turns: TURNS, say })))
  const tasks: number[] = []
  for (const measured of measuredSteps(bare, size)) {
    const felt = await feel(page, async () => {
      const times = await timeTurns(desk, measured)
      const { what, floor } = measured
      if (times.length > 0)
        rows.push(benchRow(`${what}, p95, ${size}`, percentile(times, 0.95), 'ms', percentile(floor, 0.95)))
      if (measured.kept && times[0] !== undefined)
        rows.push(benchRow(`${what}, first visit, ${size}`, times[0], 'ms'))
      say(
        times.length > 0 ? `${what}: median ${Math.round(median(times))} ms` : `${what}: did not come about`,
      )
    })
    say(`  the window holds ${Math.round(await windowMemory(desk.caravel))} MB`)
    tasks.push(...felt.tasks)
    if (felt.tasks.length > 0) say(`  tasks over 50 ms: ${felt.tasks.map(Math.round).join(', ')}`)
    if ((felt.others ?? 0) > 0.1)
      say(`  others took ${Math.round((felt.others ?? 0) * 100)} % of the machine`)
  }
  rows.push(benchRow(`tasks over 50 ms during these steps, ${size}`, tasks.length, 'tasks'))
  rows.push(benchRow(`longest of them, ${size}`, longest(tasks), 'ms'))
  rows.push(...(await scrolling(desk, size)))
  rows.push(...(await bulkRows(desk, size)))
  rows.push(benchRow(`memory of the window in the end, ${size}`, await windowMemory(desk.caravel), 'MB'))
  await collectGarbage(page)
  rows.push(benchRow(`the same less garbage of the page, ${size}`, await windowMemory(desk.caravel), 'MB'))
  rows.push(...(await importRows(desk, size)))
  return rows
}

async function timeTurns(desk: SeededDesk, { steps, home, before }: Measured): Promise<number[]> {
  const times: number[] = []
  await goHome(desk, home ?? '#/orders/all')
  for (let turn = 0; turn < TURNS; turn++) {
    if (home !== undefined && turn > 0) await goHome(desk, home)
    await before?.(desk, turn)
    const ms = await timeStep(desk.caravel.page, steps(turn))
    if (ms === null) break
    times.push(ms)
  }
  return times
}

interface Measured {
  what: string
  floor: readonly number[]
  /** The page is kept once it was visited, so that the first turn is another one. */
  kept?: boolean
  /** Where each turn begins; absent when it begins where the last one ended. */
  home?: string
  /** What is not timed of each turn. */
  before?: (desk: SeededDesk, turn: number) => Promise<void>
  steps: (turn: number) => Step
}

const SETTINGS = '#/settings/sender'
const WORDS = ['mug', 'hafen', 'wallet', 'lantern', '港', '灯笼', 'meadow', 'winter', 'strip', 'umbr']

function measuredSteps({ page, keys, write }: BareReads, size: number): Measured[] {
  const goTo = (value: string): Step => ({ act: 'hash', value })
  const scrollTo = (share: number): Step => ({ act: 'scroll', value: String(share) })
  const type = (value: string, shows = ''): Step => ({ act: 'type', value, until: 'found', shows })
  // Numbers of orders from the whole of the history.
  const number = (turn: number) => String(100_000 + Math.floor((size * (turn + 1)) / (TURNS + 1) / 4))
  const [list, empty] = ['#/orders/all', SETTINGS]
  return [
    { what: 'open list', floor: page, home: empty, steps: () => goTo(list) },
    {
      what: 'change queue',
      floor: page,
      steps: (turn) => goTo(turn % 2 === 0 ? '#/orders/shipped' : '#/orders/to_ship'),
    },
    { what: 'deep page', floor: page, home: list, steps: (turn) => scrollTo(0.9 - turn * 0.002) },
    { what: 'jump to the middle', floor: keys, steps: (turn) => scrollTo(0.3 + ((turn * 37) % 40) / 100) },
    {
      what: 'first result of a search',
      ...{ floor: keys, home: list },
      steps: (turn) => type(WORDS[turn % WORDS.length] ?? 'mug'),
    },
    { what: 'narrow search', floor: keys, home: list, steps: (turn) => type(number(turn), number(turn)) },
    {
      what: 'a search as the list',
      ...{ floor: keys, home: list },
      before: async ({ caravel }, turn) => {
        await timeStep(caravel.page, type(WORDS[turn % WORDS.length] ?? 'mug'))
      },
      steps: () => ({ act: 'key', value: 'Enter' }),
    },
    {
      what: 'counts after one write',
      ...{ floor: write, before: nextOrder },
      steps: () => ({ act: 'key', value: 'h', until: 'count' }),
    },
    {
      what: 'switch of the page',
      ...{ floor: [], home: list },
      steps: () => ({ act: 'hash', value: SETTINGS, until: 'heading' }),
    },
    {
      what: 'insights first paint',
      ...{ floor: page, home: list, kept: true },
      steps: () => ({ act: 'hash', value: '#/insights', until: 'charts' }),
    },
  ]
}

/** The keyboard on the next order to ship, and the notice of the one before read. */
async function nextOrder({ caravel: { page } }: SeededDesk, turn: number): Promise<void> {
  if (turn === 0) await settle(page, '#/orders/to_ship')
  await page.locator('main [role="grid"]').focus()
  await page.keyboard.press('j')
  await page.waitForTimeout(600)
}

async function goHome({ caravel: { page } }: SeededDesk, hash: string): Promise<void> {
  await emptySearch(page)
  await settle(page, hash)
}

/** A wheel that turns for ten seconds, beside ten seconds of nothing. */
async function scrolling({ caravel: { page } }: SeededDesk, size: number): Promise<BenchRow[]> {
  await settle(page, '#/orders/all')
  await page.mouse.move(600, 400)
  const turn = (wheel: number) => async () => {
    for (let step = 0; step < 250; step++) {
      if (wheel > 0) await page.mouse.wheel(0, wheel)
      await page.waitForTimeout(40)
    }
  }
  const busy = await feel(page, turn(120))
  const calm = await feel(page, turn(0))
  const dropped = (gaps: readonly number[]) =>
    gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0)
  return [
    benchRow(
      `frames dropped in 10 s of scrolling, ${size}`,
      dropped(busy.gaps),
      'frames',
      dropped(calm.gaps),
    ),
    benchRow(`longest task while scrolling, ${size}`, longest(busy.tasks), 'ms'),
  ]
}

async function importRows(desk: SeededDesk, size: number): Promise<BenchRow[]> {
  const { page } = desk.caravel
  const bare = await page.evaluate(putBareOrders, { name: desk.name, most: Math.min(size, BARE_ORDERS) })
  const perSecond = (size / desk.importMs) * 1000
  const barePerSecond = (bare.records / 2 / bare.ms) * 1000
  return [
    benchRow(`import, ${size}`, perSecond, 'orders/s', barePerSecond),
    benchRow(`longest time without a frame during the import, ${size}`, desk.longestGapMs, 'ms'),
    benchRow(`longest task of the page during the import, ${size}`, desk.longestTaskMs, 'ms'),
  ]
}

/** How much slower the largest is than the smallest. */
function slopes(rows: readonly BenchRow[]): BenchRow[] {
  const [least, most] = [Math.min(...SIZES), Math.max(...SIZES)]
  if (least === most) return []
  return rows
    .filter(({ name }) => name.includes('p95') && name.endsWith(`, ${most}`))
    .flatMap((row) => {
      const what = row.name.slice(0, -`, ${most}`.length)
      const small = rows.find(({ name }) => name === `${what}, ${least}`)
      return small === undefined
        ? []
        : [benchRow(`${what}: ${most} beside ${least}`, row.value, 'ms', small.value)]
    })
}
