import { openBenchDesk, pullEverything } from '#tests/bench/bench-desk.ts'
import { putBare, type BarePuts } from '#tests/bench/bare-puts.ts'
import { benchRow, median, type RunBench } from '#tests/bench/bench-row.ts'
import { startBigShop } from '#tests/bench/big-shop.ts'

/**
 * Pulling 10,000 orders from a shop on this machine into storage, through the whole app, beside bare IndexedDB puts of the
 * records it left, into stores without indexes, in the same page.
 */

const ORDERS = 10_000
const FLOOR_RUNS = 3

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  const shop = await startBigShop(ORDERS)
  try {
    const app = await desk.startApp()
    try {
      const { pullMs } = await pullEverything(app.page, shop, ORDERS)
      say(`pulled ${ORDERS} orders in ${(pullMs / 1000).toFixed(1)} s`)
      // The engine may still be busy with what follows a pull.
      await app.page.waitForTimeout(3_000)
      // tsx compiles inner functions to calls of a helper that a page does not have.
      await app.page.evaluate('globalThis.__name = (named) => named')
      const floors: BarePuts[] = []
      for (let turn = 0; turn < FLOOR_RUNS; turn++)
        floors.push(await app.page.evaluate(putBare, { turn, indexes: false }))
      const floorMs = median(floors.map(({ ms }) => ms))
      say(`bare puts of ${floors[0]?.records ?? 0} records in ${(floorMs / 1000).toFixed(2)} s`)
      return [benchRow(`pull and apply ${ORDERS} orders`, perSecond(pullMs), 'orders/s', perSecond(floorMs))]
    } finally {
      await app.close()
    }
  } finally {
    await shop.stop()
    await desk.stop()
  }
}
export default run

const perSecond = (ms: number) => (ORDERS * 1000) / ms
