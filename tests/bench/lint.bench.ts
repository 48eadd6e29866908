import { benchRow, median, type BenchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { settle } from '#tests/bench/order-steps.ts'
import { openSeededDesk } from '#tests/bench/seeded-desk.ts'

/**
 * What the linter takes over all open orders, as the page of findings asks the data worker for it: from the click until the list is on the
 * screen, beside reading the same orders and products bare in the same page. Sizes by CARAVEL_BENCH_SIZES (orders that are not done,
 * of which some six of ten wait here), turns by CARAVEL_BENCH_TURNS.
 */
const SIZES = (process.env['CARAVEL_BENCH_SIZES'] ?? '1600,16500').split(',').map(Number)
const TURNS = Number(process.env['CARAVEL_BENCH_TURNS'] ?? 5)
const SETTINGS = '#/settings/sender'

interface Lap {
  open: number
  ms: number
}

const run: RunBench = async (say) => {
  const rows: BenchRow[] = []
  const laps: Lap[] = []
  for (const size of SIZES) {
    const desk = await openSeededDesk(size, say, size)
    const { page } = desk.caravel
    try {
      await page.waitForTimeout(5_000)
      const times: number[] = []
      const floors: number[] = []
      let open = 0
      for (let turn = 0; turn < TURNS; turn++) {
        await settle(page, SETTINGS)
        const bare = await page.evaluate(readOpenBare, desk.name)
        floors.push(bare.ms)
        open = bare.open
        times.push(await page.evaluate(openFindings, '#/customs/findings'))
      }
      laps.push({ open, ms: median(times) })
      rows.push(
        benchRow(
          `lint of ${open} open orders, until it is on the screen`,
          median(times),
          'ms',
          median(floors),
        ),
      )
      say(`${open} open orders: ${Math.round(median(times))} ms, bare reads ${Math.round(median(floors))} ms`)
    } finally {
      await desk.stop()
    }
  }
  return [...rows, ...slopeOf(laps)]
}
export default run

function slopeOf(laps: readonly Lap[]): BenchRow[] {
  const [small, large] = [laps[0], laps.at(-1)]
  if (small === undefined || large === undefined || large.open <= small.open) return []
  const per1000 = ((large.ms - small.ms) / (large.open - small.open)) * 1_000
  return [benchRow('each further 1,000 open orders', per1000, 'ms')]
}

/** Runs in the page: opens it and waits for what was found; a list of findings has rows, or says that nothing is wrong. */
async function openFindings(hash: string): Promise<number> {
  const from = performance.now()
  location.hash = hash
  while (performance.now() - from < 120_000) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    if (document.querySelector('main [role="grid"] [role="row"]:nth-child(2)') !== null) break
  }
  return performance.now() - from
}

/** Runs in the page: the records of all open orders and the whole catalogue, nothing done with them. */
async function readOpenBare(name: string): Promise<Lap> {
  const { open, answer } = bareDatabase
  const db = await open(name)
  const from = performance.now()
  const reading = db.transaction(['orderRows', 'orders', 'products'])
  const index = reading.objectStore('orderRows').index('[queue+sortKey+id]')
  const keysOf = (queue: string) =>
    answer(index.getAllKeys(IDBKeyRange.bound([queue, -Infinity], [queue, []])))
  const [ready, blocked] = await Promise.all([keysOf('to_ship'), keysOf('blocked')])
  const ids = [...ready, ...blocked]
  const orders = reading.objectStore('orders')
  await Promise.all([
    ...ids.map((id) => answer<unknown>(orders.get(id))),
    answer(reading.objectStore('products').getAll()),
  ])
  const ms = performance.now() - from
  db.close()
  return { open: ids.length, ms }
}
