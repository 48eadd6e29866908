import { openBenchDesk, connectBigShop, waitUntilPulled } from '#tests/bench/bench-desk.ts'
import { benchRow, type RunBench } from '#tests/bench/bench-row.ts'
import { startBigShop } from '#tests/bench/big-shop.ts'

/**
 * A first pull that is killed half way: how long until the app asks for pages again, how many of them twice, and whether every
 * order is there in the end. The floor of the start is the first start of the same app.
 */

const ORDERS = Number(process.env['CARAVEL_BENCH_ORDERS'] ?? 20_000)

const run: RunBench = async (say) => {
  const desk = await openBenchDesk()
  const shop = await startBigShop(ORDERS)
  try {
    const first = await desk.startApp()
    await first.page.locator('main button').first().waitFor()
    const firstStartMs = Date.now() - first.spawnedAt
    await connectBigShop(first.page, shop)
    await waitUntilPulled(first.page, shop, ORDERS / 2)
    const before = shop.asked.length
    const gone = new Promise((resolve) => first.process.once('exit', resolve))
    process.kill(-(first.process.pid ?? 0), 'SIGKILL')
    await gone
    say(`killed after ${before} pages`)

    const second = await desk.startApp()
    try {
      await waitUntilPulled(second.page, shop, ORDERS)
      const resumedMs = (shop.asked[before]?.at ?? 0) - second.spawnedAt
      const times = new Map<string, number>()
      for (const { place } of shop.asked) times.set(place, (times.get(place) ?? 0) + 1)
      const twice = [...times.values()].filter((count) => count > 1)
      say(`${shop.asked.length} pages asked for, ${twice.length} of them more than once`)
      return [
        benchRow('start after the kill to the first page asked for', resumedMs, 'ms', firstStartMs),
        benchRow('pages asked for more than once', twice.length, 'pages'),
        benchRow('most times that a page was asked for', Math.max(1, ...twice), 'times', 2),
      ]
    } finally {
      await second.close()
    }
  } finally {
    await shop.stop()
    await desk.stop()
  }
}
export default run
