import { putBareOrders, readBare } from '#tests/bench/bare-orders.ts'
import { benchRow, median, type BenchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { feel, longest, percentile } from '#tests/bench/felt.ts'
import { emptySearch, settle, timeStep, type Step } from '#tests/bench/order-steps.ts'
import { openSeededDesk, windowMemory, type SeededDesk } from '#tests/bench/seeded-desk.ts'

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
  await waitUntilSearchable(desk)
  const bare = await page.evaluate(readBare, { name: desk.name, turns: TURNS })
  const rows: BenchRow[] = []
  const add = (what: string, times: readonly number[], floor: readonly number[]) => {
    if (times.length > 0)
      rows.push(benchRow(`${what}, p95, ${size}`, percentile(times, 0.95), 'ms', percentile(floor, 0.95)))
    say(times.length > 0 ? `${what}: median ${Math.round(median(times))} ms` : `${what}: did not come about`)
  }
  const felt = await feel(page, async () => {
    for (const { what, floor, steps, home } of measuredSteps(bare, size)) {
      const times: number[] = []
      await goHome(desk, '#/orders/all')
      for (let turn = 0; turn < TURNS; turn++) {
        if (home !== undefined) await goHome(desk, home)
        const ms = await timeStep(page, steps(turn))
        if (ms === null) break
        times.push(ms)
      }
      add(what, times, floor)
    }
  })
  rows.push(...(await scrolling(desk, size)))
  rows.push(benchRow(`tasks over 50 ms during all steps, ${size}`, felt.tasks.length, 'tasks'))
  rows.push(benchRow(`longest of them, ${size}`, longest(felt.tasks), 'ms'))
  rows.push(benchRow(`memory of the window, ${size}`, await windowMemory(desk.caravel), 'MB'))
  rows.push(...(await importRows(desk, size)))
  if (felt.others !== null) say(`other programs took ${Math.round(felt.others * 100)} % of the machine`)
  return rows
}

interface Measured {
  what: string
  floor: readonly number[]
  /** Where each turn begins; absent when it begins where the last one ended. */
  home?: string
  steps: (turn: number) => Step
}

const WORDS = ['mug', 'hafen', 'wallet', 'lantern', '港', '灯笼', 'meadow', 'winter', 'strip', 'umbr']

function measuredSteps({ page, keys }: { page: number[]; keys: number[] }, size: number): Measured[] {
  const goTo = (value: string): Step => ({ act: 'hash', value })
  const scrollTo = (share: number): Step => ({ act: 'scroll', value: String(share) })
  return [
    { what: 'open list', floor: page, home: '#/customs', steps: () => goTo('#/orders/all') },
    {
      what: 'change queue',
      floor: page,
      steps: (turn) => goTo(turn % 2 === 0 ? '#/orders/shipped' : '#/orders/to_ship'),
    },
    { what: 'deep page', floor: page, steps: (turn) => scrollTo(0.9 - turn * 0.0005) },
    {
      what: 'jump to the middle',
      floor: keys,
      home: '',
      steps: (turn) => scrollTo(0.3 + ((turn * 37) % 40) / 100),
    },
    {
      what: 'first result of a search',
      floor: keys,
      home: '#/orders/all',
      steps: (turn) => ({ act: 'type', value: WORDS[turn % WORDS.length] ?? 'mug' }),
    },
    {
      what: 'narrow search',
      floor: keys,
      home: '#/orders/all',
      steps: (turn) => {
        // Numbers of orders from the whole of the history.
        const value = String(100_000 + Math.floor((size * (turn + 1)) / (TURNS + 1)))
        return { act: 'type', value, shows: value }
      },
    },
  ]
}

async function goHome({ caravel: { page } }: SeededDesk, hash: string): Promise<void> {
  await emptySearch(page)
  await settle(page, hash)
}

/** The index over the orders is made from the rows after an import. */
async function waitUntilSearchable({ caravel: { page } }: SeededDesk): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if ((await timeStep(page, { act: 'type', value: 'mug' })) !== null) break
  }
  await emptySearch(page)
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
