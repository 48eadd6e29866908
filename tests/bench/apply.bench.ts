import { putBare } from '#tests/bench/bare-puts.ts'
import { openBenchDesk, pullEverything, type Pulled } from '#tests/bench/bench-desk.ts'
import { benchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { startBigShop } from '#tests/bench/big-shop.ts'

/**
 * The first pull of a big shop, 100,000 orders, through the whole app with everything kept up, beside bare puts of all records that
 * it left, in the same page: into stores with the same indexes, and with none. And whether an order costs more the more there are.
 */

const ORDERS = Number(process.env['CARAVEL_BENCH_ORDERS'] ?? 100_000)

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  say(`preparing ${ORDERS} orders`)
  const shop = await startBigShop(ORDERS)
  const app = await desk.startApp()
  try {
    const pulled = await pullEverything(app.page, shop, ORDERS)
    say(`pulled in ${(pulled.pullMs / 1000).toFixed(1)} s`)
    // The sweep over what is open follows; it belongs to the pull, not to the floor.
    await app.page.waitForTimeout(10_000)
    // tsx compiles inner functions to calls of a helper that a page does not have.
    await app.page.evaluate('globalThis.__name = (named) => named')
    const indexed = await app.page.evaluate(putBare, { turn: 0, indexes: true })
    const plain = await app.page.evaluate(putBare, { turn: 0, indexes: false })
    say(`bare puts of ${plain.records} records: ${seconds(plain.ms)}, with indexes ${seconds(indexed.ms)}`)
    return [
      benchRow(
        `pull and apply ${ORDERS} orders, against puts with indexes`,
        rate(pulled.pullMs),
        'orders/s',
        rate(indexed.ms),
      ),
      benchRow('the same, against puts without indexes', rate(pulled.pullMs), 'orders/s', rate(plain.ms)),
      ...slope(pulled),
    ]
  } finally {
    await app.close()
    await shop.stop()
    await desk.stop()
  }
}
export default run

const rate = (ms: number): number => (ORDERS * 1000) / ms
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** Cost of an order up to each size; the floor is its cost up to the size before. */
function slope({ curve }: Pulled) {
  const sizes = [1_000, 10_000, 100_000].filter((size) => size <= ORDERS)
  const costs = sizes.map((size) => {
    const reached = curve.find(([, stored]) => stored >= size) ?? [0, 1]
    return reached[0] / reached[1]
  })
  return sizes.map((size, at) =>
    benchRow(`cost of an order, the first ${size}`, costs[at] ?? 0, 'ms', costs[at - 1] ?? null),
  )
}
